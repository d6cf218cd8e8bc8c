#include "ledger/pay/pay_run_store.hpp"

namespace coop::pay {

constexpr const char* list_pay_runs_sql = R"sql(
  -- pay.list_runs
  SELECT r.number, r.kind, x.state, r.from_on, r.to_on, u.code, u.scale, r.amount_minor, r.paid_minor,
         r.deferred_minor, r.deferred_as, r.members, r.recorded_at
    FROM pay_run r
    JOIN unit u ON u.id = r.unit_id
   CROSS JOIN LATERAL (
         SELECT CASE WHEN bool_or(s.step = 'undone') THEN 'undone'
                     WHEN bool_or(s.step = 'posted') THEN 'posted'
                     WHEN bool_or(s.step = 'cancelled') THEN 'cancelled'
                     WHEN count(*) > 1 THEN 'approved' ELSE 'proposed' END AS state
           FROM pay_run_step s
          WHERE s.node_id = r.node_id AND s.run_number = r.number) x
   WHERE r.node_id = $1
     AND ($2::text IS NULL OR r.kind = $2)
     AND ($3::text IS NULL OR x.state = $3)
     AND ($4 = '' OR EXISTS (SELECT FROM pay_run_share s
                               JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id AND p.number = $4
                              WHERE s.node_id = r.node_id AND s.run_number = r.number))
     AND ($5::int IS NULL OR r.number < $5)
     AND ($7 = '' OR r.circle_id = (SELECT c.id FROM circle c WHERE c.node_id = r.node_id AND c.code = $7))
   ORDER BY r.number DESC
   LIMIT $6
)sql";

std::vector<PayRunSummary> list_pay_runs(Tx& tx, NodeId node, const PayRunFilter& filter) {
  const auto kind = filter.kind ? std::optional{text_of(*filter.kind)} : std::nullopt;
  const auto state = filter.state ? std::optional{text_of(*filter.state)} : std::nullopt;
  std::vector<PayRunSummary> listed;
  for (const Row row : report_rows(tx, list_pay_runs_sql, node, kind, state, filter.member, filter.before,
                                   filter.limit, filter.circle))
    listed.push_back({row.id<PayRunNumber>(0), pay_run_kind_from(row.text(1)),
                      pay_run_state_from(row.text(2)), row.day(3), row.day(4), row.string(5), row.integer(6),
                      row.int64(7), row.int64(8), row.int64(9), deferred_as_from(row.text(10)),
                      row.integer(11), row.instant(12)});
  return listed;
}

constexpr const char* list_runs_within_sql = R"sql(
  -- pay.list_runs_within
  SELECT r.number
    FROM pay_run r
   WHERE r.node_id = $1 AND r.kind = 'wages' AND r.from_on >= $2 AND r.to_on <= $3 AND r.unit_id = $4
     AND is_live_pay_run(r.node_id, r.number)
     AND ($5 = '' OR r.circle_id = (SELECT c.id FROM circle c WHERE c.node_id = r.node_id AND c.code = $5))
   ORDER BY r.number
)sql";

std::vector<PayRunNumber> list_runs_within(Tx& tx, NodeId node, Day from, Day to, UnitId unit,
                                           std::string_view circle) {
  std::vector<PayRunNumber> numbers;
  for (const Row row : report_rows(tx, list_runs_within_sql, node, from, to, unit, circle))
    numbers.push_back(row.id<PayRunNumber>(0));
  return numbers;
}

constexpr const char* list_payslips_sql = R"sql(
  -- pay.list_payslips
  SELECT r.number, r.kind, x.state, r.from_on, r.to_on, u.code, u.scale, s.minutes, s.claim_minor,
         s.paid_minor, s.deferred_minor, r.deferred_as
    FROM party p
    JOIN pay_run_share s ON s.node_id = p.node_id AND s.party_id = p.id
    JOIN pay_run r ON r.node_id = s.node_id AND r.number = s.run_number
    JOIN unit u ON u.id = r.unit_id
   CROSS JOIN LATERAL (
         SELECT CASE WHEN bool_or(t.step = 'undone') THEN 'undone'
                     WHEN bool_or(t.step = 'posted') THEN 'posted'
                     WHEN bool_or(t.step = 'cancelled') THEN 'cancelled'
                     WHEN count(*) > 1 THEN 'approved' ELSE 'proposed' END AS state
           FROM pay_run_step t
          WHERE t.node_id = r.node_id AND t.run_number = r.number) x
   WHERE p.node_id = $1 AND p.number = $2 AND ($3::int IS NULL OR s.run_number < $3)
   ORDER BY s.run_number DESC
   LIMIT $4
)sql";

std::vector<PayslipSummary> list_payslips(Tx& tx, NodeId node, const std::string& member,
                                          std::optional<PayRunNumber> before, int limit) {
  std::vector<PayslipSummary> listed;
  for (const Row row : report_rows(tx, list_payslips_sql, node, member, before, limit))
    listed.push_back({row.id<PayRunNumber>(0), pay_run_kind_from(row.text(1)),
                      pay_run_state_from(row.text(2)), row.day(3), row.day(4), row.string(5), row.integer(6),
                      row.int64(7), row.int64(8), row.int64(9), row.int64(10),
                      deferred_as_from(row.text(11))});
  return listed;
}

constexpr const char* pay_run_pays_user_sql = R"sql(
  -- pay.pays_user
  SELECT EXISTS (
         SELECT FROM (SELECT u.party_id FROM party_user u
                       WHERE u.node_id = $1 AND u.user_id = $3
                       ORDER BY u.party_id OFFSET 0) mine
           JOIN pay_run_share s ON s.node_id = $1 AND s.run_number = $2 AND s.party_id = mine.party_id
          WHERE was_linked($1, mine.party_id, $3,
                           (SELECT r.recorded_at FROM pay_run r WHERE r.node_id = $1 AND r.number = $2),
                           'infinity'))
)sql";

bool pays_user(Tx& tx, NodeId node, PayRunNumber run, UserId user) {
  return only_row(rows(tx, pay_run_pays_user_sql, node, run, user)).boolean(0);
}

constexpr const char* read_payables_sql = R"sql(
  -- pay.read_payables
  SELECT p.party_id, p.ordered_minor, p.waiting_minor, p.owed_minor, p.local_owed_minor
    FROM pay_run_payables($1, $2) p
   ORDER BY p.party_id
)sql";

std::vector<Payable> read_payables(Tx& tx, NodeId node, PayRunNumber run) {
  std::vector<Payable> payables;
  for (const Row row : report_rows(tx, read_payables_sql, node, run))
    payables.push_back({row.id<PartyId>(0), row.int64(1), row.int64(2), row.int64(3), row.int64(4)});
  return payables;
}

constexpr const char* find_settling_run_sql = R"sql(
  -- pay.find_settling_run
  SELECT l.run_number
    FROM pay_run_lot l
   WHERE l.node_id = $1 AND l.claim_run = $2 AND is_live_pay_run($1, l.run_number)
   ORDER BY l.run_number
   LIMIT 1
)sql";

std::optional<PayRunNumber> find_settling_run(Tx& tx, NodeId node, PayRunNumber run) {
  const Rows found = rows(tx, find_settling_run_sql, node, run);
  if (found.empty()) return std::nullopt;
  return found[0].id<PayRunNumber>(0);
}

}  // namespace coop::pay
