#pragma once
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_bill.hpp"
#include "ledger/database/tx.hpp"

namespace coop::costs {

/// Records a bill that somebody paid for all, or something that was given. Books nothing: what was paid from
/// these books has its entry already. Throws Refused naming the field, in this order: cost_pool_unknown;
/// unit_mismatch; node_unknown, party_unknown, circle_unknown, name_malformed (the payer); node_unknown (a
/// neighbour whom no term of the pool names); what require_bill_draft refuses;
/// field_invalid (the pool is not shared on that day); entry_unknown; cost_bill_uncovered (the entry was
/// reversed, or does not book so much on the pool's account for costs beside other bills that name it).
CostBill record_cost_bill(Tx& tx, NodeId node, CostBillDraft draft, const books::Author& author);

/// Withdraws a bill that no division took. Throws Refused: cost_bill_unknown, cost_bill_not_open,
/// field_invalid (reason).
CostBill withdraw_cost_bill(Tx& tx, NodeId node, CostBillNumber number, const std::string& reason,
                            const books::Author& author);

}  // namespace coop::costs
