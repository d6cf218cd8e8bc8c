#include "ledger/pay/pay_run_store.hpp"

#include <algorithm>
#include <charconv>

#include "ledger/pay/pay_part_store.hpp"

namespace coop::pay {

namespace {

std::int64_t next_number(std::string_view& text, char end) {
  std::int64_t number = 0;
  const auto [at, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto read = static_cast<std::size_t>(at - text.data());
  ensure(fault == std::errc{} && (read == text.size() || text[read] == end), "costs are written as numbers");
  text.remove_prefix(std::min(text.size(), read + 1));
  return number;
}

// "hosting 90 225000; 60 150000": a code, minutes, minutes times tariff.
std::vector<CollectedCost> collected_costs_from(std::string_view text) {
  std::vector<CollectedCost> costs;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    ensure(blank != std::string_view::npos, "a cost object comes with its minutes");
    std::string object{text.substr(0, blank)};
    text.remove_prefix(blank + 1);
    const std::int64_t minutes = next_number(text, ' ');
    const std::int64_t worth = next_number(text, ';');
    costs.push_back({std::move(object), minutes, worth});
  }
  return costs;
}

}  // namespace

namespace {

CollectedHours collected_hours_from(const Row& row) {
  return {row.id<PartyId>(0), row.string(1),
          row.int64(2),       row.int64(3),
          row.int64(4),       row.int64(5),
          row.maybe_int64(6), row.maybe_int64(7),
          row.boolean(8),     collected_costs_from(row.text(9))};
}

constexpr const char* collect_for_run_sql = R"sql(
  -- pay.collect_for_run
  SELECT f.party_id, f.member, f.minutes, f.records, f.priced, f.worth, f.lowest, f.highest, f.is_of_unit,
         f.costs
    FROM collect_hours_for_run($1, $2, $3, $4, $5,
                               (SELECT c.id FROM circle c WHERE c.node_id = $1 AND c.code = $6)) f
   ORDER BY f.party_id
)sql";

}  // namespace

std::vector<CollectedHours> collect_for_run(Tx& tx, NodeId node, PayRunNumber run, Day from, Day to,
                                            UnitId unit, std::string_view circle) {
  std::vector<CollectedHours> collected;
  for (const Row row : rows(tx, collect_for_run_sql, node, run, from, to, unit, circle))
    collected.push_back(collected_hours_from(row));
  return collected;
}

constexpr const char* read_hours_to_pay_sql = R"sql(
  -- pay.read_hours_to_pay
  SELECT f.party_id, f.member, f.minutes, f.records, f.priced, f.worth, f.lowest, f.highest, f.is_of_unit,
         f.costs
    FROM hours_to_pay($1, $2, $3, $4, (SELECT c.id FROM circle c WHERE c.node_id = $1 AND c.code = $5),
                      2147483647, true) f
   ORDER BY f.party_id
)sql";

std::vector<CollectedHours> read_hours_to_pay(Tx& tx, NodeId node, Day from, Day to, UnitId unit,
                                              std::string_view circle) {
  std::vector<CollectedHours> collected;
  for (const Row row : rows(tx, read_hours_to_pay_sql, node, from, to, unit, circle))
    collected.push_back(collected_hours_from(row));
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
                             claim_minor, rate_minor, paid_minor, deferred_minor, is_priced)
  SELECT $1, $2, s.number, s.party_id, nullif(s.place, ''), s.measures, s.minutes,
         coalesce(c.hours, '{}'), s.claim, s.rate, s.paid, s.deferred, s.is_priced
    FROM unnest($3::int[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
                $10::bigint[], $11::boolean[])
         WITH ORDINALITY AS s (party_id, place, measures, minutes, claim, rate, paid, deferred, is_priced,
                               number)
    LEFT JOIN pay_collected c ON c.party_id = s.party_id AND c.node_id = $1 AND c.run_number = $2
          AND c.is_of_unit AND c.collected_in = pg_current_xact_id_if_assigned()
)sql";

void insert_pay_shares(Tx& tx, NodeId node, const PayRun& run) {
  SqlArray party, place, measures, minutes, claim, rate, paid, deferred, is_priced;
  for (const PayShare& share : run.shares) {
    party.add(share.party);
    place.add(std::string_view{share.place});
    measures.add(std::string_view{json_text_of(share.measures)});
    minutes.add(share.minutes);
    claim.add(share.claim_minor);
    rate.add(share.rate_minor);
    paid.add(share.paid_minor);
    deferred.add(share.deferred_minor);
    is_priced.add(share.is_priced);
  }
  // A plan for many rows, whatever is known of the tables.
  tx.run_script(
      "SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; SET LOCAL enable_nestloop = off");
  rows(tx, insert_pay_shares_sql, node, run.number, party.value(), place.value(), measures.value(),
       minutes.value(), claim.value(), rate.value(), paid.value(), deferred.value(), is_priced.value());
  tx.run_script("RESET enable_seqscan; RESET enable_hashjoin; RESET enable_nestloop");
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
    recorded_by, costs, fund_id, is_part_local, pots, grants, circle_id,
    mandate_number, mandate_minor, mandate_minutes)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, w.id, p.id, d.id, nullif($19, ''),
         $20, $21, $22, $23, $24, $25, $26,
         (SELECT f.id FROM dimension f WHERE f.node_id = $1 AND f.kind = 'fund' AND f.code = $27), $28, $29,
         $30, (SELECT c.id FROM circle c WHERE c.node_id = $1 AND c.code = $31), $32, $33, $34
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
       paid_minor_of(run), deferred_minor_of(run), author.now, author.user, costs_of(run), run.fund,
       run.local.has_value(), static_cast<int>(run.pots.size()), run.grants, run.circle,
       run.mandate ? std::optional{run.mandate->number} : std::nullopt,
       run.mandate ? std::optional{run.mandate->minor} : std::nullopt,
       run.mandate ? run.mandate->minutes : std::nullopt);
  insert_pay_shares(tx, node, run);
  insert_pay_lots(tx, node, run);
  insert_pay_parts(tx, node, run);
}

namespace {

constexpr const char* read_pay_shares_sql = R"sql(
  -- pay.read_shares
  SELECT s.party_id, p.number, coalesce(s.place, ''), s.measures, s.minutes, s.claim_minor, s.rate_minor,
         s.paid_minor, s.deferred_minor, s.is_priced
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
                   .claim_minor = row.int64(5),
                   .is_priced = row.boolean(9),
                   .rate_minor = row.maybe_int64(6),
                   .paid_minor = row.int64(7),
                   .deferred_minor = row.int64(8),
                   .lots = {}};
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
        .lots.push_back({row.id<PayRunNumber>(1), row.day(2), row.int64(3), row.int64(4), row.string(5), {}});
}

}  // namespace

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

namespace {

constexpr const char* find_pay_run_sql = R"sql(
  -- pay.find_run
  SELECT r.kind, r.from_on, r.to_on, r.booked_on, u.id, u.code, u.scale, r.amount_minor, r.rule_code,
         r.rule_version, r.rule_hash, r.figures, r.values_known, r.tariffs_known, r.deferred_as, w.path,
         coalesce(p.path, ''), coalesce(d.path, ''), coalesce(r.decision, ''), r.recorded_at, r.recorded_by,
         b.name, coalesce(f.code, ''), r.grants, coalesce(c.code, ''), r.mandate_number, r.mandate_minor,
         r.mandate_minutes, coalesce(o.code, '')
    FROM pay_run r
    JOIN unit u ON u.id = r.unit_id
    JOIN account w ON w.node_id = r.node_id AND w.id = r.wages_account_id
    LEFT JOIN account p ON p.node_id = r.node_id AND p.id = r.payable_account_id
    LEFT JOIN account d ON d.node_id = r.node_id AND d.id = r.deferred_account_id
    LEFT JOIN user_account b ON b.id = r.recorded_by
    LEFT JOIN dimension f ON f.node_id = r.node_id AND f.id = r.fund_id
    LEFT JOIN circle c ON c.node_id = r.node_id AND c.id = r.circle_id
    LEFT JOIN spending_mandate m ON m.node_id = r.node_id AND m.number = r.mandate_number
    LEFT JOIN dimension o ON o.node_id = m.node_id AND o.id = m.cost_object_id
   WHERE r.node_id = $1 AND r.number = $2
)sql";

std::optional<DrawnMandate> drawn_mandate_from(const Row& row) {
  if (row.is_null(25)) return std::nullopt;
  return DrawnMandate{row.id<funds::SpendingMandateNumber>(25), row.string(28), row.int64(26),
                      row.is_null(27) ? std::nullopt : std::optional{row.integer(27)}};
}

}  // namespace

std::optional<PayRun> find_pay_run_head(Tx& tx, NodeId node, PayRunNumber number) {
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
             .fund = row.string(22),
             .circle = row.string(24),
             .mandate = drawn_mandate_from(row),
             .local = read_pay_local(tx, node, number),
             .grants = row.boolean(23),
             .shares = {},
             .recorded_at = row.instant(19),
             .recorded_by = {},
             .recorded_by_name = row.maybe_string(21),
             .steps = read_pay_steps(tx, node, number)};
  if (!row.is_null(8)) run.rule = PayRule{row.string(8), row.integer(9), row.string(10)};
  if (!row.is_null(20)) run.recorded_by = row.id<UserId>(20);
  return run;
}

std::optional<PayRun> find_pay_run(Tx& tx, NodeId node, PayRunNumber number) {
  auto run = find_pay_run_head(tx, node, number);
  if (run) run->shares = read_pay_shares(tx, node, number);
  if (run) add_pay_lots(tx, node, number, run->shares);
  if (run) add_pay_parts(tx, node, *run);
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
