#include "ledger/journals/native_pay_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_pay_tariff_sql = R"sql(
  -- journals.last_pay_tariff
  SELECT coalesce(max(number), 0) FROM pay_tariff WHERE node_id = $1
)sql";

constexpr const char* read_pay_tariff_sql = R"sql(
  -- journals.native_pay_tariff
  SELECT x.number, x.kind, c.code, p.number, x.from_on, x.amount_minor, u.code, x.decision, x.recorded_at,
         w.name
    FROM pay_tariff x
    LEFT JOIN circle c ON c.node_id = x.node_id AND c.id = x.circle_id
    LEFT JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_pay_tariff_sql = R"sql(
  -- journals.restore_pay_tariff
  INSERT INTO pay_tariff (node_id, number, kind, circle_id, party_id, from_on, amount_minor, unit_id,
    decision, recorded_at, recorded_by)
  SELECT $1, r.number, r.work, c.id, p.id, r.from_on, r.amount_minor, u.id, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, work text, circle text, member text, from_on date,
           amount_minor bigint, unit text, decision text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN circle c ON c.node_id = $1 AND c.code = r.circle
    LEFT JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
   ORDER BY r.number
)sql";

constexpr RowStatements pay_tariff_rows{read_pay_tariff_sql, insert_pay_tariff_sql, last_pay_tariff_sql};

constexpr const char* last_pay_run_sql = R"sql(
  -- journals.last_pay_run
  SELECT coalesce(max(number), 0) FROM pay_run WHERE node_id = $1
)sql";

constexpr const char* read_pay_run_sql = R"sql(
  -- journals.native_pay_run
  SELECT x.number, x.kind, x.from_on, x.to_on, x.booked_on, u.code, x.amount_minor, x.rule_code,
         x.rule_version, x.rule_hash, x.figures, x.values_known, x.tariffs_known, x.deferred_as, e.path,
         p.path, d.path, x.decision, x.members, x.lots, x.paid_minor, x.deferred_minor, x.recorded_at, w.name,
         x.costs, f.code, x.is_part_local, x.pots, x.grants, c.code, x.mandate_number,
         x.mandate_minor, x.mandate_minutes
    FROM pay_run x
    JOIN unit u ON u.id = x.unit_id
    JOIN account e ON e.node_id = x.node_id AND e.id = x.wages_account_id
    LEFT JOIN account p ON p.node_id = x.node_id AND p.id = x.payable_account_id
    LEFT JOIN account d ON d.node_id = x.node_id AND d.id = x.deferred_account_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
    LEFT JOIN dimension f ON f.node_id = x.node_id AND f.id = x.fund_id
    LEFT JOIN circle c ON c.node_id = x.node_id AND c.id = x.circle_id
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_pay_run_sql = R"sql(
  -- journals.restore_pay_run
  INSERT INTO pay_run (node_id, number, kind, from_on, to_on, booked_on, unit_id, amount_minor, rule_code,
    rule_version, rule_hash, figures, values_known, tariffs_known, deferred_as, wages_account_id,
    payable_account_id, deferred_account_id, decision, members, lots, paid_minor, deferred_minor, recorded_at,
    recorded_by, costs, fund_id, is_part_local, pots, grants, circle_id, mandate_number,
    mandate_minor, mandate_minutes)
  SELECT $1, r.number, r.run_kind, r.from_on, r.to_on, r.booked_on, u.id, r.amount_minor, r.rule, r.version,
         r.rule_hash, r.figures, r.values_known, r.tariffs_known, r.deferred_as, e.id, p.id, d.id, r.decision,
         r.members, r.lots, r.paid_minor, r.deferred_minor, r.recorded_at, w.id, r.costs, f.id, r.part_local,
         coalesce(r.pots, 0), coalesce(r.grants, false), c.id, r.mandate, r.mandate_minor, r.mandate_minutes
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, run_kind text, from_on date, to_on date,
           booked_on date, unit text, amount_minor bigint, rule text, version int, rule_hash text,
           figures text, values_known int, tariffs_known int, deferred_as text, wages text, payable text,
           deferred text, decision text, members int, lots int, paid_minor bigint, deferred_minor bigint,
           recorded_at timestamptz, recorded_by text, costs int, fund text, part_local boolean,
           pots int, grants boolean, circle text, mandate int, mandate_minor bigint, mandate_minutes int)
    JOIN unit u ON u.code = r.unit
    JOIN account e ON e.node_id = $1 AND e.path = r.wages AND e.unit_id = u.id
    LEFT JOIN account p ON p.node_id = $1 AND p.path = r.payable AND p.unit_id = u.id
    LEFT JOIN account d ON d.node_id = $1 AND d.path = r.deferred AND d.unit_id = u.id
    LEFT JOIN dimension f ON f.node_id = $1 AND f.kind = 'fund' AND f.code = r.fund
    LEFT JOIN circle c ON c.node_id = $1 AND c.code = r.circle
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements pay_run_rows{read_pay_run_sql, insert_pay_run_sql, last_pay_run_sql};

constexpr const char* read_pay_run_share_sql = R"sql(
  -- journals.native_pay_run_share
  SELECT x.run_number, x.number, p.number, x.place, x.measures, x.minutes, array_to_string(x.hours, ' '),
         x.claim_minor, x.rate_minor, x.paid_minor, x.deferred_minor, x.is_priced
    FROM pay_run_share x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_pay_run_share_sql = R"sql(
  -- journals.restore_pay_run_share
  INSERT INTO pay_run_share (node_id, run_number, number, party_id, place, measures, minutes, hours,
    claim_minor, rate_minor, paid_minor, deferred_minor, is_priced)
  SELECT $1, r.run, r.number, p.id, r.place, r.measures, r.minutes, string_to_array(r.hours, ' ')::int[],
         r.claim_minor, r.rate_minor, r.paid_minor, r.deferred_minor,
         coalesce(r.priced, r.minutes = 0 OR r.claim_minor > 0 OR r.rate_minor IS NOT NULL)
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, member text, place text, measures text,
           minutes bigint, hours text, claim_minor bigint, rate_minor bigint, paid_minor bigint,
           deferred_minor bigint, priced boolean)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements pay_run_share_rows{read_pay_run_share_sql, insert_pay_run_share_sql,
                                           last_pay_run_sql};

constexpr const char* read_pay_run_lot_sql = R"sql(
  -- journals.native_pay_run_lot
  SELECT x.run_number, x.number, p.number, x.claim_run, x.open_minor, x.settled_minor
    FROM pay_run_lot x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_pay_run_lot_sql = R"sql(
  -- journals.restore_pay_run_lot
  INSERT INTO pay_run_lot (node_id, run_number, number, party_id, claim_run, open_minor, settled_minor)
  SELECT $1, r.run, r.number, p.id, r.claim_run, r.open_minor, r.settled_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, member text, claim_run int,
           open_minor bigint, settled_minor bigint)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements pay_run_lot_rows{read_pay_run_lot_sql, insert_pay_run_lot_sql, last_pay_run_sql};

constexpr const char* read_pay_run_cost_sql = R"sql(
  -- journals.native_pay_run_cost
  SELECT x.run_number, x.number, p.number, d.code, x.weight
    FROM pay_run_cost x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN dimension d ON d.node_id = x.node_id AND d.id = x.cost_object_id
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_pay_run_cost_sql = R"sql(
  -- journals.restore_pay_run_cost
  INSERT INTO pay_run_cost (node_id, run_number, number, party_id, cost_object_id, weight)
  SELECT $1, r.run, r.number, p.id, d.id, r.weight
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, member text, cost_object text,
           weight bigint)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN dimension d ON d.node_id = $1 AND d.kind = 'cost_object' AND d.code = r.cost_object
)sql";

constexpr RowStatements pay_run_cost_rows{read_pay_run_cost_sql, insert_pay_run_cost_sql, last_pay_run_sql};

constexpr const char* read_pay_run_pot_sql = R"sql(
  -- journals.native_pay_run_pot
  SELECT x.run_number, x.number, x.name, x.received_minor, x.paid_minor, x.amount_minor, f.path, t.path,
         d.code, u.code
    FROM pay_run_pot x
    JOIN pay_run r ON r.node_id = x.node_id AND r.number = x.run_number
    JOIN unit u ON u.id = r.unit_id
    LEFT JOIN account f ON f.node_id = x.node_id AND f.id = x.from_account_id
    LEFT JOIN account t ON t.node_id = x.node_id AND t.id = x.to_account_id
    LEFT JOIN dimension d ON d.node_id = x.node_id AND d.id = x.fund_id
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_pay_run_pot_sql = R"sql(
  -- journals.restore_pay_run_pot
  INSERT INTO pay_run_pot (node_id, run_number, number, name, received_minor, paid_minor, amount_minor,
    from_account_id, to_account_id, fund_id)
  SELECT $1, r.run, r.number, r.name, r.received_minor, r.paid_minor, r.amount_minor, f.id, t.id, d.id
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, name text, received_minor bigint,
           paid_minor bigint, amount_minor bigint, from_account text, to_account text, fund text, unit text)
    JOIN unit u ON u.code = r.unit
    LEFT JOIN account f ON f.node_id = $1 AND f.path = r.from_account AND f.unit_id = u.id
    LEFT JOIN account t ON t.node_id = $1 AND t.path = r.to_account AND t.unit_id = u.id
    LEFT JOIN dimension d ON d.node_id = $1 AND d.kind = 'fund' AND d.code = r.fund
)sql";

constexpr RowStatements pay_run_pot_rows{read_pay_run_pot_sql, insert_pay_run_pot_sql, last_pay_run_sql};

constexpr const char* read_pay_run_local_sql = R"sql(
  -- journals.native_pay_run_local
  SELECT x.run_number, u.code, x.rates_known, x.rate_number, x.numerator, x.denominator, x.most_minor,
         p.path, c.path, b.code
    FROM pay_run_local x
    JOIN pay_run r ON r.node_id = x.node_id AND r.number = x.run_number
    JOIN unit u ON u.id = x.unit_id
    JOIN unit b ON b.id = r.unit_id
    JOIN account p ON p.node_id = x.node_id AND p.id = x.payable_account_id
    JOIN account c ON c.node_id = x.node_id AND c.id = x.conversion_account_id
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number
)sql";

constexpr const char* insert_pay_run_local_sql = R"sql(
  -- journals.restore_pay_run_local
  INSERT INTO pay_run_local (node_id, run_number, unit_id, rates_known, rate_number, numerator, denominator,
    most_minor, payable_account_id, conversion_account_id, local_conversion_account_id)
  SELECT $1, r.run, u.id, r.rates_known, r.rate, r.share_numerator, r.share_denominator, r.most_minor, p.id,
         c.id, l.id
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, unit text, rates_known int, rate int,
           share_numerator bigint, share_denominator bigint, most_minor bigint, payable text, conversion text,
           run_unit text)
    JOIN unit u ON u.code = r.unit
    JOIN unit b ON b.code = r.run_unit
    JOIN account p ON p.node_id = $1 AND p.path = r.payable AND p.unit_id = u.id
    JOIN account c ON c.node_id = $1 AND c.path = r.conversion AND c.unit_id = b.id
    JOIN account l ON l.node_id = $1 AND l.path = r.conversion AND l.unit_id = u.id
)sql";

constexpr RowStatements pay_run_local_rows{read_pay_run_local_sql, insert_pay_run_local_sql,
                                           last_pay_run_sql};

constexpr const char* read_pay_run_local_share_sql = R"sql(
  -- journals.native_pay_run_local_share
  SELECT x.run_number, x.number, p.number, x.numerator, x.denominator, x.minor, x.local_minor
    FROM pay_run_local_share x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_pay_run_local_share_sql = R"sql(
  -- journals.restore_pay_run_local_share
  INSERT INTO pay_run_local_share (node_id, run_number, number, party_id, numerator, denominator, minor,
    local_minor)
  SELECT $1, r.run, r.number, p.id, r.share_numerator, r.share_denominator, r.minor, r.local_minor
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, member text, share_numerator bigint,
           share_denominator bigint, minor bigint, local_minor bigint)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements pay_run_local_share_rows{read_pay_run_local_share_sql, insert_pay_run_local_share_sql,
                                                 last_pay_run_sql};

constexpr const char* read_pay_run_step_sql = R"sql(
  -- journals.native_pay_run_step
  SELECT x.run_number, x.number, x.step, x.first_entry, x.last_entry, x.reason, x.recorded_at, w.name
    FROM pay_run_step x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.run_number > $2 AND x.run_number <= $3
   ORDER BY x.run_number, x.number
)sql";

constexpr const char* insert_pay_run_step_sql = R"sql(
  -- journals.restore_pay_run_step
  INSERT INTO pay_run_step (node_id, run_number, number, step, first_entry, last_entry, reason, recorded_at,
    recorded_by)
  SELECT $1, r.run, r.number, r.step, r.first_entry, r.last_entry, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (run int, number int, step text, first_entry int, last_entry int,
           reason text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements pay_run_step_rows{read_pay_run_step_sql, insert_pay_run_step_sql, last_pay_run_sql};

constexpr NamedStatements pay_kinds[] = {
    {"pay_tariff", pay_tariff_rows},       {"pay_run", pay_run_rows},
    {"pay_run_share", pay_run_share_rows}, {"pay_run_lot", pay_run_lot_rows},
    {"pay_run_cost", pay_run_cost_rows},   {"pay_run_pot", pay_run_pot_rows},
    {"pay_run_local", pay_run_local_rows}, {"pay_run_local_share", pay_run_local_share_rows},
    {"pay_run_step", pay_run_step_rows}};

}  // namespace

std::span<const NamedStatements> pay_statements() { return pay_kinds; }

}  // namespace coop::journals
