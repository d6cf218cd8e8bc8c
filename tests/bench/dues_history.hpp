#pragma once
#include <string>

namespace coop::bench {

/// Fills a migrated, empty database with one node's members and a year of their dues, by plain SQL behind the
/// code's back: $members people in four classes (one with a rule of attendance), admitted before 2025, a
/// charge a month each of 2025, and a payment for most of them. One in fifty payments never came, so that
/// about a third of the members owe something at the end of the year; one in ten names the charge that it is
/// for; one member in fifty is paid for by the one before; one charge in a hundred was reversed, one payment
/// in a hundred returned; one membership in a hundred was paused, or has left. `$` marks stand for values.
inline constexpr const char* dues_history_sql = R"sql(
SET session_replication_role = replica;
SET synchronous_commit = off;

CREATE FUNCTION dice(n bigint, salt bigint,
  sides bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $f$ SELECT (hashint8extended(n, salt) & 9223372036854775807) % sides $f$;

INSERT INTO unit (code, name, scale, origin) VALUES ('EUR', 'Euro', 2, 'currency') ON CONFLICT DO NOTHING;
INSERT INTO node (name, title, base_unit_id, country, time_zone, fiscal_month, fiscal_day)
  SELECT 'bench', 'Bench', id, 'ES', 'Europe/Madrid', 1, 1 FROM unit WHERE code = 'EUR';
INSERT INTO book_head (node_id, last_number, last_hash, last_recorded_at)
  VALUES (1, 0, sha256(''), '2026-01-02');

INSERT INTO party (node_id, id, number, kind, dimension_id, recorded_at)
  SELECT 1, n, 'M' || lpad(n::text, 6, '0'), CASE WHEN n % 1000 = 0 THEN 'organisation' ELSE 'person' END, n,
         '2024-12-01'
    FROM generate_series(1, $members) n;
INSERT INTO head_count (node_id, party_id, number, from_on, members, recorded_at)
  SELECT 1, id, 1, '2025-01-01', 1 + dice(id, 9, 50), '2025-01-01' FROM party WHERE kind = 'organisation';
INSERT INTO member_class (node_id, id, code, title, recorded_at)
  VALUES (1, 1, 'user', 'Users', '2024-12-01'), (1, 2, 'worker', 'Workers', '2024-12-01'),
         (1, 3, 'supporter', 'Supporters', '2024-12-01'),
         (1, 4, 'organisation', 'Organisations', '2024-12-01');
INSERT INTO class_rule (node_id, class_id, number, from_on, weight_numerator, weight_denominator, one_vote,
       attendance_numerator, attendance_denominator, grace_days, arrears_days, is_solidarity, decision,
       recorded_at)
  VALUES (1, 1, 1, '2024-12-01', 1, 2, 'member', NULL, NULL, 14, 60, false, 'Assembly', '2024-12-01'),
         (1, 2, 1, '2024-12-01', 1, 4, 'member', 1, 2, 14, 60, false, 'Assembly', '2024-12-01'),
         (1, 3, 1, '2024-12-01', NULL, NULL, 'member', NULL, NULL, 14, 60, false, 'Assembly', '2024-12-01'),
         (1, 4, 1, '2024-12-01', 1, 4, 'head_count', NULL, NULL, 14, 60, false, 'Assembly', '2024-12-01');
INSERT INTO membership (node_id, id, party_id, class_id, from_on, until_on, recorded_at)
  SELECT 1, n, n, CASE WHEN n % 1000 = 0 THEN 4 WHEN n % 10 = 1 THEN 3 WHEN n % 10 = 2 THEN 2 ELSE 1 END,
         '2024-12-01', CASE WHEN dice(n, 8, 100) = 1 THEN date '2025-09-30' END, '2024-12-01'
    FROM generate_series(1, $members) n;
INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, reason, recorded_at)
  SELECT 1, m.id, c.number, c.kind, c.on_day, c.reason, c.recorded_at
    FROM membership m
   CROSS JOIN (VALUES (1, 'applied', date '2024-12-01', '', timestamptz '2024-12-01'),
                      (2, 'admitted', '2024-12-15', '', '2024-12-15'),
                      (3, 'paused', '2025-10-01', 'abroad', '2025-10-01'),
                      (3, 'left', '2025-09-30', 'moved', '2025-10-01'))
           AS c (number, kind, on_day, reason, recorded_at)
   WHERE c.number < 3 OR dice(m.id, 8, 100) = CASE c.kind WHEN 'paused' THEN 0 ELSE 1 END;
INSERT INTO meeting (node_id, id, held_on, title, recorded_at)
  SELECT 1, n, date '2025-01-15' + n * 28, 'All hands', date '2025-01-16' + n * 28
    FROM generate_series(1, 11) n;
INSERT INTO attendance (node_id, meeting_id, party_id, number, was_there, recorded_at)
  SELECT 1, m.id, p.id, 1, true, m.recorded_at
    FROM meeting m JOIN party p ON p.id % 10 = 2 AND dice(p.id * 16 + m.id, 7, 3) > 0;

INSERT INTO charge (node_id, number, kind, membership_id, member_id, debtor_id, unit_id, period_first,
       period_last, due_on, part, parts, version, gross_minor, waived_minor, prepaid_minor, why, entry_number,
       recorded_at)
  SELECT 1, m * $members::bigint + p.id, 'dues', p.id, p.id,
         CASE WHEN p.id > 1 AND dice(p.id, 5, 50) = 0 THEN p.id - 1 ELSE p.id END, u.id,
         date '2025-01-01' + make_interval(months => m),
         date '2025-01-01' + make_interval(months => m + 1) - interval '1 day',
         date '2025-01-15' + make_interval(months => m), 1, 1, 1, 1000 * (1 + p.id % 4),
         CASE WHEN p.id % 100 = 7 THEN 1000 * (1 + p.id % 4) ELSE 0 END, 0, 'A month of the tier', 1,
         timestamptz '2025-01-01 08:00' + make_interval(months => m)
    FROM generate_series(0, 11) m CROSS JOIN party p CROSS JOIN unit u
   WHERE u.code = 'EUR';
INSERT INTO charge_reversal (node_id, charge_number, reversed_on, reason, entry_number, recorded_at)
  SELECT 1, number, due_on + 20, 'a mistake', 1, due_on + 20 FROM charge WHERE dice(number, 4, 100) = 0;
INSERT INTO payment (node_id, number, kind, payer_id, unit_id, amount_minor, received_on, account,
       entry_number, recorded_at)
  SELECT 1, c.number, 'money', c.debtor_id, c.unit_id, c.gross_minor,
         c.due_on + dice(c.number, 3, 20)::int - 12,
         'assets:bank:main', 1, c.due_on + dice(c.number, 3, 20)::int - 12 + interval '9 hours'
    FROM charge c
   WHERE c.waived_minor = 0 AND dice(c.number, 1, 50) > 0
   ORDER BY c.number;
INSERT INTO payment_share (node_id, payment_number, line, debtor_id, amount_minor, prepaid_minor,
       charge_number)
  SELECT 1, p.number, 1, p.payer_id, p.amount_minor, 0, CASE WHEN dice(p.number, 2, 10) = 0 THEN p.number END
    FROM payment p
   ORDER BY p.number;
INSERT INTO payment_return (node_id, payment_number, returned_on, reason, entry_number, recorded_at)
  SELECT 1, number, received_on + 5, 'MD06', 1, received_on + 5 FROM payment WHERE dice(number, 6, 100) = 0;
)sql";

}  // namespace coop::bench
