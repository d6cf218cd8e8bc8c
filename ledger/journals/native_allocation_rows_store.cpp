#include "ledger/journals/native_allocation_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_round_sql = R"sql(
  -- journals.last_round
  SELECT coalesce(max(number), 0) FROM allocation_round WHERE node_id = $1
)sql";

constexpr const char* read_round_sql = R"sql(
  -- journals.native_allocation_round
  SELECT x.number, x.title, x.body, x.level, f.code, u.code, x.pot_minor, x.participants, x.from_on,
         x.until_on, x.decision, x.recorded_at, w.name
    FROM allocation_round x
    JOIN dimension f ON f.node_id = x.node_id AND f.id = x.fund_id
    JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_native_round_sql = R"sql(
  -- journals.restore_allocation_round
  INSERT INTO allocation_round (node_id, number, title, body, level, fund_id, unit_id, pot_minor,
    participants, from_on, until_on, decision, recorded_at, recorded_by)
  SELECT $1, r.number, r.title, r.body, r.level, f.id, u.id, r.pot_minor, r.participants, r.from_on,
         r.until_on, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, title text, body text, level text, fund text,
           unit text, pot_minor bigint, participants int, from_on date, until_on date, decision text,
           recorded_at timestamptz, recorded_by text)
    JOIN dimension f ON f.node_id = $1 AND f.kind = 'fund' AND f.code = r.fund
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements round_rows{read_round_sql, insert_native_round_sql, last_round_sql};

constexpr const char* read_allocation_share_sql = R"sql(
  -- journals.native_allocation_share
  SELECT x.round, x.line, p.number, x.amount_minor
    FROM allocation_share x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.round > $2 AND x.round <= $3
   ORDER BY x.round, x.line
)sql";

constexpr const char* insert_allocation_share_sql = R"sql(
  -- journals.restore_allocation_share
  INSERT INTO allocation_share (node_id, round, line, party_id, amount_minor)
  SELECT $1, r.round, r.line, p.id, r.amount_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (round int, line int, member text, amount_minor bigint)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements allocation_share_rows{read_allocation_share_sql, insert_allocation_share_sql,
                                              last_round_sql};

constexpr const char* read_allocation_step_sql = R"sql(
  -- journals.native_allocation_step
  SELECT x.round, x.number, x.kind, x.proposal, x.title, c.code, p.number, x.amount_minor, x.mandate_number,
         x.recorded_at, w.name, x.reason
    FROM allocation_step x
    LEFT JOIN dimension c ON c.node_id = x.node_id AND c.id = x.cost_object_id
    LEFT JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.round > $2 AND x.round <= $3
   ORDER BY x.round, x.number
)sql";

constexpr const char* insert_native_allocation_step_sql = R"sql(
  -- journals.restore_allocation_step
  INSERT INTO allocation_step (node_id, round, number, kind, proposal, title, cost_object_id, party_id,
    amount_minor, mandate_number, recorded_at, recorded_by, reason)
  SELECT $1, r.round, r.number, r.step, r.proposal, r.title, c.id, p.id, r.amount_minor, r.mandate,
         r.recorded_at, w.id, r.reason
    FROM jsonb_to_recordset($2::jsonb) AS r (round int, number int, step text, proposal int, title text,
           cost_object text, member text, amount_minor bigint, mandate int, recorded_at timestamptz,
           recorded_by text, reason text)
    LEFT JOIN dimension c ON c.node_id = $1 AND c.kind = 'cost_object' AND c.code = r.cost_object
    LEFT JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements allocation_step_rows{read_allocation_step_sql, insert_native_allocation_step_sql,
                                             last_round_sql};

constexpr NamedStatements allocation_kinds[] = {{"allocation_round", round_rows},
                                                {"allocation_share", allocation_share_rows},
                                                {"allocation_step", allocation_step_rows}};

}  // namespace

std::span<const NamedStatements> allocation_statements() { return allocation_kinds; }

}  // namespace coop::journals
