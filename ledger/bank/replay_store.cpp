#include "ledger/bank/replay_store.hpp"

namespace coop::bank {

constexpr const char* read_done_sql = R"sql(
  -- bank.read_done
  WITH done AS (
    SELECT m.line_number, p.entry_number, array_agg(p.posting_line) AS cleared, sum(p.amount_minor) AS minor,
           (SELECT y.number
              FROM payment a
              JOIN party y ON y.node_id = a.node_id AND y.id = a.payer_id
             WHERE a.node_id = m.node_id AND a.entry_number = p.entry_number
             ORDER BY a.number LIMIT 1) AS member
      FROM bank_match m
      JOIN bank_match_part p ON p.node_id = m.node_id AND p.match_number = m.number
     WHERE m.node_id = $1 AND m.live AND m.line_number = ANY ($2::bigint[])
     GROUP BY m.node_id, m.line_number, p.entry_number
  )
  SELECT d.line_number, 'member', d.member, sum(d.minor)::bigint
    FROM done d
   WHERE d.member IS NOT NULL
   GROUP BY d.line_number, d.member
  UNION ALL
  SELECT d.line_number, 'account', c.path, -sum(o.amount_minor)::bigint
    FROM done d
    JOIN posting o ON o.node_id = $1 AND o.entry_number = d.entry_number AND o.line <> ALL (d.cleared)
    JOIN account c ON c.node_id = o.node_id AND c.id = o.account_id
   WHERE d.member IS NULL
   GROUP BY d.line_number, c.path
)sql";

std::map<BankLineNumber, DoneWith> read_done(Tx& tx, NodeId node, std::span<const BankLine> lines) {
  SqlArray numbers;
  for (const BankLine& line : lines) numbers.add(line.number);
  std::map<BankLineNumber, DoneWith> done;
  for (const Row row : report_rows(tx, read_done_sql, node, numbers.value()))
    done[row.id<BankLineNumber>(0)][{row.string(1), row.string(2)}] = row.int64(3);
  return done;
}

}  // namespace coop::bank
