#include "reports/bank_known.hpp"

#include "ledger/values/refusal.hpp"
#include "reports/extent.hpp"

namespace coop::reports {

// Which copy of a line counts: the first that came after the line was gone for the last time.
constexpr const char* read_known_lines_sql = R"sql(
  -- reports.known_bank_lines
  WITH held AS MATERIALIZED (
    SELECT l.number, l.key, l.occurrence, l.import_number, t.recorded_at AS taken_at,
           u.recorded_at AS undone_at
      FROM bank_statement s
      JOIN bank_import_step t ON t.node_id = s.node_id AND t.import_number = s.import_number
                             AND t.kind = 'taken_in' AND t.recorded_at <= $3
      LEFT JOIN bank_import_step u ON u.node_id = s.node_id AND u.import_number = s.import_number
                                  AND u.kind = 'undone' AND u.recorded_at <= $3
      JOIN bank_line l ON l.node_id = s.node_id AND l.import_number = s.import_number
                      AND l.statement_position = s.position AND l.bank_account = s.bank_account
                      AND l.status = 'booked'
     WHERE s.node_id = $1 AND s.bank_account = $2 AND s.purpose = 'booked'
  ), gone AS (
    SELECT h.key, h.occurrence, max(h.undone_at) AS at
      FROM held h
     WHERE h.undone_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM held o
                        WHERE o.key = h.key AND o.occurrence = h.occurrence AND o.taken_at <= h.undone_at
                          AND coalesce(o.undone_at > h.undone_at, true))
       AND NOT EXISTS (SELECT FROM held o
                         JOIN bank_match m ON m.node_id = $1 AND m.line_number = o.number
                                          AND m.recorded_at <= h.undone_at
                         LEFT JOIN bank_match_end e ON e.node_id = m.node_id AND e.match_number = m.number
                        WHERE o.key = h.key AND o.occurrence = h.occurrence
                          AND coalesce(e.recorded_at > h.undone_at, true))
     GROUP BY h.key, h.occurrence
  )
  SELECT DISTINCT ON (h.key, h.occurrence) h.number
    FROM held h
    LEFT JOIN gone g ON g.key = h.key AND g.occurrence = h.occurrence
   WHERE g.at IS NULL OR h.taken_at > g.at
   ORDER BY h.key, h.occurrence, h.taken_at, h.import_number, h.number
)sql";

BankKnown read_bank_known(Tx& tx, NodeId node, const bank::BankAccount& account,
                          std::optional<Instant> known_at) {
  if (!known_at) return {};
  if (account.recorded_at > *known_at)
    throw Refused{Refusal::bank_account_unknown,
                  "account " + std::to_string(account.number.number()) + " was not on record then"};
  SqlArray lines;
  for (const Row row : report_rows(tx, read_known_lines_sql, node, account.number, known_at))
    lines.add(row.int64(0));
  return {known_at, read_last_known(tx, node, known_at), lines.value()};
}

}  // namespace coop::reports
