#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/statements/mt940_tags.hpp"
#include "ledger/statements/statement.hpp"
#include "ledger/statements/written_day.hpp"

namespace coop::statements {

/// What field 61 says: YYMMDD[MMDD](C|D|RC|RD|EC|ED)[letter]amount Nxxx reference [//reference of the bank],
/// and on its next lines more words.
struct LineField {
  ClampedDay valued;
  std::optional<ClampedDay> booked;  ///< of the year that is nearest to the value day
  Decimal amount;                    ///< positive: money came in
  bool is_reversal = false;
  bool is_expected = false;  ///< EC, ED: not booked yet
  std::string_view type;     ///< "NTRF", as it is written
  std::string reference;     ///< the holder's
  std::string bank_reference;
  std::string supplement;
};

/// Throws Refused: statement_unreadable, naming the line and what is wrong in it.
LineField line_field_from(const TagField& field);

/// What fields 60F, 60M, 62F and 62M say: (C|D)YYMMDD, currency, amount.
struct BalanceField {
  Balance balance;
  std::string currency;
  bool is_clamped = false;
};

/// Throws Refused: statement_unreadable.
BalanceField balance_field_from(const TagField& field);

/// What fields 90C and 90D say: how many lines, and their sum, without sign.
struct TurnoverField {
  std::size_t count;
  std::string currency;
  Decimal sum;
};

/// Throws Refused: statement_unreadable.
TurnoverField turnover_field_from(const TagField& field);

/// What field 25 says: an IBAN or a national number, with or without bank and currency.
struct AccountField {
  std::string account;
  std::string bank;
  std::string currency;
};

/// Takes whatever is there.
AccountField account_field_from(const TagField& field);

}  // namespace coop::statements
