#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::bank {

/// An account with statements, of one node; counted from 1.
using BankAccountNumber = Id<struct BankAccountKindTag, std::int32_t>;

/// Who else keeps books of an account: a bank; whoever counts the till; the keeper of a local currency;
/// another node.
enum class BankAccountKind { bank, cash, local, neighbour };
/// "bank" …
std::string_view text_of(BankAccountKind kind);
/// Throws Refused: field_invalid.
BankAccountKind bank_account_kind_from(std::string_view text);

/// An account of the books of which somebody else says how it stands.
struct BankAccount {
  BankAccountNumber number;
  AccountId account;
  std::string path;  ///< of the account in the books
  UnitId unit;
  BankAccountKind kind;
  std::string identifier;  ///< what statements call it, as identifier_of() writes it; empty: nothing
  std::string title;
  std::optional<bool> flips_reversals;  ///< what its statements showed of its bank; nothing: not known yet
  bool is_closed = false;
  Instant recorded_at;
  std::string suspense = {};  ///< the path of the account where lines that nothing explains are parked;
                              ///< empty: none
};

/// An account to be put on record.
struct BankAccountDraft {
  std::string path;
  UnitId unit;
  BankAccountKind kind = BankAccountKind::bank;
  std::string identifier = {};
  std::string title;
};

/// As identifiers are compared: without blanks, in capitals. Throws Refused: field_invalid (/identifier), if
/// it has other characters than letters, digits and / . _ -, or more than 40.
std::string identifier_of(std::string_view written);

}  // namespace coop::bank
