#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"
#include "ledger/funds/spending_mandate.hpp"
#include "ledger/pay/pay_run.hpp"

namespace coop::pay {

/// How what a run made payable is to be paid.
struct PaymentDraft {
  int bank_account;  ///< its number among the accounts with statements
  Day requested_on;
  std::optional<funds::SpendingMandateNumber> mandate = {};  ///< that all its orders spend
  std::vector<std::string> members = {};                     ///< only theirs; empty: everybody's
};
/// Why something is payable to a member and not ordered.
enum class NotOrderedWhy {
  no_iban,      ///< their profile says no account
  erased,       ///< their personal data was erased
  beyond_limit  ///< a proposal has a thousand orders at most: ask again
};
/// "no_iban" …
std::string_view text_of(NotOrderedWhy why);
/// Somebody who is left out. Minor units of the run's unit.
struct NotOrdered {
  std::string member;
  std::int64_t minor;
  NotOrderedWhy why;
};
/// The payment of a run that was proposed, and who is left out.
struct PayPayment {
  disbursements::Disbursement proposed;
  std::vector<NotOrdered> not_ordered;
};
/// Proposes the payment of what a posted run made payable in its unit and nobody has ordered or paid yet: an
/// order for each member, to the account in their profile, of the first thousand. It is a disbursement like
/// any: others approve it, as the rules of spending say. Members who cannot be paid so are left out and told.
/// Of a mandate that grants hours each order draws the member's minutes in the run, as large a part of them
/// as the order is of what the run promised. Where the run drew a mandate, its orders draw none: the draft
/// names the same or none. Throws Refused: pay_run_unknown, pay_run_not_open (not posted, a
/// lapse, nothing payable), party_unknown (a member who is not in it), field_invalid (another
/// mandate than the run drew), spending_mandate_unknown, field_invalid (it grants hours, and the run pays
/// claims), pay_run_not_open (all of it is ordered or paid), field_missing (all who are left are left out),
/// and what disbursements::propose() refuses: field_invalid, where the minutes come to another amount at the
/// mandate's rate.
PayPayment propose_pay_payment(Tx& tx, const books::Node& node, PayRunNumber number,
                               const PaymentDraft& draft, const books::Author& author);

}  // namespace coop::pay
