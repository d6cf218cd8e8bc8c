#include "ledger/funds/budget.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

constexpr std::array<std::string_view, 2> beyond_texts{"warns", "refuses"};

bool fits(const std::optional<std::string>& wanted, const std::optional<std::string>& there) {
  return !wanted || wanted == there;
}

}  // namespace

std::string_view text_of(BeyondBudget beyond) { return beyond_texts.at(static_cast<std::size_t>(beyond)); }

BeyondBudget beyond_budget_from(std::string_view text) {
  const auto* found = std::ranges::find(beyond_texts, text);
  if (found == beyond_texts.end())
    throw Refused{Refusal::field_invalid, "a budget warns or refuses, not '" + std::string{text} + "'"};
  return static_cast<BeyondBudget>(found - beyond_texts.begin());
}

const BudgetRevision& revision_on(const Budget& budget, Day day) {
  const BudgetRevision* counts = nullptr;
  for (const BudgetRevision& one : budget.revisions)
    if (one.draft.from_on <= day && (counts == nullptr || one.draft.from_on >= counts->draft.from_on))
      counts = &one;
  return counts == nullptr ? budget.revisions.front() : *counts;
}

std::optional<std::size_t> line_of(const std::vector<BudgetLine>& lines, const SpendingAbout& about) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (fits(lines[i].fund, about.fund) && fits(lines[i].cost_object, about.cost_object)) return i;
  return std::nullopt;
}

std::int64_t left_minor(const BudgetLineFigures& figures) {
  return checked_add(figures.line.minor, -checked_add(figures.spent_minor, figures.committed_minor));
}

}  // namespace coop::funds
