#include "ledger/intake/row_service.hpp"

#include "ledger/database/undoable.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::intake {

namespace {

// What may be told of a refusal: the words on personal data could repeat it.
std::string told_of(const Refused& refused, const std::string& column) {
  for (const char* personal : {"name", "email", "iban", "address", "country", "language"})
    if (column == personal) return std::string{text_of(refused.refusal()).title};
  return refused.detail();
}

IntakeDoubt doubt_of(const Refused& refused, int line, const CsvTable& table) {
  std::string column = refused.field().empty() ? "" : refused.field().substr(1);
  if (!table.columns().contains(column) && refused.refusal() != Refusal::field_missing) column.clear();
  return {line, column, told_of(refused, column)};
}

void require_cells(const CsvRow& row, const CsvTable& table) {
  if (row.cells.size() > table.header.size())
    throw Refused{Refusal::field_invalid, "the row has " + std::to_string(row.cells.size()) +
                                              " cells and the header " + std::to_string(table.header.size())};
}

}  // namespace

IntakeReport judge_rows(Tx& tx, const CsvTable& table, Doubtful doubtful, const RecordRow& record) {
  IntakeReport report;
  if (table.was_windows_1252)
    report.notes.push_back({1, "", "the file is not UTF-8", "read as Windows-1252"});
  const IntakeRow::Columns columns = table.columns();
  Undoable whole{tx, "intake_table"};
  for (const CsvRow& row : table.rows) {
    ++report.rows;
    Undoable one{tx, "intake_row"};
    const std::size_t notes = report.notes.size();
    try {
      require_cells(row, table);
      const RowFate fate = record(IntakeRow{row, columns}, report);
      ++(fate == RowFate::known ? report.known : report.recorded);
      one.keep();
    } catch (const Refused& refused) {
      one.undo();
      report.notes.resize(notes, {0, "", ""});
      report.doubts.push_back(doubt_of(refused, row.line, table));
    }
  }
  report.is_complete = report.doubts.empty() || doubtful == Doubtful::skip;
  if (report.is_complete) {
    whole.keep();
  } else {
    whole.undo();
    report.recorded = 0;
  }
  return report;
}

}  // namespace coop::intake
