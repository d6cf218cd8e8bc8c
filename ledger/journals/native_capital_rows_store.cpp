#include "ledger/journals/native_capital_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_share_class_sql = R"sql(
  -- journals.last_share_class
  SELECT coalesce(max(number), 0) FROM share_class WHERE node_id = $1
)sql";

constexpr const char* read_share_class_sql = R"sql(
  -- journals.native_share_class
  SELECT x.code, x.number, x.from_on, x.title, u.code, x.nominal_minor, x.lowest_minor, x.highest_minor,
         x.withdrawable, x.notice_days, x.transferable, x.reserve_millionths, c.path, r.path, o.path, p.path,
         x.fund, x.decision, x.recorded_at, w.name
    FROM share_class x
    JOIN account c ON c.node_id = x.node_id AND c.id = x.capital_account_id
    JOIN unit u ON u.id = c.unit_id
    JOIN account r ON r.node_id = x.node_id AND r.id = x.reserve_account_id
    JOIN account o ON o.node_id = x.node_id AND o.id = x.receivable_account_id
    JOIN account p ON p.node_id = x.node_id AND p.id = x.payable_account_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number, x.code
)sql";

constexpr const char* insert_share_class_sql = R"sql(
  -- journals.restore_share_class
  INSERT INTO share_class (node_id, code, number, from_on, title, nominal_minor, lowest_minor, highest_minor,
    withdrawable, notice_days, transferable, reserve_millionths, capital_account_id, reserve_account_id,
    receivable_account_id, payable_account_id, fund, decision, recorded_at, recorded_by)
  SELECT $1, r.code, r.number, r.from_on, r.title, r.nominal_minor, r.lowest_minor, r.highest_minor,
         r.withdrawable, r.notice_days, r.transferable, r.reserve_millionths, c.id, v.id, o.id, p.id, r.fund,
         r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (code text, number int, from_on date, title text, unit text,
           nominal_minor bigint, lowest_minor bigint, highest_minor bigint, withdrawable text,
           notice_days int, transferable boolean, reserve_millionths int, capital text, reserve text,
           receivable text, payable text, fund text, decision text, recorded_at timestamptz,
           recorded_by text)
    JOIN unit u ON u.code = r.unit
    JOIN account c ON c.node_id = $1 AND c.path = r.capital AND c.unit_id = u.id
    JOIN account v ON v.node_id = $1 AND v.path = r.reserve AND v.unit_id = u.id
    JOIN account o ON o.node_id = $1 AND o.path = r.receivable AND o.unit_id = u.id
    JOIN account p ON p.node_id = $1 AND p.path = r.payable AND p.unit_id = u.id
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements share_class_rows{read_share_class_sql, insert_share_class_sql, last_share_class_sql};

constexpr const char* last_share_movement_sql = R"sql(
  -- journals.last_share_movement
  SELECT coalesce(max(number), 0) FROM share_movement WHERE node_id = $1
)sql";

constexpr const char* read_share_movement_sql = R"sql(
  -- journals.native_share_movement
  SELECT x.number, x.movement, x.class_code, x.class_version, p.number, x.amount_minor, x.reserve_minor,
         x.moved_on, x.follows, x.entry_number, x.reason, x.recorded_at, w.name
    FROM share_movement x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_share_movement_sql = R"sql(
  -- journals.restore_share_movement
  INSERT INTO share_movement (node_id, number, movement, class_code, class_version, party_id, amount_minor,
    reserve_minor, moved_on, follows, entry_number, reason, recorded_at, recorded_by)
  SELECT $1, r.number, r.movement, r.class, r.version, p.id, r.amount_minor, r.reserve_minor, r.moved_on,
         r.follows, r.entry, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, movement text, class text, version int, member text,
           amount_minor bigint, reserve_minor bigint, moved_on date, follows int, entry int, reason text,
           recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements share_movement_rows{read_share_movement_sql, insert_share_movement_sql,
                                            last_share_movement_sql};

constexpr const char* last_surplus_rule_sql = R"sql(
  -- journals.last_surplus_rule
  SELECT coalesce(max(number), 0) FROM surplus_rule WHERE node_id = $1
)sql";

constexpr const char* read_surplus_rule_sql = R"sql(
  -- journals.native_surplus_rule
  SELECT x.number, x.from_on, x.title, x.decision, u.code, x.reserve_weight, x.members_weight,
         x.other_weight, x.loss_reserve_weight, x.loss_members_weight, x.patronage, x.interest_millionths,
         x.interest_most, x.cash_millionths, x.indivisible, s.path, v.path, c.path, p.path, o.path,
         x.recorded_at, w.name, x.sharing_code, x.loss_code
    FROM surplus_rule x
    JOIN unit u ON u.id = x.unit_id
    JOIN account s ON s.node_id = x.node_id AND s.id = x.result_account_id
    JOIN account v ON v.node_id = x.node_id AND v.id = x.reserve_account_id
    JOIN account c ON c.node_id = x.node_id AND c.id = x.capital_account_id
    JOIN account p ON p.node_id = x.node_id AND p.id = x.payable_account_id
    LEFT JOIN account o ON o.node_id = x.node_id AND o.id = x.other_account_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_surplus_rule_sql = R"sql(
  -- journals.restore_surplus_rule
  INSERT INTO surplus_rule (node_id, number, from_on, title, decision, unit_id, reserve_weight,
    members_weight, other_weight, loss_reserve_weight, loss_members_weight, patronage, interest_millionths,
    interest_most, cash_millionths, indivisible, result_account_id, reserve_account_id, capital_account_id,
    payable_account_id, other_account_id, recorded_at, recorded_by, sharing_code, loss_code)
  SELECT $1, r.number, r.from_on, r.title, r.decision, u.id, r.reserve_weight, r.members_weight,
         r.other_weight, r.loss_reserve_weight, r.loss_members_weight, r.patronage, r.interest_millionths,
         r.interest_most, r.cash_millionths, r.indivisible, s.id, v.id, c.id, p.id, o.id, r.recorded_at, w.id,
         r.sharing_rule, r.loss_rule
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, from_on date, title text, decision text, unit text,
           reserve_weight int, members_weight int, other_weight int, loss_reserve_weight int,
           loss_members_weight int, patronage text, interest_millionths int, interest_most int,
           cash_millionths int, indivisible boolean, result text, reserve text, capital text, payable text,
           other text, recorded_at timestamptz, recorded_by text, sharing_rule text, loss_rule text)
    JOIN unit u ON u.code = r.unit
    JOIN account s ON s.node_id = $1 AND s.path = r.result AND s.unit_id = u.id
    JOIN account v ON v.node_id = $1 AND v.path = r.reserve AND v.unit_id = u.id
    JOIN account c ON c.node_id = $1 AND c.path = r.capital AND c.unit_id = u.id
    JOIN account p ON p.node_id = $1 AND p.path = r.payable AND p.unit_id = u.id
    LEFT JOIN account o ON o.node_id = $1 AND o.path = r.other AND o.unit_id = u.id
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements surplus_rule_rows{read_surplus_rule_sql, insert_surplus_rule_sql,
                                          last_surplus_rule_sql};

constexpr const char* last_surplus_run_sql = R"sql(
  -- journals.last_surplus_run
  SELECT coalesce(max(number), 0) FROM surplus_run WHERE node_id = $1
)sql";

constexpr const char* read_surplus_run_sql = R"sql(
  -- journals.native_surplus_run
  SELECT x.number, x.rule_number, x.source, x.from_on, x.to_on, x.booked_on, x.decision, x.amount_minor,
         x.reserve_minor, x.members_minor, x.other_minor, x.interest_minor, x.cash_minor, x.members,
         x.recorded_at, w.name, x.sharing_code, x.sharing_version, x.steps
    FROM surplus_run x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_surplus_run_sql = R"sql(
  -- journals.restore_surplus_run
  INSERT INTO surplus_run (node_id, number, rule_number, source, from_on, to_on, booked_on, decision,
    amount_minor, reserve_minor, members_minor, other_minor, interest_minor, cash_minor, members,
    recorded_at, recorded_by, sharing_code, sharing_version, steps)
  SELECT $1, r.number, r.rule, r.source, r.from_on, r.to_on, r.booked_on, r.decision, r.amount_minor,
         r.reserve_minor, r.members_minor, r.other_minor, r.interest_minor, r.cash_minor, r.members,
         r.recorded_at, w.id, r.sharing_rule, r.sharing_version, r.steps
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, rule int, source text, from_on date, to_on date,
           booked_on date, decision text, amount_minor bigint, reserve_minor bigint, members_minor bigint,
           other_minor bigint, interest_minor bigint, cash_minor bigint, members int,
           recorded_at timestamptz, recorded_by text, sharing_rule text, sharing_version int, steps text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements surplus_run_rows{read_surplus_run_sql, insert_surplus_run_sql, last_surplus_run_sql};

constexpr const char* read_surplus_share_sql = R"sql(
  -- journals.native_surplus_share
  SELECT x.run_number, x.number, p.number, x.measure, x.capital_minor, x.interest_minor, x.patronage_minor,
         x.cash_minor, x.minutes
    FROM surplus_share x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_surplus_share_sql = R"sql(
  -- journals.restore_surplus_share
  INSERT INTO surplus_share (node_id, run_number, number, party_id, measure, capital_minor, interest_minor,
    patronage_minor, cash_minor, minutes)
  SELECT $1, r.run, r.number, p.id, r.measure, r.capital_minor, r.interest_minor, r.patronage_minor,
         r.cash_minor, r.minutes
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, member text, measure bigint,
           capital_minor bigint, interest_minor bigint, patronage_minor bigint, cash_minor bigint,
           minutes int)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements surplus_share_rows{read_surplus_share_sql, insert_surplus_share_sql,
                                           last_surplus_run_sql};

constexpr const char* read_surplus_step_sql = R"sql(
  -- journals.native_surplus_step
  SELECT x.run_number, x.number, x.step, x.entry_number, x.reason, x.recorded_at, w.name, x.entries
    FROM surplus_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_surplus_step_sql = R"sql(
  -- journals.restore_surplus_step
  INSERT INTO surplus_step (node_id, run_number, number, step, entry_number, reason, recorded_at, recorded_by,
    entries)
  SELECT $1, r.run, r.number, r.step, r.entry, r.reason, r.recorded_at, w.id, r.entries
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, step text, entry int, reason text,
           recorded_at timestamptz, recorded_by text, entries int)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements surplus_step_rows{read_surplus_step_sql, insert_surplus_step_sql,
                                          last_surplus_run_sql};

constexpr NamedStatements capital_kinds[] = {
    {"share_class", share_class_rows},     {"share_movement", share_movement_rows},
    {"surplus_rule", surplus_rule_rows},   {"surplus_run", surplus_run_rows},
    {"surplus_share", surplus_share_rows}, {"surplus_step", surplus_step_rows},
};

}  // namespace

std::span<const NamedStatements> capital_statements() { return capital_kinds; }

}  // namespace coop::journals
