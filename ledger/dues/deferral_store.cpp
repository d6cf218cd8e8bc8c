#include "ledger/dues/deferral_store.hpp"

#include "ledger/dues/booking.hpp"

namespace coop::dues {

constexpr const char* spread_charges_sql = R"sql(
  -- dues.spread_charges
  SELECT c.number, m.number, c.unit_id, c.period_first, c.period_last, c.part, c.gross_minor - c.waived_minor,
         r.reversed_on, i.path
    FROM charge c
    JOIN party m ON m.node_id = c.node_id AND m.id = c.member_id
    JOIN LATERAL (SELECT a.path
                    FROM posting p
                    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
                   WHERE p.node_id = c.node_id AND p.entry_number = c.entry_number AND a.type = 'income'
                   LIMIT 1) i ON true
    LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
   WHERE c.node_id = $1 AND c.membership_id > $2 AND c.membership_id <= $3 AND c.kind = 'dues'
     AND c.period_last >= $4 AND c.period_first <= $5 AND c.gross_minor > c.waived_minor
     AND date_trunc('month', c.period_first::timestamp) <> date_trunc('month', c.period_last::timestamp)
   ORDER BY c.number
)sql";

constexpr const char* deferrals_of_charges_sql = R"sql(
  -- dues.deferrals_of_charges
  SELECT charge_number, on_day, sum(amount_minor)::bigint, count(*)::int
    FROM deferral
   WHERE node_id = $1 AND charge_number = ANY ($2::bigint[])
   GROUP BY charge_number, on_day
)sql";

std::vector<SpreadCharge> read_spread_charges(Tx& tx, NodeId node, const SpreadOf& which) {
  std::vector<SpreadCharge> charges;
  std::map<ChargeNumber, std::size_t> places;
  SqlArray numbers;
  for (const Row row :
       report_rows(tx, spread_charges_sql, node, which.after, which.last, which.from, which.through)) {
    const auto number = row.id<ChargeNumber>(0);
    places.emplace(number, charges.size());
    numbers.add(number);
    charges.push_back({number,
                       row.string(1),
                       row.id<UnitId>(2),
                       Period{row.day(3), row.day(4)},
                       row.day(3).plus_months(row.integer(5) - 1),
                       row.int64(6),
                       row.maybe_day(7),
                       row.string(8),
                       {},
                       {}});
  }
  if (charges.empty()) return charges;
  for (const Row row : report_rows(tx, deferrals_of_charges_sql, node, numbers.value())) {
    SpreadCharge& charge = charges[places.at(row.id<ChargeNumber>(0))];
    charge.moved_minor.emplace(row.day(1), row.int64(2));
    charge.moves.emplace(row.day(1), row.integer(3));
  }
  return charges;
}

constexpr const char* insert_deferrals_sql = R"sql(
  -- dues.insert_deferrals
  INSERT INTO deferral (node_id, charge_number, on_day, number, amount_minor, run_number, entry_number,
                        recorded_at, recorded_by)
  SELECT $1, d.charge_number, d.on_day, d.number, d.amount_minor, $2, d.entry_number, $3, $4
    FROM unnest($5::bigint[], $6::date[], $7::int[], $8::bigint[], $9::int[])
      AS d (charge_number, on_day, number, amount_minor, entry_number)
)sql";

void insert_deferrals(Tx& tx, NodeId node, int run, std::span<const BookedDeferral> deferrals,
                      const books::Author& author) {
  SqlArray charges;
  SqlArray days;
  SqlArray numbers;
  SqlArray amounts;
  SqlArray entries;
  for (const auto& [deferral, entry] : deferrals) {
    charges.add(deferral.charge);
    days.add(deferral.on);
    numbers.add(deferral.number);
    amounts.add(deferral.minor);
    entries.add(entry);
  }
  rows(tx, insert_deferrals_sql, node, run, author.now, author.user, charges.value(), days.value(),
       numbers.value(), amounts.value(), entries.value());
}

constexpr const char* list_deferrals_sql = R"sql(
  -- dues.list_deferrals
  SELECT d.charge_number, d.on_day, d.number, d.amount_minor, m.number, c.unit_id, d.run_number,
         d.entry_number
    FROM deferral d
    JOIN charge c ON c.node_id = d.node_id AND c.number = d.charge_number
    JOIN party m ON m.node_id = c.node_id AND m.id = c.member_id
   WHERE d.node_id = $1 AND ($2::bigint IS NULL OR d.charge_number = $2)
     AND ($3::bigint IS NULL OR (d.charge_number, d.on_day, d.number) > ($3, $4::date, $5::int))
   ORDER BY d.charge_number, d.on_day, d.number
   LIMIT $6
)sql";

std::vector<RecordedDeferral> list_deferrals(Tx& tx, NodeId node, std::optional<ChargeNumber> charge,
                                             const std::optional<DeferralPlace>& after, int limit) {
  std::vector<RecordedDeferral> deferrals;
  const SqlValue after_charge = after ? SqlValue{after->charge} : SqlValue{std::nullopt};
  const SqlValue after_day = after ? SqlValue{after->on} : SqlValue{std::nullopt};
  const SqlValue after_number = after ? SqlValue{after->number} : SqlValue{std::nullopt};
  for (const Row row :
       report_rows(tx, list_deferrals_sql, node, charge, after_charge, after_day, after_number, limit))
    deferrals.push_back({{row.id<ChargeNumber>(0), row.day(1), row.integer(2), row.int64(3)},
                         row.string(4),
                         row.id<UnitId>(5),
                         row.integer(6),
                         row.id<EntryNumber>(7)});
  return deferrals;
}

}  // namespace coop::dues
