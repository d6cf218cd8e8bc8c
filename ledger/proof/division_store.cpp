#include "ledger/proof/division_store.hpp"

namespace coop::proof {

namespace {

constexpr const char* read_kept_shares_sql = R"sql(
  -- proof.read_kept_shares
  SELECT s.run_number, p.number, s.measure, s.capital_minor, s.interest_minor, s.patronage_minor,
         s.cash_minor, coalesce(s.minutes, 0)
    FROM surplus_share s
    JOIN surplus_run r ON r.node_id = s.node_id AND r.number = s.run_number AND r.steps IS NOT NULL
    LEFT JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   WHERE s.node_id = $1
   ORDER BY s.run_number, s.number
)sql";

void add_kept_shares(BulkReader& reader, std::int64_t node, std::vector<KeptDivision>& divisions) {
  const BulkRows rows = reader.read(read_kept_shares_sql, node);
  std::size_t at = 0;
  for (int row = 0; row < rows.size(); ++row) {
    while (at < divisions.size() && divisions[at].run < rows.number(row, 0)) ++at;
    if (at == divisions.size()) return;
    if (divisions[at].run != rows.number(row, 0)) continue;
    capital::SurplusMember member{std::string{rows.bytes(row, 1)}, rows.number(row, 2), rows.number(row, 3)};
    if (const std::int64_t minutes = rows.number(row, 7); minutes > 0) member.minutes = minutes;
    divisions[at].shares.push_back(
        {std::move(member), rows.number(row, 4), rows.number(row, 5), rows.number(row, 6), {}});
  }
}

}  // namespace

constexpr const char* read_kept_divisions_sql = R"sql(
  -- proof.read_kept_divisions
  SELECT r.number, r.steps, u.patronage, x.code, x.scale, r.amount_minor, r.reserve_minor, r.other_minor
    FROM surplus_run r
    JOIN surplus_rule u ON u.node_id = r.node_id AND u.number = r.rule_number
    JOIN unit x ON x.id = u.unit_id
   WHERE r.node_id = $1 AND r.steps IS NOT NULL
   ORDER BY r.number
)sql";

std::vector<KeptDivision> read_kept_divisions(BulkReader& reader, std::int64_t node) {
  std::vector<KeptDivision> divisions;
  {
    const BulkRows rows = reader.read(read_kept_divisions_sql, node);
    for (int row = 0; row < rows.size(); ++row)
      divisions.push_back({rows.number(row, 0),
                           std::string{rows.bytes(row, 1)},
                           std::string{rows.bytes(row, 2)},
                           std::string{rows.bytes(row, 3)},
                           static_cast<int>(rows.number(row, 4)),
                           rows.number(row, 5),
                           rows.number(row, 6),
                           rows.number(row, 7),
                           {}});
  }
  add_kept_shares(reader, node, divisions);
  return divisions;
}

}  // namespace coop::proof
