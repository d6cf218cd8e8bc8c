#include "ledger/journals/native_price_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_dues_accounts_sql = R"sql(
  -- journals.native_dues_accounts
  SELECT receivable, prepaid, income, solidarity, written_off, obligations, deferred
    FROM dues_accounts
   WHERE node_id = $1 AND $2::int = 0 AND $3::int > 0
)sql";

constexpr const char* insert_dues_accounts_sql = R"sql(
  -- journals.restore_dues_accounts
  INSERT INTO dues_accounts (node_id, receivable, prepaid, income, solidarity, written_off, obligations,
    deferred)
  SELECT $1, r.receivable, r.prepaid, r.income, r.solidarity, r.written_off,
         coalesce(r.obligations, 'equity:member-shares'), r.deferred
    FROM jsonb_to_recordset($2::jsonb) AS r (receivable text, prepaid text, income text, solidarity text,
           written_off text, obligations text, deferred text)
)sql";

constexpr RowStatements dues_accounts_rows{read_dues_accounts_sql, insert_dues_accounts_sql};

constexpr const char* read_dues_payee_sql = R"sql(
  -- journals.native_dues_payee
  SELECT account_holder, iban, bic, reference_kind, letterhead, closing
    FROM dues_payee
   WHERE node_id = $1 AND $2::int = 0 AND $3::int > 0
)sql";

constexpr const char* insert_dues_payee_sql = R"sql(
  -- journals.restore_dues_payee
  INSERT INTO dues_payee (node_id, account_holder, iban, bic, reference_kind, letterhead, closing)
  SELECT $1, r.account_holder, r.iban, r.bic, r.reference_kind, r.letterhead, r.closing
    FROM jsonb_to_recordset($2::jsonb) AS r (account_holder text, iban text, bic text, reference_kind text,
           letterhead text, closing text)
)sql";

constexpr RowStatements dues_payee_rows{read_dues_payee_sql, insert_dues_payee_sql};

constexpr const char* read_tier_sql = R"sql(
  -- journals.native_tier
  SELECT t.id, t.code, t.title, t.interval_name, t.proration, t.due_after_days, u.code, t.recorded_at, w.name
    FROM tier t
    JOIN unit u ON u.id = t.unit_id
    LEFT JOIN user_account w ON w.id = t.recorded_by
   WHERE t.node_id = $1 AND t.id > $2 AND t.id <= $3
   ORDER BY t.id
)sql";

constexpr const char* insert_tier_sql = R"sql(
  -- journals.restore_tier
  INSERT INTO tier (node_id, id, code, title, interval_name, proration, due_after_days, unit_id, recorded_at,
    recorded_by)
  SELECT $1, r.id, r.code, r.title, r.interval, r.proration, r.due_after_days, u.id, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (id int, code text, title text, "interval" text, proration text,
           due_after_days int, unit text, recorded_at timestamptz, recorded_by text)
    JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements tier_rows{read_tier_sql, insert_tier_sql};

constexpr const char* read_tier_price_sql = R"sql(
  -- journals.native_tier_price
  SELECT t.code, p.number, p.from_on, p.closed, round(p.minimum_minor / power(10::numeric, u.scale), u.scale),
         round(p.suggested_minor / power(10::numeric, u.scale), u.scale),
         round(p.joining_minor / power(10::numeric, u.scale), u.scale), l.code,
         p.local_numerator || '/' || p.local_denominator, p.decision, p.recorded_at, w.name
    FROM tier_price p
    JOIN tier t ON t.node_id = p.node_id AND t.id = p.tier_id
    JOIN unit u ON u.id = t.unit_id
    LEFT JOIN unit l ON l.id = p.local_unit_id
    LEFT JOIN user_account w ON w.id = p.recorded_by
   WHERE p.node_id = $1 AND p.tier_id > $2 AND p.tier_id <= $3
   ORDER BY p.tier_id, p.number
)sql";

constexpr const char* insert_tier_price_sql = R"sql(
  -- journals.restore_tier_price
  INSERT INTO tier_price (node_id, tier_id, number, from_on, closed, minimum_minor, suggested_minor,
    joining_minor, local_unit_id, local_numerator, local_denominator, decision, recorded_at, recorded_by)
  SELECT $1, t.id, r.number, r.from_on, r.closed, (r.minimum * power(10::numeric, u.scale))::bigint,
         (r.suggested * power(10::numeric, u.scale))::bigint,
         (r.joining * power(10::numeric, u.scale))::bigint, l.id, split_part(r.local_share, '/', 1)::bigint,
         split_part(r.local_share, '/', 2)::bigint, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (tier text, number int, from_on date, closed boolean,
           minimum numeric, suggested numeric, joining numeric, local_unit text, local_share text,
           decision text, recorded_at timestamptz, recorded_by text)
    JOIN tier t ON t.node_id = $1 AND t.code = r.tier
    JOIN unit u ON u.id = t.unit_id
    LEFT JOIN unit l ON l.code = r.local_unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements tier_price_rows{read_tier_price_sql, insert_tier_price_sql};

constexpr const char* read_unit_rate_sql = R"sql(
  -- journals.native_unit_rate
  SELECT x.number, f.code, t.code, x.from_on, x.numerator || '/' || x.denominator, x.decision, x.recorded_at,
         w.name
    FROM unit_rate x
    JOIN unit f ON f.id = x.from_unit_id
    JOIN unit t ON t.id = x.to_unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_unit_rate_sql = R"sql(
  -- journals.restore_unit_rate
  INSERT INTO unit_rate (node_id, number, from_unit_id, to_unit_id, from_on, numerator, denominator, decision,
    recorded_at, recorded_by)
  SELECT $1, r.number, f.id, t.id, r.from_on, split_part(r.rate, '/', 1)::bigint,
         split_part(r.rate, '/', 2)::bigint, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, "from" text, "to" text, from_on date, rate text,
           decision text, recorded_at timestamptz, recorded_by text)
    JOIN unit f ON f.code = r."from"
    JOIN unit t ON t.code = r."to"
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements unit_rate_rows{read_unit_rate_sql, insert_unit_rate_sql};

constexpr const char* read_subscription_sql = R"sql(
  -- journals.native_subscription
  SELECT s.membership_id, s.number, s.from_on, t.code,
         round(s.chosen_minor / power(10::numeric, u.scale), u.scale), p.number, s.instalments,
         s.recorded_at, w.name
    FROM subscription s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.payer_id
    LEFT JOIN tier t ON t.node_id = s.node_id AND t.id = s.tier_id
    LEFT JOIN unit u ON u.id = t.unit_id
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.membership_id > $2 AND s.membership_id <= $3
   ORDER BY s.membership_id, s.number
)sql";

constexpr const char* insert_subscription_sql = R"sql(
  -- journals.restore_subscription
  INSERT INTO subscription (node_id, membership_id, number, from_on, tier_id, chosen_minor, payer_id,
    instalments, recorded_at, recorded_by)
  SELECT $1, r.membership, r.number, r.from_on, t.id, (r.chosen * power(10::numeric, u.scale))::bigint, p.id,
         r.instalments, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (membership int, number int, from_on date, tier text,
           chosen numeric, payer text, instalments int, recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.payer
    LEFT JOIN tier t ON t.node_id = $1 AND t.code = r.tier
    LEFT JOIN unit u ON u.id = t.unit_id
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements subscription_rows{read_subscription_sql, insert_subscription_sql};

constexpr const char* read_concession_sql = R"sql(
  -- journals.native_concession
  SELECT c.membership_id, c.number, c.from_on, c.until_on, c.numerator || '/' || c.denominator, c.reason,
         c.review_on, c.decision, c.recorded_at, w.name
    FROM concession c
    LEFT JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1 AND c.membership_id > $2 AND c.membership_id <= $3
   ORDER BY c.membership_id, c.number
)sql";

constexpr const char* insert_concession_sql = R"sql(
  -- journals.restore_concession
  INSERT INTO concession (node_id, membership_id, number, from_on, until_on, numerator, denominator, reason,
    review_on, decision, recorded_at, recorded_by)
  SELECT $1, r.membership, r.number, r.from_on, r.until_on, split_part(r.share, '/', 1)::bigint,
         split_part(r.share, '/', 2)::bigint, r.reason, r.review_on, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (membership int, number int, from_on date, until_on date,
           share text, reason text, review_on date, decision text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements concession_rows{read_concession_sql, insert_concession_sql};

constexpr const char* read_concession_end_sql = R"sql(
  -- journals.native_concession_end
  SELECT e.membership_id, e.concession_number, e.last_on, e.reason, e.recorded_at, w.name
    FROM concession_end e
    LEFT JOIN user_account w ON w.id = e.recorded_by
   WHERE e.node_id = $1 AND e.membership_id > $2 AND e.membership_id <= $3
   ORDER BY e.membership_id, e.concession_number
)sql";

constexpr const char* insert_concession_end_sql = R"sql(
  -- journals.restore_concession_end
  INSERT INTO concession_end (node_id, membership_id, concession_number, last_on, reason, recorded_at,
    recorded_by)
  SELECT $1, r.membership, r.concession, r.last_on, r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (membership int, concession int, last_on date, reason text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements concession_end_rows{read_concession_end_sql, insert_concession_end_sql};

constexpr NamedStatements price_kinds[] = {
    {"dues_accounts", dues_accounts_rows},
    {"dues_payee", dues_payee_rows},
    {"tier", tier_rows},
    {"tier_price", tier_price_rows},
    {"unit_rate", unit_rate_rows},
    {"subscription", subscription_rows},
    {"concession", concession_rows},
    {"concession_end", concession_end_rows},
};

}  // namespace

std::span<const NamedStatements> price_statements() { return price_kinds; }

}  // namespace coop::journals
