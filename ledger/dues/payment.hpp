#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/money.hpp"

namespace coop::dues {

/// How something was given towards what is owed: money; hours or goods at their value; set off against what
/// the co-operative owes; written off, or barred by time; or money given back to whoever paid too much.
enum class PaymentKind { money, hours, kind, offset, write_off, statute_barred, refund };
/// "money" …
std::string_view text_of(PaymentKind kind);
/// Throws Refused: field_invalid.
PaymentKind payment_kind_from(std::string_view text);

/// True of what nobody gave: written off, or barred by time.
bool is_written_off(PaymentKind kind);

/// Whose debts a part of a payment is for.
struct PaymentShare {
  std::string debtor;  ///< a member number
  std::int64_t minor;
  std::optional<ChargeNumber> charge = std::nullopt;  ///< which of them, if the payer said so
  std::int64_t prepaid_minor = 0;                     ///< what of it was booked as paid ahead
};

/// A payment on record. Amounts are minor units.
struct Payment {
  PaymentNumber number;
  PaymentKind kind;
  std::string payer;  ///< a member number
  UnitId unit;
  std::int64_t minor;
  Day received_on;
  std::string account;  ///< the other side: the bank account, or what the hours and goods stand for
  std::string reference;
  std::string note;
  EntryNumber entry;
  Instant recorded_at;
  std::vector<PaymentShare> shares;
  std::optional<Day> returned_on;
  std::string return_reason;
  std::optional<EntryNumber> return_entry;
  std::optional<Money> given = {};  ///< what was given, where `minor` is its value at the day's rate
};

/// A payment to be recorded.
struct PaymentDraft {
  PaymentKind kind;
  std::string payer;
  UnitId unit;
  std::int64_t minor;  ///< 0 where something is `given`: its value follows from the rate
  Day received_on;
  std::string account;  ///< empty: where the node books what it writes off
  std::string reference = {};
  std::string note = {};
  std::vector<PaymentShare> shares = {};  ///< empty: all of it is for the payer's own debts
  std::optional<Money> given = {};        ///< hours or goods in a unit of their own
};

/// Refuses what cannot be: field_missing (the account, unless it is written off), field_invalid (amount not
/// above zero, shares that do not add up or of a refund, something given in a unit of its own that is neither
/// hours nor goods or in the same unit), naming the field. The amount of what is given is known by then.
void require_payment(const PaymentDraft& draft);

}  // namespace coop::dues
