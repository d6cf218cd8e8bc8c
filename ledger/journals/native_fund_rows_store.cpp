#include "ledger/journals/native_fund_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_fund_sql = R"sql(
  -- journals.last_fund
  SELECT coalesce(max(fund_id), 0) FROM fund_term WHERE node_id = $1
)sql";

constexpr const char* read_fund_term_sql = R"sql(
  -- journals.native_fund_term
  SELECT d.code, x.number, x.from_on, x.purpose, u.code, x.indivisible, x.funder, x.conditions, x.decision,
         x.buffers, x.accounts, x.recorded_at, w.name
    FROM fund_term x
    JOIN dimension d ON d.node_id = x.node_id AND d.id = x.fund_id
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.fund_id > $2 AND x.fund_id <= $3
   ORDER BY x.fund_id, x.number
)sql";

constexpr const char* insert_fund_term_sql = R"sql(
  -- journals.restore_fund_term
  INSERT INTO fund_term (node_id, fund_id, number, from_on, purpose, unit_id, indivisible, funder, conditions,
    decision, buffers, accounts, recorded_at, recorded_by)
  SELECT $1, d.id, r.number, r.from_on, r.purpose, u.id, r.indivisible, r.funder, r.conditions, r.decision,
         r.buffers, r.accounts, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (fund text, number int, from_on date, purpose text, unit text,
           indivisible boolean, funder text, conditions text, decision text, buffers int, accounts int,
           recorded_at timestamptz, recorded_by text)
    JOIN dimension d ON d.node_id = $1 AND d.kind = 'fund' AND d.code = r.fund
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements fund_term_rows{read_fund_term_sql, insert_fund_term_sql, last_fund_sql};

constexpr const char* read_fund_buffer_sql = R"sql(
  -- journals.native_fund_buffer
  SELECT d.code, x.term, x.line, x.measure, x.amount_minor, x.flow, x.whose, x.account, x.over_months,
         x.keep_months, x.share_millionths
    FROM fund_buffer x
    JOIN dimension d ON d.node_id = x.node_id AND d.id = x.fund_id
   WHERE x.node_id = $1 AND x.fund_id > $2 AND x.fund_id <= $3
   ORDER BY x.fund_id, x.term, x.line
)sql";

constexpr const char* insert_fund_buffer_sql = R"sql(
  -- journals.restore_fund_buffer
  INSERT INTO fund_buffer (node_id, fund_id, term, line, measure, amount_minor, flow, whose, account,
    over_months, keep_months, share_millionths)
  SELECT $1, d.id, r.term, r.line, r.measure, r.amount_minor, r.flow, r.whose, r.account, r.over_months,
         r.keep_months, r.share_millionths
    FROM jsonb_to_recordset($2::jsonb) AS r (fund text, term int, line int, measure text,
           amount_minor bigint, flow text, whose text, account text, over_months int, keep_months int,
           share_millionths int)
    JOIN dimension d ON d.node_id = $1 AND d.kind = 'fund' AND d.code = r.fund
)sql";

constexpr RowStatements fund_buffer_rows{read_fund_buffer_sql, insert_fund_buffer_sql, last_fund_sql};

constexpr const char* read_fund_account_sql = R"sql(
  -- journals.native_fund_account
  SELECT d.code, x.term, a.path
    FROM fund_account x
    JOIN dimension d ON d.node_id = x.node_id AND d.id = x.fund_id
    JOIN account a ON a.node_id = x.node_id AND a.id = x.account_id
   WHERE x.node_id = $1 AND x.fund_id > $2 AND x.fund_id <= $3
   ORDER BY x.fund_id, x.term, a.path COLLATE "C"
)sql";

constexpr const char* insert_fund_account_sql = R"sql(
  -- journals.restore_fund_account
  INSERT INTO fund_account (node_id, fund_id, term, account_id)
  SELECT $1, d.id, r.term, a.id
    FROM jsonb_to_recordset($2::jsonb) AS r (fund text, term int, account text)
    JOIN dimension d ON d.node_id = $1 AND d.kind = 'fund' AND d.code = r.fund
    JOIN fund_term t ON t.node_id = $1 AND t.fund_id = d.id AND t.number = r.term
    JOIN account a ON a.node_id = $1 AND a.path = r.account AND a.unit_id = t.unit_id
)sql";

constexpr RowStatements fund_account_rows{read_fund_account_sql, insert_fund_account_sql, last_fund_sql};

constexpr const char* last_spending_mandate_sql = R"sql(
  -- journals.last_spending_mandate
  SELECT coalesce(max(number), 0) FROM spending_mandate WHERE node_id = $1
)sql";

constexpr const char* read_spending_mandate_sql = R"sql(
  -- journals.native_spending_mandate
  SELECT x.number, x.body, x.level, x.purpose, d.code, c.code, u.code, x.amount_minor, x.minutes_a_month,
         x.rate_minor, x.months, x.from_on, x.until_on, x.decision, x.recorded_at, w.name, x.rules,
         x.approvals, x.ruled_on
    FROM spending_mandate x
    JOIN dimension d ON d.node_id = x.node_id AND d.id = x.fund_id
    LEFT JOIN dimension c ON c.node_id = x.node_id AND c.id = x.cost_object_id
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_spending_mandate_sql = R"sql(
  -- journals.restore_spending_mandate
  INSERT INTO spending_mandate (node_id, number, body, level, purpose, fund_id, cost_object_id, unit_id,
    amount_minor, minutes_a_month, rate_minor, months, from_on, until_on, decision, recorded_at, recorded_by,
    rules, approvals, ruled_on)
  SELECT $1, r.number, r.body, r.level, r.purpose, d.id, c.id, u.id, r.amount_minor, r.minutes_a_month,
         r.rate_minor, r.months, r.from_on, r.until_on, r.decision, r.recorded_at, w.id,
         coalesce(r.rules, 0), coalesce(r.approvals, 0), r.ruled_on
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, body text, level text, purpose text, fund text,
           cost_object text, unit text, amount_minor bigint, minutes_a_month int, rate_minor bigint,
           months int, from_on date, until_on date, decision text, recorded_at timestamptz,
           recorded_by text, rules int, approvals int, ruled_on date)
    JOIN dimension d ON d.node_id = $1 AND d.kind = 'fund' AND d.code = r.fund
    LEFT JOIN dimension c ON c.node_id = $1 AND c.kind = 'cost_object' AND c.code = r.cost_object
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements spending_mandate_rows{read_spending_mandate_sql, insert_spending_mandate_sql,
                                              last_spending_mandate_sql};

constexpr const char* read_spending_step_sql = R"sql(
  -- journals.native_spending_step
  SELECT x.mandate_number, x.number, x.kind, x.on_day, x.amount_minor, x.minutes, x.entry_number, p.number,
         x.draw, x.words, x.recorded_at, w.name
    FROM spending_step x
    LEFT JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.mandate_number > $2 AND x.mandate_number <= $3
   ORDER BY x.mandate_number, x.number
)sql";

constexpr const char* insert_spending_step_sql = R"sql(
  -- journals.restore_spending_step
  INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, minutes,
    entry_number, party_id, draw, words, recorded_at, recorded_by)
  SELECT $1, r.mandate, r.number, r.step, r."on", r.amount_minor, r.minutes, r.entry, p.id, r.draw, r.words,
         r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (mandate int, number int, step text, "on" date,
           amount_minor bigint, minutes int, entry bigint, member text, draw int, words text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements spending_step_rows{read_spending_step_sql, insert_spending_step_sql,
                                           last_spending_mandate_sql};

constexpr const char* last_spending_rule_sql = R"sql(
  -- journals.last_spending_rule
  SELECT coalesce(max(number), 0) FROM spending_rule WHERE node_id = $1
)sql";

constexpr const char* read_spending_rule_sql = R"sql(
  -- journals.native_spending_rule
  SELECT x.number, x.kind, x.from_on, u.code, d.code, x.one_from_minor, x.two_from_minor,
         x.needed_from_minor, x.body, x.level, x.up_to_minor, x.decision, x.recorded_at, w.name
    FROM spending_rule x
    LEFT JOIN dimension d ON d.node_id = x.node_id AND d.id = x.fund_id
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_spending_rule_sql = R"sql(
  -- journals.restore_spending_rule
  INSERT INTO spending_rule (node_id, number, kind, from_on, unit_id, fund_id, one_from_minor, two_from_minor,
    needed_from_minor, body, level, up_to_minor, decision, recorded_at, recorded_by)
  SELECT $1, r.number, r.rule, r.from_on, u.id, d.id, r.one_from_minor, r.two_from_minor,
         r.needed_from_minor, r.body, r.level, r.up_to_minor, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, rule text, from_on date, unit text, fund text,
           one_from_minor bigint, two_from_minor bigint, needed_from_minor bigint, body text, level text,
           up_to_minor bigint, decision text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN dimension d ON d.node_id = $1 AND d.kind = 'fund' AND d.code = r.fund
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements spending_rule_rows{read_spending_rule_sql, insert_spending_rule_sql,
                                           last_spending_rule_sql};

constexpr const char* last_mandated_sql = R"sql(
  -- journals.last_mandated_disbursement
  SELECT coalesce(max(disbursement_number), 0) FROM order_mandate WHERE node_id = $1
)sql";

constexpr const char* read_order_mandate_sql = R"sql(
  -- journals.native_order_mandate
  SELECT x.disbursement_number, x.order_number, x.mandate_number, x.minutes
    FROM order_mandate x
   WHERE x.node_id = $1 AND x.disbursement_number > $2 AND x.disbursement_number <= $3
   ORDER BY x.disbursement_number, x.order_number
)sql";

constexpr const char* insert_order_mandate_sql = R"sql(
  -- journals.restore_order_mandate
  INSERT INTO order_mandate (node_id, disbursement_number, order_number, mandate_number, minutes)
  SELECT $1, r.disbursement, r."order", r.mandate, r.minutes
    FROM jsonb_to_recordset($2::jsonb) AS r (disbursement int, "order" int, mandate int, minutes int)
)sql";

constexpr RowStatements order_mandate_rows{read_order_mandate_sql, insert_order_mandate_sql,
                                           last_mandated_sql};

constexpr NamedStatements fund_kinds[] = {
    {"spending_rule", spending_rule_rows}, {"order_mandate", order_mandate_rows},
    {"fund_term", fund_term_rows},         {"fund_buffer", fund_buffer_rows},
    {"fund_account", fund_account_rows},   {"spending_mandate", spending_mandate_rows},
    {"spending_step", spending_step_rows}};

}  // namespace

std::span<const NamedStatements> fund_statements() { return fund_kinds; }

}  // namespace coop::journals
