#include "api/handlers/budget_forms.hpp"

#include "api/handlers/dues_forms.hpp"

namespace coop::api {

namespace {

constexpr std::size_t longest_words_of_budgets = 4'000;  // the services judge the lengths

std::optional<std::string> code_if_any(const JsonObject& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found ? std::optional{found->text(longest_words_of_budgets)} : std::nullopt;
}

funds::BudgetRevisionDraft revision_from(const JsonObject& fields, const Unit& unit, Day first_day) {
  funds::BudgetRevisionDraft draft{.from_on = first_day,
                                   .lines = {},
                                   .decision = fields.require("decision").text(longest_words_of_budgets)};
  if (const auto beyond = fields.find("beyond")) draft.beyond = beyond->parsed(funds::beyond_budget_from);
  const auto lines = fields.require("lines").elements();
  for (const JsonValue& one : lines) {
    const JsonObject parts{one, {"title", "fund", "cost_object", "amount"}};
    draft.lines.push_back({parts.require("title").text(longest_words_of_budgets), code_if_any(parts, "fund"),
                           code_if_any(parts, "cost_object"), minor_from(parts.require("amount"), unit)});
  }
  return draft;
}

void write_budget_revision(JsonWriter& out, const funds::BudgetRevision& revision, int scale) {
  const funds::BudgetRevisionDraft& draft = revision.draft;
  out.open().field("number", revision.number).field("from_on", draft.from_on);
  out.field("beyond", funds::text_of(draft.beyond)).array("lines");
  for (const funds::BudgetLine& line : draft.lines)
    out.open()
        .field("title", line.title)
        .field("fund", line.fund)
        .field("cost_object", line.cost_object)
        .amount_field("amount", line.minor, scale)
        .close();
  out.end_array().field("decision", draft.decision).field("recorded_at", revision.recorded_at);
  out.field("recorded_by", revision.recorded_by_name).close();
}

}  // namespace

funds::BudgetDraft budget_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"title", "circle", "unit", "from_on", "until_on", "beyond", "lines", "decision"}};
  const Unit unit = unit_from(fields, units);
  const Day from_on = fields.require("from_on").day();
  return {.title = fields.require("title").text(longest_words_of_budgets),
          .circle = code_if_any(fields, "circle"),
          .unit = unit.id,
          .from_on = from_on,
          .until_on = fields.require("until_on").day(),
          .first = revision_from(fields, unit, from_on)};
}

funds::BudgetRevisionDraft budget_revision_from(const JsonValue& value, const Unit& unit) {
  const JsonObject fields{value, {"from_on", "beyond", "lines", "decision"}};
  return revision_from(fields, unit, fields.require("from_on").day());
}

void write_budget(JsonWriter& out, const funds::Budget& budget, UnitDirectory& units) {
  const Unit unit = units.of(budget.unit);
  out.open().field("number", budget.number).field("title", budget.title);
  out.text_or_null("circle", budget.circle).field("unit", unit.code).field("from_on", budget.from_on);
  out.field("until_on", budget.until_on).field("recorded_at", budget.recorded_at);
  out.field("recorded_by", budget.recorded_by_name).array("revisions");
  for (const funds::BudgetRevision& revision : budget.revisions)
    write_budget_revision(out, revision, unit.scale);
  out.end_array().close();
}

}  // namespace coop::api
