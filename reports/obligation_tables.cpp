#include "reports/obligation_tables.hpp"

#include "reports/hours_tables.hpp"

namespace coop::reports {

namespace {

std::optional<Unit> unit_of_terms(const work::ObligationTerms& terms,
                                  const std::function<Unit(UnitId)>& unit_of) {
  return terms.unit ? std::optional{unit_of(*terms.unit)} : std::nullopt;
}

Cell maybe_amount_cell(const std::optional<std::int64_t>& minor, const std::optional<Unit>& unit) {
  return minor && unit ? Cell{Amount{*minor, unit->scale, unit->code}} : Cell{};
}

Cell maybe_hours_cell(const std::optional<std::int64_t>& minutes) {
  return minutes ? Cell{hours_text(*minutes)} : Cell{};
}

std::string ways_of(const work::ObligationTerms& terms) {
  std::string ways;
  const auto add = [&](bool wanted, const char* word) {
    if (wanted) ways += (ways.empty() ? "" : ", ") + std::string{word};
  };
  add(terms.by_hours, "hours");
  add(terms.by_money, "money");
  add(terms.by_kind, "kind");
  return ways;
}

}  // namespace

Table table_of_obligations(const ReportNode& node, const std::vector<work::Obligation>& listed,
                           const std::function<Unit(UnitId)>& unit_of,
                           const std::optional<std::string>& next) {
  Table table{"obligations", "Obligations", {}, {}, {}, next};
  table.columns = {
      {"number", "No.", ColumnKind::number},
      {"title", "What", ColumnKind::text, 40},
      {"circle", "Circle", ColumnKind::text},
      {"from_on", "From", ColumnKind::day},
      {"until_on", "Until", ColumnKind::day},
      {"hours", "Hours", ColumnKind::text},
      {"unit", "Unit", ColumnKind::text},
      {"amount", "Amount", ColumnKind::amount},
      {"rate_an_hour", "An hour", ColumnKind::amount},
      {"payable_in", "Met in", ColumnKind::text},
      {"members", "Members", ColumnKind::number},
      {"decision", "Decision", ColumnKind::text, 40},
      {"withdrawn_for", "Withdrawn", ColumnKind::text, 30},
  };
  add_node(table, node);
  for (const work::Obligation& one : listed) {
    const work::ObligationTerms& terms = one.terms;
    const auto unit = unit_of_terms(terms, unit_of);
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, terms.title, text_or_none(terms.circle), terms.from_on,
          terms.until_on, maybe_hours_cell(terms.minutes), unit ? Cell{unit->code} : Cell{},
          maybe_amount_cell(terms.minor, unit), maybe_amount_cell(terms.rate_minor, unit), ways_of(terms),
          std::int64_t{one.members}, terms.decision, text_or_none(one.withdrawn_for)}});
  }
  return table;
}

Table table_of_settlements(const ReportNode& node, const work::Obligation& obligation,
                           const std::vector<work::ObligationSettlement>& listed,
                           const std::function<Unit(UnitId)>& unit_of,
                           const std::optional<std::string>& next) {
  Table table{"obligation_settlements", "Settled otherwise than by hours", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},
                   {"member", "Member", ColumnKind::text},
                   {"on", "Day", ColumnKind::day},
                   {"how", "How", ColumnKind::text},
                   {"hours", "Hours", ColumnKind::text},
                   {"unit", "Unit", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount},
                   {"entry", "Entry", ColumnKind::number},
                   {"reverses", "Takes back", ColumnKind::number},
                   {"counts", "Counts", ColumnKind::text},
                   {"words", "Words", ColumnKind::text, 40}};
  add_node(table, node);
  table.facts.push_back({"obligation", "Obligation",
                         Cell{std::to_string(obligation.number.number()) + " " + obligation.terms.title}});
  const auto unit = unit_of_terms(obligation.terms, unit_of);
  for (const work::ObligationSettlement& one : listed)
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number}, one.member, one.on, std::string{work::text_of(one.kind)},
          maybe_hours_cell(one.minutes), one.minor && unit ? Cell{unit->code} : Cell{},
          maybe_amount_cell(one.minor, unit), one.entry ? Cell{std::int64_t{one.entry->number()}} : Cell{},
          one.reverses ? Cell{std::int64_t{*one.reverses}} : Cell{}, std::string{one.counts ? "yes" : "no"},
          text_or_none(one.words)}});
  return table;
}

Table table_of_standings(const ReportNode& node, const std::vector<work::MemberStanding>& listed,
                         const std::function<Unit(UnitId)>& unit_of, const std::optional<std::string>& next) {
  Table table{"obligation_standings", "What members owe in work", {}, {}, {}, next};
  table.columns = {{"obligation", "No.", ColumnKind::number},
                   {"title", "What", ColumnKind::text, 30},
                   {"circle", "Circle", ColumnKind::text},
                   {"member", "Member", ColumnKind::text},
                   {"owed_hours", "Owed, h", ColumnKind::text},
                   {"done_hours", "Done, h", ColumnKind::text},
                   {"waiting_hours", "Waits, h", ColumnKind::text},
                   {"waived_hours", "Waived, h", ColumnKind::text},
                   {"open_hours", "Open, h", ColumnKind::text},
                   {"beyond_hours", "Beyond, h", ColumnKind::text},
                   {"unit", "Unit", ColumnKind::text},
                   {"owed_amount", "Owed", ColumnKind::amount},
                   {"done_amount", "Done", ColumnKind::amount},
                   {"money_amount", "In money", ColumnKind::amount},
                   {"kind_amount", "In kind", ColumnKind::amount},
                   {"waived_amount", "Waived", ColumnKind::amount},
                   {"open_amount", "Open", ColumnKind::amount},
                   {"beyond_amount", "Beyond", ColumnKind::amount},
                   {"complete", "Complete", ColumnKind::text}};
  add_node(table, node);
  for (const work::MemberStanding& one : listed) {
    const auto unit = unit_of_terms(one.terms, unit_of);
    const auto stands = work::standing_of(one.terms, one.done);
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.obligation.number()}, one.terms.title, text_or_none(one.terms.circle), one.member,
          maybe_hours_cell(stands.owed.minutes), maybe_hours_cell(stands.done.minutes),
          hours_text(one.done.waiting_minutes), hours_text(one.done.waived_minutes),
          maybe_hours_cell(stands.open.minutes), maybe_hours_cell(stands.beyond.minutes),
          unit ? Cell{unit->code} : Cell{}, maybe_amount_cell(stands.owed.minor, unit),
          maybe_amount_cell(stands.done.minor, unit), maybe_amount_cell(one.done.money_minor, unit),
          maybe_amount_cell(one.done.kind_minor, unit), maybe_amount_cell(one.done.waived_minor, unit),
          maybe_amount_cell(stands.open.minor, unit), maybe_amount_cell(stands.beyond.minor, unit),
          std::string{stands.is_complete ? "yes" : "no"}}});
  }
  return table;
}

}  // namespace coop::reports
