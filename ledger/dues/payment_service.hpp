#pragma once
#include <optional>
#include <string>

#include "ledger/books/node_service.hpp"
#include "ledger/dues/payment.hpp"

namespace coop::dues {

/// Records one payment as record_payments() does many. Throws Refused, nothing recorded.
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
