#pragma once
#include <string>

#include "ledger/database/tx.hpp"

namespace coop::test {

/// Puts `members` people into the node, whose class 1 and tier 1 are there, by plain SQL, as the services
/// would have left them: members of the class, and subscribed to the tier, since 2026-01-01. Every hundredth
/// is paid for by the one before, every fiftieth is waived a quarter. Needs the superuser.
inline void add_many_members(Tx& tx, NodeId node, int members) {
  std::string sql = R"sql(
    SET LOCAL session_replication_role = replica;
    INSERT INTO dimension (node_id, id, kind, code, name)
      SELECT $node, 1000 + n, 'member', 'X' || n, 'X' || n FROM generate_series(1, $members) n;
    INSERT INTO party (node_id, id, number, kind, dimension_id, recorded_at)
      SELECT $node, n, 'X' || n, 'person', 1000 + n, '2026-01-01' FROM generate_series(1, $members) n;
    INSERT INTO membership (node_id, id, party_id, class_id, from_on, recorded_at)
      SELECT $node, n, n, 1, '2026-01-01', '2026-01-01' FROM generate_series(1, $members) n;
    INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, recorded_at)
      SELECT $node, n, 1 + i, (ARRAY['applied', 'admitted'])[1 + i], '2026-01-01', '2026-01-01'
        FROM generate_series(1, $members) n, generate_series(0, 1) i;
    INSERT INTO subscription (node_id, membership_id, number, from_on, tier_id, payer_id, instalments,
                              recorded_at)
      SELECT $node, n, 1, '2026-01-01', 1, CASE WHEN n % 100 = 0 THEN n - 1 ELSE n END, 1, '2026-01-01'
        FROM generate_series(1, $members) n;
    INSERT INTO concession (node_id, membership_id, number, from_on, numerator, denominator, reason, decision,
                            recorded_at)
      SELECT $node, n, 1, '2026-01-01', 1, 4, 'between jobs', '', '2026-01-01'
        FROM generate_series(1, $members) n WHERE n % 50 = 0;
    SET LOCAL session_replication_role = origin;
  )sql";
  const auto replace = [&](const std::string& mark, const std::string& value) {
    for (auto at = sql.find(mark); at != std::string::npos; at = sql.find(mark, at))
      sql.replace(at, mark.size(), value);
  };
  replace("$node", std::to_string(node.number()));
  replace("$members", std::to_string(members));
  tx.run_script(sql);
}

}  // namespace coop::test
