#include "ledger/dues/debtor_store.hpp"

namespace coop::dues {

constexpr const char* positions_sql = R"sql(
  -- dues.positions
  SELECT d.party_id, d.unit_id, d.owed_minor
    FROM debtor d
    JOIN unnest($2::int[], $3::int[]) AS asked (party_id, unit_id)
      ON asked.party_id = d.party_id AND asked.unit_id = d.unit_id
   WHERE d.node_id = $1
)sql";

std::map<DebtorUnit, Position> read_positions(Tx& tx, NodeId node, std::span<const DebtorUnit> debtors) {
  std::map<DebtorUnit, Position> positions;
  SqlArray parties;
  SqlArray units;
  for (const DebtorUnit& debtor : debtors) {
    if (!positions.emplace(debtor, Position::of_owed(0)).second) continue;
    parties.add(debtor.party);
    units.add(debtor.unit);
  }
  for (const Row row : report_rows(tx, positions_sql, node, parties.value(), units.value()))
    positions.insert_or_assign({row.id<PartyId>(0), row.id<UnitId>(1)}, Position::of_owed(row.int64(2)));
  return positions;
}

constexpr const char* store_positions_sql = R"sql(
  -- dues.store_positions
  INSERT INTO debtor (node_id, party_id, unit_id, owed_minor)
  SELECT $1, d.party_id, d.unit_id, d.owed_minor
    FROM unnest($2::int[], $3::int[], $4::bigint[]) AS d (party_id, unit_id, owed_minor)
  ON CONFLICT (node_id, party_id, unit_id) DO UPDATE SET owed_minor = excluded.owed_minor
)sql";

void store_positions(Tx& tx, NodeId node, const std::map<DebtorUnit, Position>& positions) {
  SqlArray parties;
  SqlArray units;
  SqlArray owed;
  for (const auto& [debtor, position] : positions) {
    parties.add(debtor.party);
    units.add(debtor.unit);
    owed.add(position.owed_minor());
  }
  rows(tx, store_positions_sql, node, parties.value(), units.value(), owed.value());
}

}  // namespace coop::dues
