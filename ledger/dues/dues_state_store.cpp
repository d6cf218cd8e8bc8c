#include "ledger/dues/dues_state_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

SqlValue sql_of(const std::vector<PartyId>& parties) {
  SqlArray ids;
  for (const PartyId party : parties) ids.add(party);
  return ids.value();
}

ChargeFact charge_from(const Row& row) {
  return {row.id<ChargeNumber>(0),
          row.id<PartyId>(1),
          row.id<PartyId>(2),
          row.is_null(3) ? std::nullopt : std::optional{row.id<MembershipId>(3)},
          row.id<UnitId>(4),
          due_kind_from(row.text(5)),
          Period{row.day(6), row.day(7)},
          row.day(8),
          row.int64(9)};
}

ShareFact share_from(const Row& row) {
  return {row.id<PaymentNumber>(0),
          row.boolean(1),
          row.id<PartyId>(2),
          row.id<UnitId>(3),
          row.int64(4),
          row.is_null(5) ? std::nullopt : std::optional{row.id<ChargeNumber>(5)},
          row.day(6)};
}

// Of everybody one pass over all rows is right, of a few debtors their index: each has a statement of its
// own, since a plan that serves both reads all rows for one debtor.
constexpr const char* all_charge_facts_sql = R"sql(
  -- dues.all_charge_facts
  SELECT c.number, c.member_id, c.debtor_id, c.membership_id, c.unit_id, c.kind, c.period_first,
         c.period_last, c.due_on, c.gross_minor - c.waived_minor
    FROM charge c
    LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
                               AND r.reversed_on <= $2
                               AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
   WHERE c.node_id = $1 AND r.charge_number IS NULL
     AND c.period_first + make_interval(months => c.part - 1) <= $2
     AND ($3::timestamptz IS NULL OR c.recorded_at <= $3)
   ORDER BY c.number
)sql";

std::vector<ChargeFact> read_all_charge_facts(Tx& tx, NodeId node, const DuesMoment& moment) {
  std::vector<ChargeFact> charges;
  for (const Row row : report_rows(tx, all_charge_facts_sql, node, moment.as_of, moment.known_at))
    charges.push_back(charge_from(row));
  return charges;
}

constexpr const char* charge_facts_of_sql = R"sql(
  -- dues.charge_facts_of
  SELECT c.number, c.member_id, c.debtor_id, c.membership_id, c.unit_id, c.kind, c.period_first,
         c.period_last, c.due_on, c.gross_minor - c.waived_minor
    FROM charge c
   WHERE c.node_id = $1 AND c.debtor_id = ANY ($4::int[])
     AND c.period_first + make_interval(months => c.part - 1) <= $2
     AND ($3::timestamptz IS NULL OR c.recorded_at <= $3)
     AND NOT EXISTS (
         SELECT FROM charge_reversal r
          WHERE r.node_id = c.node_id AND r.charge_number = c.number AND r.reversed_on <= $2
            AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
         OFFSET 0)
   ORDER BY c.number
)sql";

std::vector<ChargeFact> read_charge_facts_of(Tx& tx, NodeId node, const DuesMoment& moment,
                                             const std::vector<PartyId>& debtors) {
  std::vector<ChargeFact> charges;
  for (const Row row :
       report_rows(tx, charge_facts_of_sql, node, moment.as_of, moment.known_at, sql_of(debtors)))
    charges.push_back(charge_from(row));
  return charges;
}

constexpr const char* all_share_facts_sql = R"sql(
  -- dues.all_share_facts
  SELECT s.payment_number, p.kind = 'refund', s.debtor_id, p.unit_id, s.amount_minor, s.charge_number,
         p.received_on
    FROM payment_share s
    JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
    LEFT JOIN payment_return r ON r.node_id = p.node_id AND r.payment_number = p.number
                              AND r.returned_on <= $2
                              AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
   WHERE s.node_id = $1 AND r.payment_number IS NULL AND p.received_on <= $2
     AND ($3::timestamptz IS NULL OR p.recorded_at <= $3)
   ORDER BY s.payment_number, s.line
)sql";

std::vector<ShareFact> read_all_share_facts(Tx& tx, NodeId node, const DuesMoment& moment) {
  std::vector<ShareFact> shares;
  for (const Row row : report_rows(tx, all_share_facts_sql, node, moment.as_of, moment.known_at))
    shares.push_back(share_from(row));
  return shares;
}

constexpr const char* share_facts_of_sql = R"sql(
  -- dues.share_facts_of
  SELECT s.payment_number, p.kind = 'refund', s.debtor_id, p.unit_id, s.amount_minor, s.charge_number,
         p.received_on
    FROM payment_share s
    JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
   WHERE s.node_id = $1 AND s.debtor_id = ANY ($4::int[]) AND p.received_on <= $2
     AND ($3::timestamptz IS NULL OR p.recorded_at <= $3)
     AND NOT EXISTS (
         SELECT FROM payment_return r
          WHERE r.node_id = p.node_id AND r.payment_number = p.number AND r.returned_on <= $2
            AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
         OFFSET 0)
   ORDER BY s.payment_number, s.line
)sql";

std::vector<ShareFact> read_share_facts_of(Tx& tx, NodeId node, const DuesMoment& moment,
                                           const std::vector<PartyId>& debtors) {
  std::vector<ShareFact> shares;
  for (const Row row :
       report_rows(tx, share_facts_of_sql, node, moment.as_of, moment.known_at, sql_of(debtors)))
    shares.push_back(share_from(row));
  return shares;
}

}  // namespace

DuesFactsOnDay read_dues_facts(Tx& tx, NodeId node, const DuesMoment& moment,
                               const std::optional<std::vector<PartyId>>& debtors) {
  if (!debtors) return {read_all_charge_facts(tx, node, moment), read_all_share_facts(tx, node, moment)};
  return {read_charge_facts_of(tx, node, moment, *debtors), read_share_facts_of(tx, node, moment, *debtors)};
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
