#pragma once
#include <optional>
#include <string>

#include "ledger/books/node_service.hpp"
#include "ledger/dues/payment.hpp"

namespace coop::dues {

/// Records a payment and books it: what is owed first, the rest as paid ahead by whoever the share is for.
/// What is given in a unit of its own is valued at the rate in force on the day. Throws Refused, nothing
/// recorded: rate_missing, what require_payment refuses, party_unknown, charge_unknown (of another
/// debtor or unit too), charge_reversed_already, credit_too_small (a refund of more than was paid ahead), and
/// what the posting engine refuses (account_unknown, period_locked, …).
Payment record_payment(Tx& tx, NodeId node, const PaymentDraft& draft, const books::Author& author);

/// A payment to be taken back.
struct ReturnDraft {
  PaymentNumber payment;
  std::optional<Day> on;  ///< when the money went back; nothing: it never came, from the first day
  std::string reason;
};
/// Takes a payment back: what it cleared is owed again. Throws Refused: payment_unknown,
/// payment_returned_already, field_invalid (reason), day_malformed (before the payment), credit_too_small (of
/// a refund never: it becomes credit again), and what the posting engine refuses.
Payment return_payment(Tx& tx, NodeId node, const ReturnDraft& draft, const books::Author& author);

/// The payment. Throws Refused: payment_unknown.
Payment read_payment(Tx& tx, NodeId node, PaymentNumber number);

}  // namespace coop::dues
