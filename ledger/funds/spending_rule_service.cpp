#include "ledger/funds/spending_rule_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/said_words.hpp"
#include "ledger/funds/spending_rule_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

void require_used(bool is_used, bool is_there, const char* field) {
  if (is_there && !is_used)
    throw Refused{Refusal::field_invalid, "a rule of this kind does not say that", field};
}

void require_amount(const std::optional<std::int64_t>& minor, const char* field) {
  if (minor.value_or(0) < 0) throw Refused{Refusal::field_invalid, "it is not below zero", field};
}

void require_whole_rule(const SpendingRuleDraft& draft) {
  require_said(draft.decision, 500, "/decision");
  const bool is_authority = draft.kind == SpendingRuleKind::authority;
  const bool is_approvals = draft.kind == SpendingRuleKind::approvals;
  require_used(is_approvals, draft.one_from.has_value(), "/one_from");
  require_used(is_approvals, draft.two_from.has_value(), "/two_from");
  require_used(draft.kind == SpendingRuleKind::mandate, draft.needed_from.has_value(), "/needed_from");
  require_used(is_authority, !draft.body.empty(), "/body");
  require_used(is_authority, draft.level.has_value(), "/level");
  require_used(is_authority, draft.up_to.has_value(), "/up_to");
  require_amount(draft.one_from, "/one_from");
  require_amount(draft.two_from, "/two_from");
  require_amount(draft.needed_from, "/needed_from");
  require_amount(draft.up_to, "/up_to");
  if (draft.one_from && draft.two_from && *draft.one_from > *draft.two_from)
    throw Refused{Refusal::field_invalid, "two approve from more than one does", "/two_from"};
  if (!is_authority) return;
  if (draft.body.empty()) throw Refused{Refusal::field_missing, "who grants", "/body"};
  require_said(draft.body, 200, "/body");
  if (!draft.level) throw Refused{Refusal::field_missing, "whose body it is", "/level"};
}

}  // namespace

SpendingRule adopt_spending_rule(Tx& tx, NodeId node, const SpendingRuleDraft& draft,
                                 const books::Author& author) {
  books::lock_book_head(tx, node);
  require_whole_rule(draft);
  std::optional<DimensionId> fund;
  if (draft.fund) {
    const auto found = find_dimension(tx, node, books::DimensionKind::fund, *draft.fund);
    if (!found) throw Refused{Refusal::dimension_unknown, "there is no fund " + *draft.fund, "/fund"};
    fund = found->id;
  }
  const int number = insert_spending_rule(tx, node, draft, fund, author);
  books::tell(tx, node, author, "spending_rule_adopted", {{"number", number}, {"rule", text_of(draft.kind)}});
  return read_spending_rules(tx, node, SpendingRulePage{number - 1, 1}).front();
}

}  // namespace coop::funds
