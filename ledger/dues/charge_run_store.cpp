#include "ledger/dues/charge_run_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::dues {

constexpr const char* insert_charge_run_sql = R"sql(
  -- dues.insert_charge_run
  INSERT INTO charge_run (node_id, number, period_first, period_last, corrections_from, recorded_at,
                          recorded_by)
  VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM charge_run WHERE node_id = $1), $2, $3, $4, $5, $6)
  RETURNING number
)sql";

int insert_charge_run(Tx& tx, NodeId node, const Period& period, Day corrections_from,
                      const books::Author& author) {
  return only_row(rows(tx, insert_charge_run_sql, node, period.first(), period.last(), corrections_from,
                       author.now, author.user))
      .integer(0);
}

constexpr const char* charge_runs_sql = R"sql(
  -- dues.charge_runs
  SELECT r.number, r.period_first, r.period_last, r.corrections_from, r.recorded_at, u.name
    FROM charge_run r
    LEFT JOIN user_account u ON u.id = r.recorded_by
   WHERE r.node_id = $1 AND ($2::int IS NULL OR r.number < $2) AND ($3::int IS NULL OR r.number = $3)
   ORDER BY r.number DESC
   LIMIT $4
)sql";

namespace {

std::vector<ChargeRun> runs_from(const Rows& found) {
  std::vector<ChargeRun> runs;
  for (const Row row : found)
    runs.push_back(
        {row.integer(0), Period{row.day(1), row.day(2)}, row.day(3), row.instant(4), row.maybe_string(5)});
  return runs;
}

}  // namespace

std::vector<ChargeRun> list_charge_runs(Tx& tx, NodeId node, std::optional<int> before, int limit) {
  return runs_from(rows(tx, charge_runs_sql, node, before, std::nullopt, limit));
}

std::optional<ChargeRun> find_charge_run(Tx& tx, NodeId node, int number) {
  auto found = runs_from(rows(tx, charge_runs_sql, node, std::nullopt, number, 1));
  return found.empty() ? std::nullopt : std::optional{found.front()};
}

constexpr const char* run_result_sql = R"sql(
  -- dues.run_result
  SELECT unit_id, sum(charged)::bigint, sum(reversed)::bigint, sum(owed_minor)::bigint
    FROM (SELECT unit_id, 1 AS charged, 0 AS reversed, gross_minor - waived_minor AS owed_minor
            FROM charge
           WHERE node_id = $1 AND run_number = $2
          UNION ALL
          SELECT c.unit_id, 0, 1, c.waived_minor - c.gross_minor
            FROM charge_reversal r
            JOIN charge c ON c.node_id = r.node_id AND c.number = r.charge_number
           WHERE r.node_id = $1 AND r.run_number = $2) done
   GROUP BY unit_id
)sql";

RunResult read_run_result(Tx& tx, NodeId node, int run) {
  RunResult result;
  for (const Row row : report_rows(tx, run_result_sql, node, run)) {
    result.charged += row.int64(1);
    result.reversed += row.int64(2);
    result.owed_minor.emplace(row.id<UnitId>(0), row.int64(3));
  }
  return result;
}

}  // namespace coop::dues
