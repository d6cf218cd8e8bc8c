#include "reports/collecting_tables.hpp"

#include "ledger/values/euro.hpp"

namespace coop::reports {

namespace {

Amount euros(std::int64_t minor) { return {minor, euro_scale, "EUR"}; }

template <class Value>
Cell cell_of(const std::optional<Value>& value) {
  if (!value) return {};
  return Cell{*value};
}

Table table_about(const ReportNode& node, const char* name, const char* title, std::vector<Column> columns,
                  const std::optional<std::string>& next) {
  Table table{name, title, {}, std::move(columns), {}, next};
  add_node(table, node);
  return table;
}

}  // namespace

Table table_of_mandates(const ReportNode& node, Day day, const std::vector<collecting::MandateRecord>& listed,
                        bool sees_profiles, const std::optional<std::string>& next) {
  std::vector<Column> columns{{"number", "No.", ColumnKind::number},
                              {"reference", "Mandate", ColumnKind::text},
                              {"member", "Member", ColumnKind::text}};
  if (sees_profiles) {
    columns.push_back({"name", "Account of", ColumnKind::text, 40});
    columns.push_back({"iban", "IBAN", ColumnKind::text});
  }
  for (const Column& column :
       {Column{"scheme", "Scheme", ColumnKind::text}, Column{"signed_on", "Signed", ColumnKind::day},
        Column{"status", "Stands", ColumnKind::text}, Column{"next", "Next", ColumnKind::text},
        Column{"last_used_on", "Last used", ColumnKind::day},
        Column{"expires_on", "Expires", ColumnKind::day}})
    columns.push_back(column);
  Table table = table_about(node, "mandates", "Mandates", std::move(columns), next);
  add_viewpoint(table, {day, std::nullopt});
  for (const collecting::MandateRecord& record : listed) {
    std::vector<Cell> cells{std::int64_t{record.id.number()}, record.reference, record.member};
    const collecting::MandateAccount* account = collecting::account_on(record, day);
    if (sees_profiles) {
      cells.push_back(account ? account->name : "(erased)");
      cells.push_back(account ? Cell{account->iban.text()} : Cell{});
    }
    cells.insert(cells.end(), {std::string{collecting::text_of(record.scheme)}, record.signed_on,
                               std::string{collecting::status_on(record, day)}});
    const auto mandate = collecting::mandate_of(record);
    const auto state = mandate ? std::optional{collecting::state_of(*mandate, day)} : std::nullopt;
    cells.push_back(state ? Cell{std::string{collecting::text_of(state->next)}} : Cell{});
    cells.push_back(state ? cell_of(state->last_sent_on) : Cell{});
    cells.push_back(state ? Cell{state->expires_on} : Cell{});
    table.rows.push_back({RowKind::line, 0, std::move(cells)});
  }
  return table;
}

Table table_of_collections(const ReportNode& node, const std::vector<collecting::CollectionSummary>& listed,
                           const std::optional<std::string>& next) {
  Table table = table_about(node, "collections", "Collections",
                            {{"number", "No.", ColumnKind::number},
                             {"due_on", "Due", ColumnKind::day},
                             {"state", "Stands", ColumnKind::text},
                             {"lines", "Lines", ColumnKind::number},
                             {"amount", "Amount", ColumnKind::amount},
                             {"unit", "Unit", ColumnKind::text},
                             {"message_id", "File", ColumnKind::text}},
                            next);
  for (const collecting::CollectionSummary& one : listed)
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, one.due_on, std::string{collecting::text_of(one.state)},
          one.lines, euros(one.minor), std::string{"EUR"}, one.message_id}});
  return table;
}

Table table_of_lines(const ReportNode& node, const collecting::Collection& collection,
                     const std::vector<collecting::CollectionLine>& listed, bool sees_profiles,
                     const std::optional<std::string>& next) {
  std::vector<Column> columns{{"line", "Line", ColumnKind::number}, {"member", "Member", ColumnKind::text}};
  if (sees_profiles) columns.push_back({"name", "Account of", ColumnKind::text, 40});
  for (const Column& column :
       {Column{"mandate", "Mandate", ColumnKind::text}, Column{"amount", "Amount", ColumnKind::amount},
        Column{"unit", "Unit", ColumnKind::text}, Column{"sequence", "Sequence", ColumnKind::text},
        Column{"state", "Stands", ColumnKind::text}, Column{"why", "Why", ColumnKind::text, 40},
        Column{"payment", "Payment", ColumnKind::number}, Column{"end_to_end_id", "Id", ColumnKind::text}})
    columns.push_back(column);
  Table table = table_about(node, "collection_lines", "Lines of a collection", std::move(columns), next);
  for (const collecting::CollectionLine& line : listed) {
    std::vector<Cell> cells{std::int64_t{line.line}, line.member};
    if (sees_profiles) cells.push_back(line.account ? line.account->name : "(erased)");
    const collecting::CollectionStep* ending = collecting::ending_of(collection, line.line);
    const std::string why = ending == nullptr ? "" : ending->reason.empty() ? ending->code : ending->reason;
    cells.insert(cells.end(), {line.reference, euros(line.minor), std::string{"EUR"},
                               std::string{collecting::text_of(line.sequence)},
                               std::string{collecting::line_state_of(collection, line)}});
    cells.push_back(text_or_none(why));
    cells.push_back(line.payment ? Cell{line.payment->number()} : Cell{});
    cells.push_back(line.end_to_end_id);
    table.rows.push_back({RowKind::line, 0, std::move(cells)});
  }
  return table;
}

}  // namespace coop::reports
