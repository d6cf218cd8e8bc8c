#pragma once
#include <string>

namespace coop::bench {

/// Fills a migrated, empty database with one node's history, by plain SQL behind the code's back: two
/// postings an entry, 10,000 accounts, 36 months, account 1 with a tenth of all postings. :entries is how
/// many, :shuffled is 1 for an import (everything recorded in one go, its days shuffled), 0 for books kept
/// from day to day with 2 % late entries. Derived totals, marks and totals by day are what the engine would
/// have left. `$` marks stand for values.
inline constexpr const char* history_sql = R"sql(
SET session_replication_role = replica;
SET synchronous_commit = off;

CREATE FUNCTION dice(n bigint, salt bigint,
  sides bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $f$ SELECT (hashint8extended(n, salt) & 9223372036854775807) % sides $f$;

-- Indexes are made afterwards: the same, sooner.
CREATE TEMP TABLE put_off AS
  SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index WHERE indrelid = 'posting'::regclass AND NOT indisprimary;
DO $f$ DECLARE i record; BEGIN
  FOR i IN SELECT name FROM put_off LOOP EXECUTE 'DROP INDEX ' || i.name; END LOOP;
END $f$;

INSERT INTO unit (code, name, scale, origin) VALUES ('EUR', 'Euro', 2, 'currency') ON CONFLICT DO NOTHING;
INSERT INTO node (name, title, base_unit_id, country, time_zone, fiscal_month, fiscal_day)
  SELECT 'bench', 'Bench', id, 'ES', 'Europe/Madrid', 1, 1 FROM unit WHERE code = 'EUR';
INSERT INTO book_head (node_id, last_number, last_hash, last_recorded_at)
  VALUES (1, $entries, sha256(''), '2026-01-02');
INSERT INTO account (node_id, id, path, unit_id, type, opened_on)
  SELECT 1, n, (ARRAY['assets', 'assets', 'liabilities', 'income', 'expenses'])[n % 5 + 1]
               || ':group' || n % 40 || ':account' || n,
         (SELECT id FROM unit WHERE code = 'EUR'),
         (ARRAY['asset', 'asset', 'liability', 'income', 'expense'])[n % 5 + 1], '2020-01-01'
    FROM generate_series(1, 10000) n;

INSERT INTO entry (number, recorded_at, node_id, booked_on, posting_count, request_key, content_hash, hash,
       description)
  SELECT n, timestamptz '2023-01-01' + n * (interval '1096 days' / $entries), 1,
         date '2023-01-01' + CASE WHEN $shuffled = 1 THEN dice(n, 1, 1096)::int
                                  WHEN dice(n, 2, 50) = 0 THEN (n * 1096 / ($entries + 1) * dice(n, 1,
                                    1000) / 1000)::int
                                  ELSE (n * 1096 / ($entries + 1))::int END,
         2, md5(n::text)::uuid, md5(n::text)::uuid, sha256(n::text::bytea), 'Dues of a member ' || n
    FROM generate_series(1, $entries::bigint) n;
INSERT INTO posting (entry_number, amount_minor, node_id, account_id, booked_on, line)
  SELECT e.number, l.sign * (1 + dice(e.number, 3, 10000)), 1,
         CASE WHEN l.line = 2 THEN 5001 + dice(e.number, 6, 5000)
              WHEN dice(e.number, 4, 5) = 0 THEN 1
              ELSE 2 + dice(e.number, 5, 4999) END,
         e.booked_on, l.line
    FROM entry e CROSS JOIN (VALUES (1, 1), (2, -1)) l (line, sign)
   WHERE e.node_id = 1 ORDER BY e.number, l.line;  -- in the order of recording, whatever their days
DO $f$ DECLARE i record; BEGIN
  FOR i IN SELECT definition FROM put_off LOOP EXECUTE i.definition; END LOOP;
END $f$;

ANALYZE entry, posting;
SET LOCAL enable_seqscan = on;
SET LOCAL enable_hashjoin = on;
SET LOCAL enable_mergejoin = on;
SET LOCAL enable_nestloop = off;

-- Rows of months are as scattered as the engine makes them: in the order in which a month is first used.
INSERT INTO period_total (node_id, account_id, month, debit_minor, credit_minor)
  SELECT node_id, account_id, month_of(booked_on),
         coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0),
         coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)
    FROM posting GROUP BY 1, 2, 3 ORDER BY min(entry_number);
INSERT INTO year_total (node_id, account_id, year, debit_minor, credit_minor)
  SELECT node_id, account_id, month / 12, sum(debit_minor), sum(credit_minor)
    FROM period_total GROUP BY 1, 2, 3;
INSERT INTO account_balance (node_id, account_id, balance_minor, posting_count, has_day_totals)
  SELECT 1, a.id, coalesce(sum(p.amount_minor), 0), count(p.amount_minor), count(p.amount_minor) >= 65536
    FROM account a LEFT JOIN posting p ON p.account_id = a.id GROUP BY a.id;
INSERT INTO day_total (node_id, account_id, booked_on, debit_minor, credit_minor)
  SELECT p.node_id, p.account_id, p.booked_on, coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0),
         coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)
    FROM posting p JOIN account_balance b USING (node_id, account_id) WHERE b.has_day_totals GROUP BY 1, 2, 3;

-- A mark after every 2,048 postings of an account that has so many.
INSERT INTO account_mark (node_id, account_id, entry_number, month, debit_minor, credit_minor)
  WITH line AS (
    SELECT account_id, entry_number, amount_minor, month_of(booked_on) AS month,
           (row_number() OVER (PARTITION BY account_id ORDER BY entry_number) - 1) / 2048 AS step
      FROM posting JOIN account_balance b USING (node_id, account_id) WHERE b.posting_count >= 2048
  ), mark AS (
    SELECT account_id, step, max(entry_number) AS entry_number FROM line GROUP BY 1, 2 HAVING count(*) = 2048
  ), moved AS (
    SELECT account_id, step, month, coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0) AS debit,
           coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0) AS credit
      FROM line GROUP BY 1, 2, 3
  ), square AS (
    SELECT m.account_id, m.step, m.entry_number, months.month
      FROM mark m JOIN (SELECT DISTINCT account_id, month FROM moved) months USING (account_id)
  )
  SELECT 1, s.account_id, s.entry_number, s.month, sum(coalesce(v.debit, 0)) OVER sofar,
         sum(coalesce(v.credit, 0)) OVER sofar
    FROM square s LEFT JOIN moved v USING (account_id, step, month)
  WINDOW sofar AS (PARTITION BY s.account_id, s.month ORDER BY s.step);
)sql";

}  // namespace coop::bench
