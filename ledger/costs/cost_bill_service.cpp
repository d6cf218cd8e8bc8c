#include "ledger/costs/cost_bill_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/costs/cost_bill_store.hpp"
#include "ledger/costs/cost_pool_service.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::costs {

namespace {

void require_covered(Tx& tx, NodeId node, const CostPool& pool, const CostBillDraft& draft) {
  const std::string name = "entry " + std::to_string(draft.entry->number());
  const auto cover = find_cost_cover(tx, node, pool, *draft.entry);
  if (!cover) throw Refused{Refusal::entry_unknown, "there is no " + name, "/entry"};
  if (cover->is_reversed) throw Refused{Refusal::cost_bill_uncovered, name + " was reversed", "/entry"};
  const std::int64_t left = checked_add(cover->posted, -cover->billed);
  const bool covers = draft.minor > 0 ? draft.minor <= left : draft.minor >= left;
  if (!covers)
    throw Refused{Refusal::cost_bill_uncovered,
                  name + " has " + text_from_minor(left, pool.scale) + " " + pool.unit + " on " +
                      pool.expense + " that no other bill names",
                  "/entry"};
}

}  // namespace

CostBill record_cost_bill(Tx& tx, NodeId node, CostBillDraft draft, const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const CostPool pool = read_cost_pool(tx, node, draft.pool);
  if (pool.unit_id != draft.unit)
    throw Refused{Refusal::unit_mismatch, "the pool is in " + pool.unit, "/unit"};
  draft.payer = require_cost_party(tx, node, draft.payer, "/payer/code");
  if (draft.payer.kind == CostPartyKind::neighbour && !shares_pool(pool, draft.payer))
    throw Refused{Refusal::node_unknown,
                  "no term of the pool names " + draft.payer.code + ", and nobody else here knows it",
                  "/payer/code"};
  require_bill_draft(draft, books::read_node_name(tx, node));
  if (find_term(pool, draft.billed_on) == nullptr)
    throw Refused{Refusal::field_invalid, "the pool is not shared on that day", "/billed_on"};
  if (draft.entry) require_covered(tx, node, pool, draft);
  const CostBillNumber number = insert_cost_bill(tx, node, pool.number, draft, author);
  books::tell(tx, node, author, "cost_bill_recorded", {{"bill", number.number()}, {"pool", pool.code}});
  return read_cost_bill(tx, node, number);
}

CostBill withdraw_cost_bill(Tx& tx, NodeId node, CostBillNumber number, const std::string& reason,
                            const books::Author& asked_by) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const CostBill bill = read_cost_bill(tx, node, number);
  if (bill.state != CostBillState::open)
    throw Refused{Refusal::cost_bill_not_open,
                  "bill " + std::to_string(number.number()) + " is " + std::string{text_of(bill.state)}};
  require_reason(reason);
  insert_cost_bill_end(tx, node, number, reason, author);
  books::tell(tx, node, author, "cost_bill_withdrawn", {{"bill", number.number()}});
  return read_cost_bill(tx, node, number);
}

}  // namespace coop::costs
