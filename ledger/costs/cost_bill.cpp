#include "ledger/costs/cost_bill.hpp"

#include "ledger/values/refusal.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::costs {

namespace {

constexpr WordTable<CostBillKind, 3> cost_bill_kinds{
    {{CostBillKind::paid, "paid"}, {CostBillKind::gift, "gift"}, {CostBillKind::waived, "waived"}}};
constexpr WordTable<CostBillState, 4> cost_bill_states{{{CostBillState::open, "open"},
                                                        {CostBillState::proposed, "proposed"},
                                                        {CostBillState::divided, "divided"},
                                                        {CostBillState::withdrawn, "withdrawn"}}};

}  // namespace

std::string_view text_of(CostBillKind kind) { return text_among(cost_bill_kinds, kind); }
CostBillKind cost_bill_kind_from(std::string_view text) { return word_among(cost_bill_kinds, text); }
std::string_view text_of(CostBillState state) { return text_among(cost_bill_states, state); }
CostBillState cost_bill_state_from(std::string_view text) { return word_among(cost_bill_states, text); }

void require_bill_draft(const CostBillDraft& draft, std::string_view own) {
  if (draft.title.empty() || draft.title.size() > 200)
    throw Refused{Refusal::field_invalid, "it has 1 to 200 bytes", "/title"};
  if (draft.document.size() > 500)
    throw Refused{Refusal::field_invalid, "it has at most 500 bytes", "/document"};
  if (draft.minor == 0) throw Refused{Refusal::amount_zero, "a bill is about something", "/amount"};
  const bool is_paid = draft.kind == CostBillKind::paid;
  if (!is_paid && draft.minor < 0)
    throw Refused{Refusal::field_invalid, "what is given is worth something", "/amount"};
  const bool from_here = is_paid && is_inside(draft.payer, own);
  if (draft.entry && !from_here)
    throw Refused{Refusal::field_invalid, "it was not paid from these books: it has no entry here", "/entry"};
  if (!draft.entry && from_here)
    throw Refused{Refusal::field_missing, "the entry that paid it from these books", "/entry"};
}

}  // namespace coop::costs
