#include "reports/journal.hpp"

namespace coop::reports {

namespace {

std::vector<Column> journal_columns() {
  return {{"entry", "Entry", ColumnKind::number, 0, true, true},
          {"booked_on", "Day", ColumnKind::day, 0, true, true},
          {"recorded_at", "Recorded", ColumnKind::instant, 0, false},
          {"description", "Description", ColumnKind::text, 40, true, true},
          {"reference", "Reference", ColumnKind::text, 25, true, true},
          {"document_on", "Document", ColumnKind::day, 0, false},
          {"source", "Source", ColumnKind::text, 0, false},
          {"reverses", "Reverses", ColumnKind::number, 0, false},
          {"reversed_by", "Reversed by", ColumnKind::number, 0, false},
          {"line", "Line", ColumnKind::number, 0, false},
          {"account", "Account", ColumnKind::text},
          {"fund", "Fund", ColumnKind::text},
          {"member", "Member", ColumnKind::text},
          {"cost_object", "Cost object", ColumnKind::text},
          {"tax_code", "Tax code", ColumnKind::text},
          {"note", "Note", ColumnKind::text, 0, false},
          {"debit", "Debit", ColumnKind::amount},
          {"credit", "Credit", ColumnKind::amount},
          {"unit", "Unit", ColumnKind::text}};
}

template <class Value>
Cell maybe(const std::optional<Value>& value) {
  if (!value) return {};
  return *value;
}

Cell number_or_none(const std::optional<EntryNumber>& number) {
  return number ? Cell{number->number()} : Cell{};
}

TableRow row_of(const books::Entry& entry, const books::Posting& posting) {
  const auto side = [&](std::int64_t minor) {
    return minor > 0 ? Cell{Amount{minor, posting.scale, posting.unit}} : Cell{};
  };
  return {RowKind::line,
          0,
          {entry.number.number(), entry.booked_on, entry.recorded_at, entry.description,
           text_or_none(entry.reference), maybe(entry.document_on), text_or_none(entry.source),
           number_or_none(entry.reverses), number_or_none(entry.reversed_by), std::int64_t{posting.line},
           posting.account, maybe(posting.about[0]), maybe(posting.about[1]), maybe(posting.about[2]),
           maybe(posting.about[3]), text_or_none(posting.note), side(posting.amount_minor),
           side(-posting.amount_minor), posting.unit}};
}

}  // namespace

Journal read_journal(Tx& tx, NodeId node, const EntryFilter& filter, EntryOrder order, int limit,
                     const std::optional<std::string>& cursor) {
  return Journal{read_report_node(tx, node), filter, order,
                 read_entries(tx, node, filter, order, limit, cursor)};
}

Table table_of(const Journal& journal) {
  Table table{"journal", "Journal", {}, journal_columns(), {}, journal.page.next};
  add_node(table, journal.node);
  const EntryFilter& filter = journal.filter;
  if (filter.from_on) table.facts.push_back({"from", "From", *filter.from_on});
  if (filter.to_on) table.facts.push_back({"to", "To", *filter.to_on});
  add_viewpoint(table, {std::nullopt, filter.known_at});
  AccountFilter accounts;
  accounts.prefix = filter.account;
  add_filter(table, accounts, filter.about);
  table.facts.push_back({"order", "Order", std::string{text_of(journal.order)}});
  for (const books::Entry& entry : journal.page.entries) {
    for (const books::Posting& posting : entry.postings) table.rows.push_back(row_of(entry, posting));
  }
  return table;
}

}  // namespace coop::reports
