#include "ledger/journals/native_cost_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_cost_pool_sql = R"sql(
  -- journals.last_cost_pool
  SELECT coalesce(max(number), 0) FROM cost_pool WHERE node_id = $1
)sql";

constexpr const char* read_cost_pool_sql = R"sql(
  -- journals.native_cost_pool
  SELECT x.number, x.code, u.code, e.path, c.path, x.recorded_at, w.name
    FROM cost_pool x
    JOIN unit u ON u.id = x.unit_id
    JOIN account e ON e.node_id = x.node_id AND e.id = x.expense_account_id
    JOIN account c ON c.node_id = x.node_id AND c.id = x.claims_account_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_restored_cost_pool_sql = R"sql(
  -- journals.restore_cost_pool
  INSERT INTO cost_pool (node_id, number, code, unit_id, expense_account_id, claims_account_id, recorded_at,
    recorded_by)
  SELECT $1, r.number, r.code, u.id, e.id, c.id, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, code text, unit text, expense text, claims text,
           recorded_at timestamptz, recorded_by text)
    JOIN unit u ON u.code = r.unit
    JOIN account e ON e.node_id = $1 AND e.path = r.expense AND e.unit_id = u.id
    JOIN account c ON c.node_id = $1 AND c.path = r.claims AND c.unit_id = u.id
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements cost_pool_rows{read_cost_pool_sql, insert_restored_cost_pool_sql, last_cost_pool_sql};

constexpr const char* read_cost_term_sql = R"sql(
  -- journals.native_cost_term
  SELECT x.pool_number, x.term, x.from_on, x.until_on, x.title, x.rule_code, x.decision, x.participants,
         x.recorded_at, w.name
    FROM cost_pool_term x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.pool_number > $2 AND x.pool_number <= $3
   ORDER BY x.pool_number, x.term
)sql";

constexpr const char* insert_restored_cost_term_sql = R"sql(
  -- journals.restore_cost_term
  INSERT INTO cost_pool_term (node_id, pool_number, term, from_on, until_on, title, rule_code, decision,
    participants, recorded_at, recorded_by)
  SELECT $1, r.pool, r.term, r.from_on, r.until_on, r.title, r.rule, r.decision, r.participants,
         r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (pool int, term int, from_on date, until_on date, title text,
           rule text, decision text, participants int, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements cost_term_rows{read_cost_term_sql, insert_restored_cost_term_sql, last_cost_pool_sql};

constexpr const char* read_cost_participant_sql = R"sql(
  -- journals.native_cost_participant
  SELECT x.pool_number, x.term, x.place, x.kind, x.code, x.weight_millionths, x.fixed_minor
    FROM cost_participant x
   WHERE x.node_id = $1 AND x.pool_number > $2 AND x.pool_number <= $3
   ORDER BY x.pool_number, x.term, x.place
)sql";

constexpr const char* insert_restored_cost_participant_sql = R"sql(
  -- journals.restore_cost_participant
  INSERT INTO cost_participant (node_id, pool_number, term, place, kind, code, weight_millionths, fixed_minor)
  SELECT $1, r.pool, r.term, r.place, r.party, r.code, r.weight_millionths, r.fixed_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (pool int, term int, place int, party text, code text,
           weight_millionths bigint, fixed_minor bigint)
)sql";

constexpr RowStatements cost_participant_rows{read_cost_participant_sql, insert_restored_cost_participant_sql,
                                              last_cost_pool_sql};

constexpr const char* last_cost_bill_sql = R"sql(
  -- journals.last_cost_bill
  SELECT coalesce(max(number), 0) FROM cost_bill WHERE node_id = $1
)sql";

constexpr const char* read_cost_bill_sql = R"sql(
  -- journals.native_cost_bill
  SELECT x.number, x.pool_number, x.kind, x.billed_on, x.amount_minor, x.payer_kind, x.payer_code, x.title,
         x.document, x.entry_number, x.recorded_at, w.name
    FROM cost_bill x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_restored_cost_bill_sql = R"sql(
  -- journals.restore_cost_bill
  INSERT INTO cost_bill (node_id, number, pool_number, kind, billed_on, amount_minor, payer_kind, payer_code,
    title, document, entry_number, recorded_at, recorded_by)
  SELECT $1, r.number, r.pool, r.bill, r.billed_on, r.amount_minor, r.party, r.code, r.title, r.document,
         r.entry, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, pool int, bill text, billed_on date,
           amount_minor bigint, party text, code text, title text, document text, entry int,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements cost_bill_rows{read_cost_bill_sql, insert_restored_cost_bill_sql, last_cost_bill_sql};

constexpr const char* read_cost_bill_end_sql = R"sql(
  -- journals.native_cost_bill_end
  SELECT x.bill_number, x.reason, x.recorded_at, w.name
    FROM cost_bill_end x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.bill_number > $2 AND x.bill_number <= $3
   ORDER BY x.bill_number
)sql";

constexpr const char* insert_restored_cost_bill_end_sql = R"sql(
  -- journals.restore_cost_bill_end
  INSERT INTO cost_bill_end (node_id, bill_number, reason, recorded_at, recorded_by)
  SELECT $1, r.bill, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (bill int, reason text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements cost_bill_end_rows{read_cost_bill_end_sql, insert_restored_cost_bill_end_sql,
                                           last_cost_bill_sql};

constexpr const char* last_cost_usage_sql = R"sql(
  -- journals.last_cost_usage
  SELECT coalesce(max(number), 0) FROM cost_usage WHERE node_id = $1
)sql";

constexpr const char* read_native_cost_usage_sql = R"sql(
  -- journals.native_cost_usage
  SELECT x.number, x.pool_number, x.participant, x.measure, x.from_on, x.until_on, x.value_millionths,
         x.corrects, x.source, x.recorded_at, w.name
    FROM cost_usage x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_restored_cost_usage_sql = R"sql(
  -- journals.restore_cost_usage
  INSERT INTO cost_usage (node_id, number, pool_number, participant, measure, from_on, until_on,
    value_millionths, corrects, source, recorded_at, recorded_by)
  SELECT $1, r.number, r.pool, r.participant, r.measure, r.from_on, r.until_on, r.millionths, r.corrects,
         r.source, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, pool int, participant text, measure text,
           from_on date, until_on date, millionths bigint, corrects int, source text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements cost_usage_rows{read_native_cost_usage_sql, insert_restored_cost_usage_sql,
                                        last_cost_usage_sql};

constexpr const char* last_cost_allocation_sql = R"sql(
  -- journals.last_cost_allocation
  SELECT coalesce(max(number), 0) FROM cost_allocation WHERE node_id = $1
)sql";

constexpr const char* read_native_cost_allocation_sql = R"sql(
  -- journals.native_cost_allocation
  SELECT x.number, x.pool_number, x.term, x.rule_version, x.from_on, x.to_on, x.booked_on, x.amount_minor,
         x.given_minor, x.values_known, x.figures, x.bills, x.usages, x.shares, x.recorded_at, w.name
    FROM cost_allocation x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_restored_cost_allocation_sql = R"sql(
  -- journals.restore_cost_allocation
  INSERT INTO cost_allocation (node_id, number, pool_number, term, rule_version, from_on, to_on, booked_on,
    amount_minor, given_minor, values_known, figures, bills, usages, shares, recorded_at, recorded_by)
  SELECT $1, r.number, r.pool, r.term, r.rule_version, r.from_on, r.to_on, r.booked_on, r.amount_minor,
         r.given_minor, r.values_known, r.figures, r.bills, r.usages, r.shares, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, pool int, term int, rule_version int, from_on date,
           to_on date, booked_on date, amount_minor bigint, given_minor bigint, values_known int,
           figures text, bills int, usages int, shares int, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements cost_allocation_rows{read_native_cost_allocation_sql,
                                             insert_restored_cost_allocation_sql, last_cost_allocation_sql};

constexpr const char* read_cost_taken_bill_sql = R"sql(
  -- journals.native_cost_allocation_bill
  SELECT x.allocation_number, x.bill_number
    FROM cost_allocation_bill x
   WHERE x.node_id = $1 AND x.allocation_number > $2 AND x.allocation_number <= $3
   ORDER BY x.allocation_number, x.bill_number
)sql";

constexpr const char* insert_restored_cost_taken_bill_sql = R"sql(
  -- journals.restore_cost_allocation_bill
  INSERT INTO cost_allocation_bill (node_id, allocation_number, bill_number)
  SELECT $1, r.allocation, r.bill
    FROM jsonb_to_recordset($2::jsonb) AS r (allocation int, bill int)
)sql";

constexpr RowStatements cost_taken_bill_rows{read_cost_taken_bill_sql, insert_restored_cost_taken_bill_sql,
                                             last_cost_allocation_sql};

constexpr const char* read_cost_taken_usage_sql = R"sql(
  -- journals.native_cost_allocation_usage
  SELECT x.allocation_number, x.usage_number
    FROM cost_allocation_usage x
   WHERE x.node_id = $1 AND x.allocation_number > $2 AND x.allocation_number <= $3
   ORDER BY x.allocation_number, x.usage_number
)sql";

constexpr const char* insert_restored_cost_taken_usage_sql = R"sql(
  -- journals.restore_cost_allocation_usage
  INSERT INTO cost_allocation_usage (node_id, allocation_number, usage_number)
  SELECT $1, r.allocation, r.usage
    FROM jsonb_to_recordset($2::jsonb) AS r (allocation int, usage int)
)sql";

constexpr RowStatements cost_taken_usage_rows{read_cost_taken_usage_sql, insert_restored_cost_taken_usage_sql,
                                              last_cost_allocation_sql};

constexpr const char* read_cost_share_sql = R"sql(
  -- journals.native_cost_share
  SELECT x.allocation_number, x.place, x.kind, x.code, x.takes_part, x.share_minor, x.paid_minor,
         x.given_minor
    FROM cost_share x
   WHERE x.node_id = $1 AND x.allocation_number > $2 AND x.allocation_number <= $3
   ORDER BY x.allocation_number, x.place
)sql";

constexpr const char* insert_restored_cost_share_sql = R"sql(
  -- journals.restore_cost_share
  INSERT INTO cost_share (node_id, allocation_number, place, kind, code, takes_part, share_minor, paid_minor,
    given_minor)
  SELECT $1, r.allocation, r.place, r.party, r.code, r.takes_part, r.share_minor, r.paid_minor, r.given_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (allocation int, place int, party text, code text,
           takes_part boolean, share_minor bigint, paid_minor bigint, given_minor bigint)
)sql";

constexpr RowStatements cost_share_rows{read_cost_share_sql, insert_restored_cost_share_sql,
                                        last_cost_allocation_sql};

constexpr const char* read_cost_step_sql = R"sql(
  -- journals.native_cost_step
  SELECT x.allocation_number, x.number, x.kind, x.entry_number, x.reason, x.recorded_at, w.name
    FROM cost_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.allocation_number > $2 AND x.allocation_number <= $3
   ORDER BY x.allocation_number, x.number
)sql";

constexpr const char* insert_restored_cost_step_sql = R"sql(
  -- journals.restore_cost_step
  INSERT INTO cost_step (node_id, allocation_number, number, kind, entry_number, reason, recorded_at,
    recorded_by)
  SELECT $1, r.allocation, r.number, r.step, r.entry, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (allocation int, number int, step text, entry int, reason text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements cost_step_rows{read_cost_step_sql, insert_restored_cost_step_sql,
                                       last_cost_allocation_sql};

constexpr NamedStatements cost_kinds[] = {
    {"cost_pool", cost_pool_rows},
    {"cost_term", cost_term_rows},
    {"cost_participant", cost_participant_rows},
    {"cost_bill", cost_bill_rows},
    {"cost_bill_end", cost_bill_end_rows},
    {"cost_usage", cost_usage_rows},
    {"cost_allocation", cost_allocation_rows},
    {"cost_allocation_bill", cost_taken_bill_rows},
    {"cost_allocation_usage", cost_taken_usage_rows},
    {"cost_share", cost_share_rows},
    {"cost_step", cost_step_rows},
};

}  // namespace

std::span<const NamedStatements> cost_statements() { return cost_kinds; }

}  // namespace coop::journals
