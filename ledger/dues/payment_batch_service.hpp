#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "ledger/books/node_service.hpp"
#include "ledger/dues/payment.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

/// What became of payments that were to be recorded together.
struct PaymentBatch {
  std::vector<Payment> recorded;           ///< in the order of the drafts; none if one of them was refused
  std::map<std::size_t, Refused> refused;  ///< by place, those with a fault of their own
};

/// Records payments and books them, all or none of them, each seeing the ones before: what is owed first, the
/// rest as paid ahead by whoever the share is for. What is given in a unit of its own is valued at the rate
/// in force on the day. As many round trips for a thousand as for one. What a draft can be refused for:
/// rate_missing, what require_payment refuses, party_unknown, charge_unknown (of another debtor or unit too),
/// charge_reversed_already, credit_too_small (a refund of more than was paid ahead), and what the posting
/// engine refuses (account_unknown, period_locked, …). Throws Refused: node_unknown, batch_too_large,
/// credit_too_small (of a refund on its day, or on a later one, less was paid ahead).
PaymentBatch record_payments(Tx& tx, NodeId node, std::span<const PaymentDraft> drafts,
                             const books::Author& author);

/// The payments of a batch. Throws the Refused of the first that was refused.
const std::vector<Payment>& recorded_or_throw(const PaymentBatch& batch);

}  // namespace coop::dues
