#include "ledger/capital/surplus_store.hpp"

#include <algorithm>

#include "ledger/sharing/rule_json.hpp"

namespace coop::capital {

// Rule by rule: joins of accounts by their node take half a minute while PostgreSQL's statistics do not know
// it.
constexpr const char* read_surplus_rules_sql = R"sql(
  -- capital.read_surplus_rules
  SELECT r.number, r.from_on, r.title, r.decision, u.code, u.id, r.reserve_weight, r.members_weight,
         r.other_weight, r.loss_reserve_weight, r.loss_members_weight, r.patronage, r.interest_millionths,
         r.interest_most, r.cash_millionths, r.indivisible,
         (SELECT a.path FROM account a WHERE a.node_id = r.node_id AND a.id = r.result_account_id),
         (SELECT a.path FROM account a WHERE a.node_id = r.node_id AND a.id = r.reserve_account_id),
         (SELECT a.path FROM account a WHERE a.node_id = r.node_id AND a.id = r.capital_account_id),
         (SELECT a.path FROM account a WHERE a.node_id = r.node_id AND a.id = r.payable_account_id),
         coalesce((SELECT a.path FROM account a
                    WHERE a.node_id = r.node_id AND a.id = r.other_account_id), ''),
         r.recorded_at, r.sharing_code, r.loss_code
    FROM surplus_rule r
    JOIN unit u ON u.id = r.unit_id
   WHERE r.node_id = $1
   ORDER BY r.number
)sql";

std::vector<SurplusRule> read_surplus_rules(Tx& tx, NodeId node) {
  std::vector<SurplusRule> rules;
  for (const Row row : rows(tx, read_surplus_rules_sql, node))
    rules.push_back({row.integer(0),  row.day(1),        row.string(2),        row.string(3),
                     row.string(4),   row.id<UnitId>(5), row.integer(6),       row.integer(7),
                     row.integer(8),  row.integer(9),    row.integer(10),      patronage_from(row.text(11)),
                     row.integer(12), row.integer(13),   row.integer(14),      row.boolean(15),
                     row.string(16),  row.string(17),    row.string(18),       row.string(19),
                     row.string(20),  row.instant(21),   row.maybe_string(22), row.maybe_string(23)});
  return rules;
}

constexpr const char* insert_surplus_rule_sql = R"sql(
  -- capital.insert_surplus_rule
  INSERT INTO surplus_rule (node_id, number, from_on, title, decision, unit_id, reserve_weight,
    members_weight, other_weight, loss_reserve_weight, loss_members_weight, patronage, interest_millionths,
    interest_most, cash_millionths, indivisible, result_account_id, reserve_account_id, capital_account_id,
    payable_account_id, other_account_id, recorded_at, recorded_by, sharing_code, loss_code)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, x.id, v.id, c.id, p.id,
         o.id, greatest($22::timestamptz, (SELECT max(d.recorded_at) FROM surplus_run d
                                            WHERE d.node_id = $1)), $23, $24, $25
    FROM account x
    JOIN account v ON v.node_id = x.node_id AND v.path = $18 AND v.unit_id = x.unit_id
    JOIN account c ON c.node_id = x.node_id AND c.path = $19 AND c.unit_id = x.unit_id
    JOIN account p ON p.node_id = x.node_id AND p.path = $20 AND p.unit_id = x.unit_id
    LEFT JOIN account o ON o.node_id = x.node_id AND o.path = $21 AND o.unit_id = x.unit_id
   WHERE x.node_id = $1 AND x.path = $17 AND x.unit_id = $6
  RETURNING recorded_at
)sql";

Instant insert_surplus_rule(Tx& tx, NodeId node, const SurplusRule& rule, const books::Author& author) {
  return only_row(rows(tx, insert_surplus_rule_sql, node, rule.number, rule.from_on, rule.title,
                       rule.decision, rule.unit_id, rule.reserve_weight, rule.members_weight,
                       rule.other_weight, rule.loss_reserve_weight, rule.loss_members_weight,
                       text_of(rule.patronage), rule.interest_millionths, rule.interest_most_millionths,
                       rule.cash_millionths, rule.is_indivisible, rule.result, rule.reserve, rule.capital,
                       rule.payable, rule.other, author.now, author.user, rule.sharing_code, rule.loss_code))
      .instant(0);
}

constexpr const char* read_undivided_sql = R"sql(
  -- capital.read_undivided
  SELECT undivided_result(a.node_id, a.id, $4, 9223372036854775807, true)
    FROM account a
   WHERE a.node_id = $1 AND a.unit_id = $2 AND a.path = $3
)sql";

std::int64_t read_undivided(Tx& tx, NodeId node, const SurplusRule& rule, Day through) {
  return only_row(report_rows(tx, read_undivided_sql, node, rule.unit_id, rule.result, through)).int64(0);
}

constexpr const char* read_reserve_sql = R"sql(
  -- capital.read_reserve
  SELECT -coalesce(sum(b.balance_minor), 0)::bigint
    FROM account a
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
   WHERE a.node_id = $1 AND a.unit_id = $2 AND a.path = $3
)sql";

std::int64_t read_reserve(Tx& tx, NodeId node, const SurplusRule& rule) {
  return only_row(rows(tx, read_reserve_sql, node, rule.unit_id, rule.reserve)).int64(0);
}

constexpr const char* read_capital_sql = R"sql(
  -- capital.read_capital
  SELECT -coalesce(sum(g.amount_minor), 0)::bigint
    FROM unnest($5::text[]) WITH ORDINALITY AS m (number, place)
    LEFT JOIN dimension d ON d.node_id = $1 AND d.kind = 'member' AND d.code = m.number
    LEFT JOIN account a ON a.node_id = $1 AND a.unit_id = $2 AND a.path = $3
    LEFT JOIN posting g ON g.node_id = $1 AND g.account_id = a.id AND g.member_id = d.id
          AND g.booked_on <= $4
   GROUP BY m.place
   ORDER BY m.place
)sql";

std::vector<std::int64_t> read_capital(Tx& tx, NodeId node, const SurplusRule& rule, Day through,
                                       const std::vector<std::string>& members) {
  SqlArray numbers;
  for (const std::string& member : members) numbers.add(member);
  std::vector<std::int64_t> capital;
  for (const Row row :
       report_rows(tx, read_capital_sql, node, rule.unit_id, rule.capital, through, numbers.value()))
    capital.push_back(row.int64(0));
  return capital;
}

constexpr const char* last_surplus_run_sql = R"sql(
  -- capital.last_surplus_run
  SELECT coalesce(max(r.number), 0) FROM surplus_run r WHERE r.node_id = $1
)sql";

int read_last_surplus_run(Tx& tx, NodeId node) {
  return only_row(rows(tx, last_surplus_run_sql, node)).integer(0);
}

namespace {

constexpr const char* insert_surplus_shares_sql = R"sql(
  -- capital.insert_surplus_shares
  INSERT INTO surplus_share (node_id, run_number, number, party_id, measure, capital_minor, interest_minor,
    patronage_minor, cash_minor, minutes)
  SELECT $1, $2, s.place, p.id, s.measure, s.capital, s.interest, s.patronage, s.cash, s.minutes
    FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[])
         WITH ORDINALITY AS s (member, measure, capital, interest, patronage, cash, minutes, place)
    JOIN party p ON p.node_id = $1 AND p.number = s.member
)sql";

void insert_surplus_shares(Tx& tx, NodeId node, const SurplusRun& run) {
  SqlArray member, measure, capital, interest, patronage, cash, minutes;
  for (const SurplusShare& share : run.division.shares) {
    member.add(share.of.member);
    measure.add(share.of.measure);
    capital.add(share.of.capital_minor);
    interest.add(share.interest_minor);
    patronage.add(share.patronage_minor);
    cash.add(share.cash_minor);
    minutes.add(share.of.minutes);
  }
  rows(tx, insert_surplus_shares_sql, node, run.number, member.value(), measure.value(), capital.value(),
       interest.value(), patronage.value(), cash.value(), minutes.value());
}

}  // namespace

constexpr const char* insert_surplus_run_sql = R"sql(
  -- capital.insert_surplus_run
  INSERT INTO surplus_run (node_id, number, rule_number, source, from_on, to_on, booked_on, decision,
    amount_minor, reserve_minor, members_minor, other_minor, interest_minor, cash_minor, members, recorded_at,
    recorded_by, sharing_code, sharing_version, steps)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
)sql";

void insert_surplus_run(Tx& tx, NodeId node, const SurplusRun& run, const books::Author& author) {
  const Division& division = run.division;
  rows(tx, insert_surplus_run_sql, node, run.number, run.rule.number, text_of(run.source), run.from_on,
       run.to_on, run.booked_on, run.decision, run.amount_minor, division.reserve_minor,
       division.members_minor, division.other_minor, division.interest_minor, division.cash_minor,
       static_cast<int>(division.shares.size()), author.now, author.user,
       run.by ? run.by->code : std::nullopt, run.by ? run.by->version : std::nullopt,
       run.by ? std::optional{sharing::canonical_text(run.by->steps)} : std::nullopt);
  insert_surplus_shares(tx, node, run);
}

namespace {

constexpr const char* read_surplus_shares_sql = R"sql(
  -- capital.read_surplus_shares
  SELECT p.number, s.measure, s.capital_minor, s.interest_minor, s.patronage_minor, s.cash_minor, s.minutes
    FROM surplus_share s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   WHERE s.node_id = $1 AND s.run_number = $2
   ORDER BY s.number
)sql";

std::vector<SurplusShare> read_surplus_shares(Tx& tx, NodeId node, SurplusRunNumber run) {
  std::vector<SurplusShare> shares;
  for (const Row row : rows(tx, read_surplus_shares_sql, node, run))
    shares.push_back({{row.string(0), row.int64(1), row.int64(2), row.maybe_int64(6)},
                      row.int64(3),
                      row.int64(4),
                      row.int64(5),
                      {}});
  return shares;
}

constexpr const char* read_surplus_steps_sql = R"sql(
  -- capital.read_surplus_steps
  SELECT s.number, s.step, s.entry_number, coalesce(s.reason, ''), s.recorded_at, s.recorded_by, w.name,
         coalesce(s.entries, 1)
    FROM surplus_step s
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.run_number = $2
   ORDER BY s.number
)sql";

std::vector<SurplusStep> read_surplus_steps(Tx& tx, NodeId node, SurplusRunNumber run) {
  std::vector<SurplusStep> steps;
  for (const Row row : rows(tx, read_surplus_steps_sql, node, run)) {
    SurplusStep step{row.integer(0),
                     surplus_step_kind_from(row.text(1)),
                     {},
                     row.string(3),
                     row.instant(4),
                     {},
                     row.maybe_string(6),
                     row.integer(7)};
    if (!row.is_null(2)) step.entry = row.id<EntryNumber>(2);
    if (!row.is_null(5)) step.recorded_by = row.id<UserId>(5);
    steps.push_back(std::move(step));
  }
  return steps;
}

constexpr const char* find_surplus_run_sql = R"sql(
  -- capital.find_surplus_run
  SELECT r.rule_number, u.scale, r.source, r.from_on, r.to_on, r.booked_on, r.decision, r.amount_minor,
         r.reserve_minor, r.members_minor, r.other_minor, r.interest_minor, r.cash_minor, r.recorded_at,
         r.recorded_by, w.name, r.sharing_code, r.sharing_version, r.steps
    FROM surplus_run r
    JOIN surplus_rule s ON s.node_id = r.node_id AND s.number = r.rule_number
    JOIN unit u ON u.id = s.unit_id
    LEFT JOIN user_account w ON w.id = r.recorded_by
   WHERE r.node_id = $1 AND r.number = $2
)sql";

}  // namespace

std::optional<SurplusRun> find_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number) {
  const Rows found = rows(tx, find_surplus_run_sql, node, number);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  const auto rules = read_surplus_rules(tx, node);
  SurplusRun run{number,
                 *std::ranges::find(rules, row.integer(0), &SurplusRule::number),
                 row.integer(1),
                 surplus_source_from(row.text(2)),
                 row.day(3),
                 row.day(4),
                 row.day(5),
                 row.string(6),
                 row.int64(7),
                 {row.int64(8), row.int64(9), row.int64(10), row.int64(11), row.int64(12),
                  read_surplus_shares(tx, node, number)},
                 row.instant(13),
                 {},
                 row.maybe_string(15),
                 read_surplus_steps(tx, node, number)};
  if (!row.is_null(14)) run.recorded_by = row.id<UserId>(14);
  if (!row.is_null(18))
    run.by = DividedBy{.steps = sharing::sharing_rule_from_text(row.text(18)), .code = row.maybe_string(16)};
  if (!row.is_null(17)) run.by.value().version = row.integer(17);
  return run;
}

constexpr const char* insert_surplus_step_sql = R"sql(
  -- capital.insert_surplus_step
  INSERT INTO surplus_step (node_id, run_number, number, step, entry_number, reason, recorded_at, recorded_by,
    entries)
  SELECT $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, nullif($5, ''), $6, $7, nullif($8::int, 1)
    FROM surplus_step s
   WHERE s.node_id = $1 AND s.run_number = $2
)sql";

void insert_surplus_step(Tx& tx, NodeId node, SurplusRunNumber run, const SurplusStep& step,
                         const books::Author& author) {
  rows(tx, insert_surplus_step_sql, node, run, text_of(step.kind), step.entry, step.reason, author.now,
       author.user, step.entries);
}

// A debit of what is owed to a member, after the run's entry, is a payment; unless it takes something back,
// or is an order that came back.
constexpr const char* find_paid_member_sql = R"sql(
  -- capital.find_paid_member
  SELECT p.number
    FROM surplus_share s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    JOIN dimension d ON d.node_id = s.node_id AND d.kind = 'member' AND d.code = p.number
    JOIN account a ON a.node_id = s.node_id AND a.unit_id = $3 AND a.path = $4
    JOIN posting g ON g.node_id = s.node_id AND g.account_id = a.id AND g.member_id = d.id
     AND g.entry_number > $5 AND g.amount_minor > 0
    JOIN entry e ON e.node_id = g.node_id AND e.number = g.entry_number AND e.reverses IS NULL
   WHERE s.node_id = $1 AND s.run_number = $2 AND s.cash_minor > 0
     AND NOT EXISTS (SELECT FROM entry b WHERE b.node_id = e.node_id AND b.reverses = e.number)
     AND NOT EXISTS (
           SELECT FROM bank_match_part o
             JOIN bank_match_part b ON b.node_id = o.node_id AND b.disbursement_number = o.disbursement_number
              AND b.order_number = o.order_number AND b.made = 'order_return'
             JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
            WHERE o.node_id = e.node_id AND o.entry_number = e.number AND o.made = 'order')
   ORDER BY s.number
   LIMIT 1
)sql";

std::optional<std::string> find_paid_member(Tx& tx, NodeId node, const SurplusRun& run, EntryNumber entry) {
  const Rows found =
      rows(tx, find_paid_member_sql, node, run.number, run.rule.unit_id, run.rule.payable, entry);
  if (found.empty()) return std::nullopt;
  return found[0].string(0);
}

constexpr const char* find_paying_order_sql = R"sql(
  -- capital.find_paying_order
  SELECT p.number, x.found
    FROM surplus_share s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    JOIN account a ON a.node_id = s.node_id AND a.unit_id = $3 AND a.path = $4
   CROSS JOIN LATERAL (SELECT live_order_to(s.node_id, a.id, s.party_id, 'infinity') AS found) x
   WHERE s.node_id = $1 AND s.run_number = $2 AND s.cash_minor > 0 AND x.found IS NOT NULL
   ORDER BY s.number
   LIMIT 1
)sql";

std::optional<PayingOrder> find_paying_order(Tx& tx, NodeId node, const SurplusRun& run) {
  const Rows found = rows(tx, find_paying_order_sql, node, run.number, run.rule.unit_id, run.rule.payable);
  if (found.empty()) return std::nullopt;
  return PayingOrder{found[0].string(0), found[0].string(1)};
}

constexpr const char* list_surplus_runs_sql = R"sql(
  -- capital.list_surplus_runs
  SELECT r.number, t.state, r.source, r.from_on, r.to_on, u.code, u.scale, r.amount_minor, r.members_minor,
         r.cash_minor, r.members, r.recorded_at
    FROM surplus_run r
    JOIN surplus_rule s ON s.node_id = r.node_id AND s.number = r.rule_number
    JOIN unit u ON u.id = s.unit_id
   CROSS JOIN LATERAL (
         SELECT coalesce((SELECT CASE WHEN bool_or(x.step = 'undone') THEN 'undone'
                                      WHEN bool_or(x.step = 'booked') THEN 'booked'
                                      WHEN bool_or(x.step = 'cancelled') THEN 'cancelled' ELSE 'proposed' END
                            FROM surplus_step x
                           WHERE x.node_id = r.node_id AND x.run_number = r.number), 'proposed') AS state) t
   WHERE r.node_id = $1 AND ($2::int IS NULL OR r.number < $2) AND ($3::text IS NULL OR t.state = $3)
     AND ($4::text IS NULL OR r.source = $4)
   ORDER BY r.number DESC
   LIMIT $5
)sql";

std::vector<SurplusSummary> list_surplus_runs(Tx& tx, NodeId node, const SurplusFilter& filter,
                                              std::optional<SurplusRunNumber> before, int limit) {
  const auto source =
      filter.source ? std::optional{std::string{text_of(*filter.source)}} : std::optional<std::string>{};
  std::vector<SurplusSummary> listed;
  for (const Row row : report_rows(tx, list_surplus_runs_sql, node, before, filter.state, source, limit))
    listed.push_back({row.id<SurplusRunNumber>(0), row.string(1), surplus_source_from(row.text(2)),
                      row.day(3), row.day(4), row.string(5), row.integer(6), row.int64(7), row.int64(8),
                      row.int64(9), row.integer(10), row.instant(11)});
  return listed;
}

}  // namespace coop::capital
