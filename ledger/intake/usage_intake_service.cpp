#include "ledger/intake/usage_intake_service.hpp"

#include "ledger/books/book_head_store.hpp"
#include "ledger/costs/cost_pool_store.hpp"
#include "ledger/costs/cost_usage_service.hpp"
#include "ledger/intake/row_service.hpp"

namespace coop::intake {

namespace {

constexpr int measure_decimals = 6;

costs::CostUsageDraft usage_from(const IntakeRow& row, const std::string& pool) {
  for (const char* column : {"participant", "measure", "from_on", "until_on", "value"}) row.require(column);
  return {.pool = pool,
          .participant = row.require("participant"),
          .measure = *row.parsed("measure", costs::cost_measure_from),
          .from_on = *row.parsed("from_on", day_from_cell),
          .until_on = *row.parsed("until_on", day_from_cell),
          .millionths = *row.parsed(
              "value", [](std::string_view text) { return minor_from_cell(text, measure_decimals); }),
          .source = row.find("source").value_or("")};
}

}  // namespace

IntakeReport import_usage(Tx& tx, NodeId node, const std::string& pool, std::string_view bytes,
                          Doubtful doubtful, const books::Author& author) {
  const CsvTable table =
      csv_table_from(bytes, {"participant", "measure", "from_on", "until_on", "value", "source"}, most_rows);
  books::lock_book_head(tx, node);
  costs::read_cost_pool(tx, node, pool);
  return judge_rows(tx, table, doubtful, [&](const IntakeRow& row, IntakeReport& report) {
    const auto fate = costs::record_cost_usage(tx, node, usage_from(row, pool), author);
    if (fate == costs::UsageFate::known) return RowFate::known;
    if (fate == costs::UsageFate::corrected)
      report.notes.push_back(
          {row.line(), "value", "another value is on record for these days", "a correction"});
    return RowFate::recorded;
  });
}

}  // namespace coop::intake
