#include "ledger/pay/pay_run_store.hpp"

namespace coop::pay {

constexpr const char* collect_hours_sql = R"sql(
  -- pay.collect_hours
  WITH tariff AS MATERIALIZED (
    SELECT t.kind, t.circle_id, t.party_id, t.from_on, t.until_on, t.amount_minor, t.unit_id
      FROM pay_tariff_days($1, 2147483647) t
  ), ended AS MATERIALIZED (
    SELECT s.run_number FROM pay_run_step s WHERE s.node_id = $1 AND s.step IN ('cancelled', 'undone')
  ), taken AS MATERIALIZED (
    SELECT x.number
      FROM pay_run r
      JOIN pay_run_share s ON s.node_id = r.node_id AND s.run_number = r.number
     CROSS JOIN LATERAL unnest(s.hours) AS x (number)
     WHERE r.node_id = $1 AND r.from_on <= $3 AND r.to_on >= $2
       AND r.number NOT IN (SELECT e.run_number FROM ended e)
  ), worth AS (
    SELECT h.party_id, h.number, h.minutes, h.kind, h.worked_on,
           coalesce(narrow.amount_minor, own.amount_minor, circle.amount_minor, wide.amount_minor) AS rate,
           CASE WHEN narrow.amount_minor IS NOT NULL THEN narrow.unit_id
                WHEN own.amount_minor IS NOT NULL THEN own.unit_id
                WHEN circle.amount_minor IS NOT NULL THEN circle.unit_id ELSE wide.unit_id END AS unit_id
      FROM work_hours h
      JOIN work_hours_step a ON a.node_id = h.node_id AND a.hours_number = h.number AND a.number = 1
       AND a.kind = 'approved'
      LEFT JOIN work_hours_step b ON b.node_id = h.node_id AND b.hours_number = h.number AND b.number = 2
      LEFT JOIN taken k ON k.number = h.number
      LEFT JOIN tariff narrow ON narrow.kind = h.kind AND narrow.circle_id = h.circle_id
            AND narrow.party_id = h.party_id
            AND h.worked_on >= narrow.from_on AND h.worked_on < narrow.until_on
      LEFT JOIN tariff own ON own.kind = h.kind AND own.circle_id = 0 AND own.party_id = h.party_id
            AND h.worked_on >= own.from_on AND h.worked_on < own.until_on
      LEFT JOIN tariff circle ON circle.kind = h.kind AND circle.circle_id = h.circle_id
            AND circle.party_id = 0
            AND h.worked_on >= circle.from_on AND h.worked_on < circle.until_on
      LEFT JOIN tariff wide ON wide.kind = h.kind AND wide.circle_id = 0 AND wide.party_id = 0
            AND h.worked_on >= wide.from_on AND h.worked_on < wide.until_on
     WHERE h.node_id = $1 AND h.worked_on BETWEEN $2 AND $3 AND h.intent = 'paid'
       AND b.number IS NULL AND k.number IS NULL
  ), summed AS (
    SELECT w.party_id, sum(w.minutes)::bigint AS minutes, count(*) AS records,
           array_agg(w.number)::text AS hours, count(w.rate) AS priced,
           coalesce(sum(w.minutes * w.rate), 0)::bigint AS worth, min(w.rate) AS lowest,
           max(w.rate) AS highest, coalesce(bool_and(w.unit_id = $4), true) AS of_unit,
           coalesce(min(format('%s on %s', w.kind, w.worked_on)) FILTER (WHERE w.rate IS NULL), '')
             AS unpriced
      FROM worth w
     GROUP BY w.party_id
  )
  SELECT s.party_id, p.number, s.minutes, s.records, s.hours, s.priced, s.worth, s.lowest, s.highest,
         s.of_unit, s.unpriced
    FROM summed s
    JOIN party p ON p.node_id = $1 AND p.id = s.party_id
   ORDER BY s.party_id
)sql";

std::vector<CollectedHours> collect_hours(Tx& tx, NodeId node, Day from, Day to, UnitId unit) {
  std::vector<CollectedHours> collected;
  for (const Row row : report_rows(tx, collect_hours_sql, node, from, to, unit))
    collected.push_back({row.id<PartyId>(0), row.string(1), row.int64(2), row.int64(3), row.string(4),
                         row.int64(5), row.int64(6), row.maybe_int64(7), row.maybe_int64(8), row.boolean(9),
                         row.string(10)});
  return collected;
}

constexpr const char* read_last_pay_run_sql = R"sql(
  -- pay.read_last_run
  SELECT coalesce(max(r.number), 0) FROM pay_run r WHERE r.node_id = $1
)sql";

int read_last_pay_run(Tx& tx, NodeId node) {
  return only_row(rows(tx, read_last_pay_run_sql, node)).integer(0);
}

namespace {

constexpr const char* insert_pay_shares_sql = R"sql(
  -- pay.insert_shares
  INSERT INTO pay_run_share (node_id, run_number, number, party_id, place, measures, minutes, hours,
                             claim_minor, rate_minor, paid_minor, deferred_minor)
  SELECT $1, $2, s.number, s.party_id, nullif(s.place, ''), s.measures, s.minutes, s.hours::int[], s.claim,
         s.rate, s.paid, s.deferred
    FROM unnest($3::int[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::bigint[],
                $10::bigint[], $11::bigint[])
         WITH ORDINALITY AS s (party_id, place, measures, minutes, hours, claim, rate, paid, deferred, number)
)sql";

void insert_pay_shares(Tx& tx, NodeId node, const PayRun& run) {
  SqlArray party, place, measures, minutes, hours, claim, rate, paid, deferred;
  for (const PayShare& share : run.shares) {
    party.add(share.party);
    place.add(std::string_view{share.place});
    measures.add(std::string_view{json_text_of(share.measures)});
    minutes.add(share.minutes);
    hours.add(std::string_view{share.hours});
    claim.add(share.claim_minor);
    rate.add(share.rate_minor);
    paid.add(share.paid_minor);
    deferred.add(share.deferred_minor);
  }
  rows(tx, insert_pay_shares_sql, node, run.number, party.value(), place.value(), measures.value(),
       minutes.value(), hours.value(), claim.value(), rate.value(), paid.value(), deferred.value());
}

constexpr const char* insert_pay_lots_sql = R"sql(
  -- pay.insert_lots
  INSERT INTO pay_run_lot (node_id, run_number, number, party_id, claim_run, open_minor, settled_minor)
  SELECT $1, $2, l.number, l.party_id, l.claim_run, l.open, l.settled
    FROM unnest($3::int[], $4::int[], $5::bigint[], $6::bigint[])
         WITH ORDINALITY AS l (party_id, claim_run, open, settled, number)
)sql";

int lots_of(const PayRun& run) {
  std::size_t lots = 0;
  for (const PayShare& share : run.shares) lots += share.lots.size();
  return static_cast<int>(lots);
}

void insert_pay_lots(Tx& tx, NodeId node, const PayRun& run) {
  if (lots_of(run) == 0) return;
  SqlArray party, claim, open, settled;
  for (const PayShare& share : run.shares)
    for (const ClaimLot& lot : share.lots) {
      party.add(share.party);
      claim.add(lot.claim);
      open.add(lot.open_minor);
      settled.add(lot.settled_minor);
    }
  rows(tx, insert_pay_lots_sql, node, run.number, party.value(), claim.value(), open.value(),
       settled.value());
}

}  // namespace

constexpr const char* insert_pay_run_sql = R"sql(
  -- pay.insert_run
  INSERT INTO pay_run (node_id, number, kind, from_on, to_on, booked_on, unit_id, amount_minor, rule_code,
    rule_version, rule_hash, figures, values_known, tariffs_known, deferred_as, wages_account_id,
    payable_account_id, deferred_account_id, decision, members, lots, paid_minor, deferred_minor, recorded_at,
    recorded_by)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, w.id, p.id, d.id, nullif($19, ''),
         $20, $21, $22, $23, $24, $25
    FROM account w
    LEFT JOIN account p ON p.node_id = w.node_id AND p.path = $17 AND p.unit_id = w.unit_id
    LEFT JOIN account d ON d.node_id = w.node_id AND d.path = $18 AND d.unit_id = w.unit_id
   WHERE w.node_id = $1 AND w.path = $16 AND w.unit_id = $7
)sql";

void insert_pay_run(Tx& tx, NodeId node, const PayRun& run, const books::Author& author) {
  const auto code = run.rule ? std::optional{run.rule->code} : std::nullopt;
  const auto version = run.rule ? std::optional{run.rule->version} : std::nullopt;
  const auto hash = run.rule ? std::optional{run.rule->hash} : std::nullopt;
  rows(tx, insert_pay_run_sql, node, run.number, text_of(run.kind), run.from_on, run.to_on, run.booked_on,
       run.unit.id, run.amount_minor, code, version, hash, json_text_of(run.figures), run.values_known,
       run.tariffs_known, text_of(run.deferred_as), run.accounts.wages, run.accounts.payable,
       run.accounts.deferred, run.decision, static_cast<int>(run.shares.size()), lots_of(run),
       paid_minor_of(run), deferred_minor_of(run), author.now, author.user);
  insert_pay_shares(tx, node, run);
  insert_pay_lots(tx, node, run);
}

namespace {

constexpr const char* read_pay_shares_sql = R"sql(
  -- pay.read_shares
  SELECT s.party_id, p.number, coalesce(s.place, ''), s.measures, s.minutes, s.hours::text, s.claim_minor,
         s.rate_minor, s.paid_minor, s.deferred_minor
    FROM pay_run_share s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   WHERE s.node_id = $1 AND s.run_number = $2
   ORDER BY s.number
)sql";

std::vector<PayShare> read_pay_shares(Tx& tx, NodeId node, PayRunNumber run) {
  std::vector<PayShare> shares;
  for (const Row row : rows(tx, read_pay_shares_sql, node, run)) {
    PayShare share{.party = row.id<PartyId>(0),
                   .member = row.string(1),
                   .place = row.string(2),
                   .measures = given_numbers_from(row.text(3)),
                   .minutes = row.int64(4),
                   .hours = row.string(5),
                   .claim_minor = row.int64(6),
                   .is_priced = true,
                   .rate_minor = row.maybe_int64(7),
                   .paid_minor = row.int64(8),
                   .deferred_minor = row.int64(9),
                   .lots = {}};
    // Hours that are worth something have a claim above zero, unless one of them has no tariff.
    share.is_priced = share.minutes == 0 || share.claim_minor > 0 || share.rate_minor;
    shares.push_back(std::move(share));
  }
  return shares;
}

constexpr const char* read_pay_lots_sql = R"sql(
  -- pay.read_lots
  SELECT s.number, l.claim_run, c.to_on, l.open_minor, l.settled_minor, coalesce(a.path, '')
    FROM pay_run_lot l
    JOIN pay_run_share s ON s.node_id = l.node_id AND s.run_number = l.run_number AND s.party_id = l.party_id
    JOIN pay_run c ON c.node_id = l.node_id AND c.number = l.claim_run
    LEFT JOIN account a ON a.node_id = c.node_id AND a.id = c.deferred_account_id
   WHERE l.node_id = $1 AND l.run_number = $2
   ORDER BY l.number
)sql";

void add_pay_lots(Tx& tx, NodeId node, PayRunNumber run, std::vector<PayShare>& shares) {
  for (const Row row : rows(tx, read_pay_lots_sql, node, run))
    shares.at(static_cast<std::size_t>(row.integer(0) - 1))
        .lots.push_back({row.id<PayRunNumber>(1), row.day(2), row.int64(3), row.int64(4), row.string(5)});
}

constexpr const char* read_pay_steps_sql = R"sql(
  -- pay.read_steps
  SELECT s.number, s.step, s.first_entry, s.last_entry, coalesce(s.reason, ''), s.recorded_at, s.recorded_by,
         w.name
    FROM pay_run_step s
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.run_number = $2
   ORDER BY s.number
)sql";

std::vector<PayStep> read_pay_steps(Tx& tx, NodeId node, PayRunNumber run) {
  std::vector<PayStep> steps;
  for (const Row row : rows(tx, read_pay_steps_sql, node, run)) {
    PayStep step{
        row.integer(0),     pay_step_kind_from(row.text(1)), {}, {}, row.string(4), row.instant(5), {},
        row.maybe_string(7)};
    if (!row.is_null(2)) step.first_entry = row.id<EntryNumber>(2);
    if (!row.is_null(3)) step.last_entry = row.id<EntryNumber>(3);
    if (!row.is_null(6)) step.recorded_by = row.id<UserId>(6);
    steps.push_back(std::move(step));
  }
  return steps;
}

constexpr const char* find_pay_run_sql = R"sql(
  -- pay.find_run
  SELECT r.kind, r.from_on, r.to_on, r.booked_on, u.id, u.code, u.scale, r.amount_minor, r.rule_code,
         r.rule_version, r.rule_hash, r.figures, r.values_known, r.tariffs_known, r.deferred_as, w.path,
         coalesce(p.path, ''), coalesce(d.path, ''), coalesce(r.decision, ''), r.recorded_at, r.recorded_by,
         b.name
    FROM pay_run r
    JOIN unit u ON u.id = r.unit_id
    JOIN account w ON w.node_id = r.node_id AND w.id = r.wages_account_id
    LEFT JOIN account p ON p.node_id = r.node_id AND p.id = r.payable_account_id
    LEFT JOIN account d ON d.node_id = r.node_id AND d.id = r.deferred_account_id
    LEFT JOIN user_account b ON b.id = r.recorded_by
   WHERE r.node_id = $1 AND r.number = $2
)sql";

}  // namespace

std::optional<PayRun> find_pay_run(Tx& tx, NodeId node, PayRunNumber number) {
  const Rows found = rows(tx, find_pay_run_sql, node, number);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  PayRun run{.number = number,
             .kind = pay_run_kind_from(row.text(0)),
             .from_on = row.day(1),
             .to_on = row.day(2),
             .booked_on = row.day(3),
             .unit = {row.id<UnitId>(4), row.string(5), row.integer(6)},
             .amount_minor = row.int64(7),
             .rule = {},
             .figures = given_numbers_from(row.text(11)),
             .values_known = row.integer(12),
             .tariffs_known = row.integer(13),
             .deferred_as = deferred_as_from(row.text(14)),
             .accounts = {row.string(15), row.string(16), row.string(17)},
             .decision = row.string(18),
             .shares = read_pay_shares(tx, node, number),
             .recorded_at = row.instant(19),
             .recorded_by = {},
             .recorded_by_name = row.maybe_string(21),
             .steps = read_pay_steps(tx, node, number)};
  if (!row.is_null(8)) run.rule = PayRule{row.string(8), row.integer(9), row.string(10)};
  if (!row.is_null(20)) run.recorded_by = row.id<UserId>(20);
  add_pay_lots(tx, node, number, run.shares);
  return run;
}

constexpr const char* insert_pay_step_sql = R"sql(
  -- pay.insert_step
  INSERT INTO pay_run_step (node_id, run_number, number, step, first_entry, last_entry, reason, recorded_at,
                            recorded_by)
  SELECT $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, $5, nullif($6, ''), $7, $8
    FROM pay_run_step s
   WHERE s.node_id = $1 AND s.run_number = $2
)sql";

void insert_pay_step(Tx& tx, NodeId node, PayRunNumber run, const PayStep& step,
                     const books::Author& author) {
  rows(tx, insert_pay_step_sql, node, run, text_of(step.kind), step.first_entry, step.last_entry, step.reason,
       author.now, author.user);
}

}  // namespace coop::pay
