#include "ledger/journals/native_budget_checks.hpp"

#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"

namespace coop::journals {

bool BudgetChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("budget")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "budget") take_budget(fields, before);
  else if (kind == "budget_revision") take_revision(fields);
  else take_line(fields, before);
  return true;
}

std::vector<BudgetChecks::KnownRevision>& BudgetChecks::revisions_of(JsonFields& row) {
  const std::int64_t number = row.number("budget");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(budgets_.size()),
                     "there is no budget " + std::to_string(number));
  return budgets_[static_cast<std::size_t>(number - 1)];
}

void BudgetChecks::take_budget(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(budgets_.size()) + 1,
                     "the budgets are numbered with a gap or twice");
  require_text(row, "title", 1, 200);
  const std::string circle = row.text_or_empty("circle");
  require_consistent(circle.empty() || before.work.knows_circle(circle), "there is no circle " + circle);
  require_consistent(before.scales.contains(row.text("unit")), "there is no unit " + row.text("unit"));
  require_consistent(row.day("until_on") >= row.day("from_on"), "a budget ends before it begins");
  budgets_.emplace_back();
}

void BudgetChecks::take_revision(JsonFields& row) {
  std::vector<KnownRevision>& revisions = revisions_of(row);
  require_consistent(row.number("number") == static_cast<std::int64_t>(revisions.size()) + 1,
                     "the revisions of a budget are numbered with a gap or twice");
  row.day("from_on");
  require_word(row, "beyond", {"warns", "refuses"});
  require_text(row, "decision", 1, 500);
  revisions.push_back({require_count(row, "lines", 1)});
  require_consistent(revisions.back().lines_said <= 200, "a budget has too many lines");
}

void BudgetChecks::take_line(JsonFields& row, const Before& before) {
  std::vector<KnownRevision>& revisions = revisions_of(row);
  const std::int64_t number = row.number("revision");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(revisions.size()),
                     "a budget has no revision " + std::to_string(number));
  require_consistent(row.number("line") == ++revisions[static_cast<std::size_t>(number - 1)].lines,
                     "the lines of a budget have a gap");
  require_text(row, "title", 1, 200);
  const std::string fund = row.text_or_empty("fund");
  const std::string cost_object = row.text_or_empty("cost_object");
  require_consistent((!fund.empty() || !cost_object.empty()) &&
                         (fund.empty() || before.dimensions.contains({books::DimensionKind::fund, fund})) &&
                         (cost_object.empty() ||
                          before.dimensions.contains({books::DimensionKind::cost_object, cost_object})),
                     "a line of a budget is about nothing, or about what there is not");
  require_consistent(row.number("amount_minor") >= 0, "a line of a budget is below zero");
}

void BudgetChecks::finish() const {
  for (const auto& revisions : budgets_) {
    require_consistent(!revisions.empty(), "a budget has no lines");
    for (const KnownRevision& one : revisions)
      require_consistent(one.lines == one.lines_said, "a budget has other lines than it came with");
  }
}

}  // namespace coop::journals
