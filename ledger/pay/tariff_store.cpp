#include "ledger/pay/tariff_store.hpp"

namespace coop::pay {

constexpr const char* read_tariffs_sql = R"sql(
  -- pay.read_tariffs
  SELECT t.number, t.kind, coalesce(c.code, ''), coalesce(p.number, ''), t.from_on, t.amount_minor,
         coalesce(u.code, ''), t.decision, coalesce(u.scale, 0), t.recorded_at, w.name
    FROM pay_tariff t
    LEFT JOIN circle c ON c.node_id = t.node_id AND c.id = t.circle_id
    LEFT JOIN party p ON p.node_id = t.node_id AND p.id = t.party_id
    LEFT JOIN unit u ON u.id = t.unit_id
    LEFT JOIN user_account w ON w.id = t.recorded_by
   WHERE t.node_id = $1
     AND ($2 = '' OR t.kind = $2)
     AND ($3 = '' OR p.number = $3)
     AND ($4::int IS NULL OR t.number > $4)
   ORDER BY t.number
   LIMIT $5::int
)sql";

std::vector<Tariff> read_tariffs(Tx& tx, NodeId node, const TariffFilter& filter) {
  std::vector<Tariff> tariffs;
  for (const Row row :
       rows(tx, read_tariffs_sql, node, filter.work, filter.member, filter.after, filter.most))
    tariffs.push_back({.number = row.id<TariffNumber>(0),
                       .is = {.work = row.string(1),
                              .circle = row.string(2),
                              .member = row.string(3),
                              .from_on = row.day(4),
                              .minor = row.maybe_int64(5),
                              .unit = row.string(6),
                              .decision = row.string(7)},
                       .scale = row.integer(8),
                       .recorded_at = row.instant(9),
                       .recorded_by = row.maybe_string(10)});
  return tariffs;
}

constexpr const char* read_last_tariff_sql = R"sql(
  -- pay.read_last_tariff
  SELECT coalesce(max(t.number), 0) FROM pay_tariff t WHERE t.node_id = $1
)sql";

int read_last_tariff(Tx& tx, NodeId node) {
  return only_row(rows(tx, read_last_tariff_sql, node)).integer(0);
}

constexpr const char* insert_tariff_sql = R"sql(
  -- pay.insert_tariff
  INSERT INTO pay_tariff (node_id, number, kind, circle_id, party_id, from_on, amount_minor, unit_id,
                          decision, recorded_at, recorded_by)
  SELECT $1, coalesce((SELECT max(t.number) FROM pay_tariff t WHERE t.node_id = $1), 0) + 1, $2,
         (SELECT c.id FROM circle c WHERE c.node_id = $1 AND c.code = $3),
         (SELECT p.id FROM party p WHERE p.node_id = $1 AND p.number = $4), $5, $6, $7, $8, $9, $10
  RETURNING number
)sql";

TariffNumber insert_tariff(Tx& tx, NodeId node, const TariffDraft& draft, std::optional<UnitId> unit,
                           const books::Author& author) {
  return only_row(rows(tx, insert_tariff_sql, node, draft.work, draft.circle, draft.member, draft.from_on,
                       draft.minor, unit, draft.decision, author.now, author.user))
      .id<TariffNumber>(0);
}

}  // namespace coop::pay
