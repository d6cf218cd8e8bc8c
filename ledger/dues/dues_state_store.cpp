#include "ledger/dues/dues_state_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

SqlValue sql_of(const std::optional<std::vector<PartyId>>& parties) {
  if (!parties) return std::nullopt;
  SqlArray ids;
  for (const PartyId party : *parties) ids.add(party);
  return ids.value();
}

}  // namespace

constexpr const char* charge_facts_sql = R"sql(
  -- dues.charge_facts
  SELECT c.number, c.member_id, c.debtor_id, c.membership_id, c.unit_id, c.kind, c.period_first,
         c.period_last, c.due_on, c.gross_minor - c.waived_minor
    FROM charge c
    LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
                               AND r.reversed_on <= $2
                               AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
   WHERE c.node_id = $1 AND r.charge_number IS NULL
     AND c.period_first + make_interval(months => c.part - 1) <= $2
     AND ($3::timestamptz IS NULL OR c.recorded_at <= $3)
     AND ($4::int[] IS NULL OR c.debtor_id = ANY ($4))
   ORDER BY c.number
)sql";

constexpr const char* share_facts_sql = R"sql(
  -- dues.share_facts
  SELECT s.payment_number, p.kind = 'refund', s.debtor_id, p.unit_id, s.amount_minor, s.charge_number,
         p.received_on
    FROM payment_share s
    JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
    LEFT JOIN payment_return r ON r.node_id = p.node_id AND r.payment_number = p.number
                              AND r.returned_on <= $2
                              AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
   WHERE s.node_id = $1 AND r.payment_number IS NULL AND p.received_on <= $2
     AND ($3::timestamptz IS NULL OR p.recorded_at <= $3)
     AND ($4::int[] IS NULL OR s.debtor_id = ANY ($4))
   ORDER BY s.payment_number, s.line
)sql";

DuesFactsOnDay read_dues_facts(Tx& tx, NodeId node, const DuesMoment& moment,
                               const std::optional<std::vector<PartyId>>& debtors) {
  DuesFactsOnDay facts;
  const SqlValue these = sql_of(debtors);
  for (const Row row : report_rows(tx, charge_facts_sql, node, moment.as_of, moment.known_at, these))
    facts.charges.push_back({row.id<ChargeNumber>(0), row.id<PartyId>(1), row.id<PartyId>(2),
                             row.is_null(3) ? std::nullopt : std::optional{row.id<MembershipId>(3)},
                             row.id<UnitId>(4), due_kind_from(row.text(5)), Period{row.day(6), row.day(7)},
                             row.day(8), row.int64(9)});
  for (const Row row : report_rows(tx, share_facts_sql, node, moment.as_of, moment.known_at, these))
    facts.shares.push_back(
        {row.id<PaymentNumber>(0), row.boolean(1), row.id<PartyId>(2), row.id<UnitId>(3), row.int64(4),
         row.is_null(5) ? std::nullopt : std::optional{row.id<ChargeNumber>(5)}, row.day(6)});
  return facts;
}

constexpr const char* debtors_for_sql = R"sql(
  -- dues.debtors_for
  SELECT DISTINCT debtor_id FROM charge WHERE node_id = $1 AND (member_id = $2 OR debtor_id = $2)
)sql";

std::vector<PartyId> read_debtors_for(Tx& tx, NodeId node, PartyId member) {
  std::vector<PartyId> debtors{member};
  for (const Row row : rows(tx, debtors_for_sql, node, member))
    if (row.id<PartyId>(0) != member) debtors.push_back(row.id<PartyId>(0));
  return debtors;
}

}  // namespace coop::dues
