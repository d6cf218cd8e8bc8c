-- A run that pays out of a fund may name the spending mandate that reserves the money. What it takes from the
-- fund is the mandate's from the proposal on: set aside, drawn when it is booked, given back when the run is
-- cancelled or undone. All of that follows from its steps, as of an order of payment. What the run made
-- payable is paid without a mandate then: it was drawn.

ALTER TABLE pay_run
  ADD COLUMN mandate_number int,
  ADD COLUMN mandate_minor bigint CHECK (mandate_minor >= 0),
  ADD COLUMN mandate_minutes int CHECK (mandate_minutes >= 0),
  ADD FOREIGN KEY (node_id, mandate_number) REFERENCES spending_mandate,
  ADD CONSTRAINT a_mandate_is_of_its_fund CHECK ((mandate_number IS NULL) = (mandate_minor IS NULL)
    AND (mandate_number IS NULL OR fund_id IS NOT NULL)
    AND (mandate_minutes IS NULL OR mandate_number IS NOT NULL AND kind = 'wages'));
CREATE INDEX pay_run_by_mandate ON pay_run (node_id, mandate_number) WHERE mandate_number IS NOT NULL;
COMMENT ON COLUMN pay_run.mandate_number IS 'The spending mandate that it draws. Nothing: none.';
COMMENT ON COLUMN pay_run.mandate_minor IS 'What it pays, and what stays in pots and is booked.';
COMMENT ON COLUMN pay_run.mandate_minutes IS 'Of a mandate that grants hours: those that it '
  'pays, of each member as large a part as is paid of what was promised, half up.';

-- Runs of a mandate that are neither cancelled nor undone, with the first of their entries, if they have any.
CREATE FUNCTION live_runs_of_mandate(node int, mandate int) RETURNS TABLE (run int, minor bigint, minutes int,
  is_posted boolean, entry bigint) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT r.number, r.mandate_minor, r.mandate_minutes, s.number IS NOT NULL, s.first_entry
    FROM pay_run r
    LEFT JOIN pay_run_step s ON s.node_id = r.node_id AND s.run_number = r.number AND s.step = 'posted'
   WHERE r.node_id = node AND r.mandate_number = mandate AND is_live_pay_run(r.node_id, r.number)
$$;

-- As before (0025), and what runs draw.
CREATE OR REPLACE FUNCTION is_within_mandate(node int, mandate int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT coalesce(d.minor, 0) + coalesce(o.minor, 0) + coalesce(r.minor, 0) <= m.amount_minor
         AND (m.months IS NULL OR coalesce(d.minutes, 0) + coalesce(o.minutes, 0) + coalesce(r.minutes, 0)
                                  <= m.minutes_a_month::bigint * m.months)
    FROM spending_mandate m
   CROSS JOIN LATERAL (
         SELECT sum(s.amount_minor) AS minor, sum(s.minutes) AS minutes
           FROM spending_step s
          WHERE s.node_id = m.node_id AND s.mandate_number = m.number AND s.kind = 'drawn'
            AND NOT EXISTS (SELECT FROM spending_step b
                  WHERE b.node_id = s.node_id AND b.mandate_number = s.mandate_number AND b.draw = s.number
                    AND b.kind = 'taken_back')) d
   CROSS JOIN LATERAL (SELECT sum(l.minor) AS minor, sum(l.minutes) AS minutes
                         FROM live_orders_of_mandate(m.node_id, m.number) l) o
   CROSS JOIN LATERAL (SELECT sum(l.minor) AS minor, sum(l.minutes) AS minutes
                         FROM live_runs_of_mandate(m.node_id, m.number) l) r
   WHERE (m.node_id, m.number) = (node, mandate)
$$;

-- As before (0020); of the entry of a run that drew a mandate of the fund all is drawn.
CREATE OR REPLACE FUNCTION drawn_of_entry(node int, entry bigint, fund int) RETURNS bigint
  LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(d.amount_minor), 0)::bigint
         + coalesce((SELECT spent_by_entry(node, entry, fund, r.unit_id, NULL)
                       FROM pay_run_step s
                       JOIN pay_run r ON r.node_id = s.node_id AND r.number = s.run_number
                        AND r.mandate_number IS NOT NULL AND r.fund_id = fund
                      WHERE s.node_id = node AND s.step = 'posted'
                        AND entry BETWEEN s.first_entry AND s.last_entry), 0)
    FROM spending_step d
    JOIN spending_mandate m ON m.node_id = d.node_id AND m.number = d.mandate_number AND m.fund_id = fund
    LEFT JOIN spending_step p ON p.node_id = d.node_id AND p.mandate_number = d.mandate_number
          AND p.draw = d.number AND p.kind = 'paid'
   WHERE d.node_id = node AND d.kind = 'drawn' AND coalesce(d.entry_number, p.entry_number) = entry
     AND NOT EXISTS (SELECT FROM spending_step b
           WHERE b.node_id = d.node_id AND b.mandate_number = d.mandate_number AND b.draw = d.number
             AND b.kind = 'taken_back')
$$;

-- As before (0032); what names no cost object is for that of the mandate, where it is paid.
CREATE OR REPLACE FUNCTION pay_run_spent(node int, wanted int)
  RETURNS TABLE (cost_object_id int, fund_id int, minor numeric)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH run AS MATERIALIZED (
    SELECT r.kind, r.deferred_as, r.fund_id, r.deferred_account_id, r.grants, m.cost_object_id
      FROM pay_run r
      LEFT JOIN spending_mandate m ON m.node_id = r.node_id AND m.number = r.mandate_number
     WHERE r.node_id = node AND r.number = wanted
  ), amount AS MATERIALIZED (
    SELECT s.run_number AS claim_run, s.party_id, p.is_paid,
           CASE WHEN p.is_paid THEN s.paid_minor ELSE s.deferred_minor END AS minor, 1 AS sign
      FROM run r
      JOIN pay_run_share s ON s.node_id = node AND s.run_number = wanted
      JOIN (VALUES (true), (false)) AS p (is_paid) ON p.is_paid OR r.deferred_account_id IS NOT NULL
     WHERE r.kind = 'wages'
    UNION ALL
    SELECT l.claim_run, l.party_id, p.is_paid, l.settled_minor, CASE WHEN p.is_paid THEN 1 ELSE -1 END
      FROM run r
      JOIN pay_run_lot l ON l.node_id = node AND l.run_number = wanted
      JOIN (VALUES (true), (false)) AS p (is_paid) ON r.deferred_as <> 'points' OR p.is_paid
     WHERE r.kind = 'settlement' AND (r.deferred_as = 'points' OR r.fund_id IS NOT NULL)
    UNION ALL
    SELECT l.claim_run, l.party_id, false, l.settled_minor, -1
      FROM run r
      JOIN pay_run_lot l ON l.node_id = node AND l.run_number = wanted
     WHERE r.kind = 'lapse' AND r.deferred_as <> 'points'
    UNION ALL
    SELECT s.run_number, s.party_id, true,
           s.paid_minor - coalesce((SELECT sum(l.settled_minor) FROM pay_run_lot l
                                     WHERE l.node_id = node AND l.run_number = wanted
                                       AND l.party_id = s.party_id), 0)::bigint, 1
      FROM run r
      JOIN pay_run_share s ON s.node_id = node AND s.run_number = wanted
     WHERE r.kind = 'settlement' AND r.grants
  ), weighed AS (
    SELECT a.claim_run, a.party_id, a.is_paid, a.minor, a.sign, c.number, c.cost_object_id,
           div(a.minor::numeric * c.weight, sum(c.weight) OVER parts) AS whole,
           mod(a.minor::numeric * c.weight, sum(c.weight) OVER parts) AS rest
      FROM amount a
      JOIN pay_run_cost c ON c.node_id = node AND c.run_number = a.claim_run AND c.party_id = a.party_id
    WINDOW parts AS (PARTITION BY a.claim_run, a.party_id, a.is_paid)
  ), part AS (
    SELECT w.cost_object_id, w.is_paid,
           w.sign * (w.whole + CASE WHEN row_number() OVER (of_amount ORDER BY w.rest DESC, w.number)
                                         <= w.minor - sum(w.whole) OVER of_amount THEN 1 ELSE 0 END) AS minor
      FROM weighed w
    WINDOW of_amount AS (PARTITION BY w.claim_run, w.party_id, w.is_paid)
    UNION ALL
    SELECT NULL, a.is_paid, sum(a.sign * a.minor)
      FROM amount a
     WHERE NOT EXISTS (SELECT FROM pay_run_cost c
                        WHERE c.node_id = node AND c.run_number = a.claim_run AND c.party_id = a.party_id)
     GROUP BY a.is_paid
  )
  SELECT coalesce(p.cost_object_id, CASE WHEN p.is_paid THEN r.cost_object_id END),
         CASE WHEN p.is_paid THEN r.fund_id END, sum(p.minor)
    FROM part p CROSS JOIN run r
   GROUP BY 1, 2
$$;

-- What is wrong with the mandate of a run: NULL if nothing is.
CREATE FUNCTION pay_run_mandate_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN r.unit_id <> m.unit_id THEN 'it is in the unit of its mandate'
    WHEN r.fund_id <> m.fund_id THEN 'it pays out of the fund of its mandate'
    WHEN r.booked_on NOT BETWEEN m.from_on AND m.until_on THEN 'it is booked in the time of its mandate'
    WHEN m.cost_object_id IS NOT NULL AND EXISTS (
           SELECT FROM pay_run_cost c
            WHERE c.node_id = node AND c.cost_object_id <> m.cost_object_id
              AND (c.run_number = r.number
                   OR EXISTS (SELECT FROM pay_run_lot l
                               WHERE l.node_id = node AND l.run_number = r.number
                                 AND l.claim_run = c.run_number AND l.party_id = c.party_id
                                 AND l.settled_minor > 0)))
      THEN 'it is for the cost object of its mandate'
    WHEN r.mandate_minor <> r.paid_minor
                            + coalesce((SELECT sum(p.amount_minor) FROM pay_run_pot p
                                         WHERE p.node_id = node AND p.run_number = r.number
                                           AND p.from_account_id IS NOT NULL), 0)
      THEN 'it draws what it takes from the fund'
    WHEN (r.mandate_minutes IS NULL) <> (m.months IS NULL) THEN 'hours are drawn as hours'
    WHEN r.mandate_minutes <> (
           SELECT coalesce(sum(div(2 * s.minutes::numeric * s.paid_minor + s.paid_minor + s.deferred_minor,
                                   2 * (s.paid_minor + s.deferred_minor)::numeric)), 0)
             FROM pay_run_share s
            WHERE s.node_id = node AND s.run_number = r.number AND s.paid_minor > 0)
      THEN 'it draws the hours that it pays'
    WHEN EXISTS (SELECT FROM spending_step s
           WHERE s.node_id = node AND s.mandate_number = m.number AND s.kind = 'recalled'
             AND (s.recorded_at < r.recorded_at
                  OR EXISTS (SELECT FROM pay_run_step p
                              WHERE p.node_id = node AND p.run_number = r.number
                                AND p.step IN ('approved', 'posted') AND p.recorded_at > s.recorded_at)))
      THEN 'its mandate was recalled'
    WHEN m.approvals > (SELECT count(*) FROM spending_step s
           WHERE s.node_id = node AND s.mandate_number = m.number AND s.kind = 'approved')
      THEN 'its mandate waits for approval'
    WHEN NOT is_within_mandate(node, m.number) THEN 'its mandate grants no more'
    END
    FROM pay_run r
    JOIN spending_mandate m ON m.node_id = node AND m.number = r.mandate_number
   WHERE r.node_id = node AND r.number = wanted
$$;

-- As before (0039), and the mandate.
CREATE OR REPLACE FUNCTION check_pay_run() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := coalesce(pay_run_fault(NEW.node_id, NEW.number),
                               pay_run_pots_fault(NEW.node_id, NEW.number),
                               pay_run_circle_fault(NEW.node_id, NEW.number),
                               pay_run_mandate_fault(NEW.node_id, NEW.number));
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- As before (0022), and the mandate.
CREATE OR REPLACE FUNCTION check_pay_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := coalesce(pay_step_fault(NEW.node_id, NEW.run_number),
                               pay_run_mandate_fault(NEW.node_id, NEW.run_number));
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.run_number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- ---------------------------------------------------------------- what such a run made payable

-- Whether an order pays a member what a run gave them and drew from a mandate: it needs none of its own.
CREATE FUNCTION is_drawn_by_run(of_node int, of_account int, of_party int, of_source text, of_minor bigint)
  RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
         SELECT FROM pay_run r
           JOIN pay_run_step p ON p.node_id = r.node_id AND p.run_number = r.number AND p.step = 'posted'
           JOIN pay_run_share s ON s.node_id = r.node_id AND s.run_number = r.number
            AND s.party_id = of_party
           LEFT JOIN pay_run_local_share l ON l.node_id = r.node_id AND l.run_number = r.number
            AND l.party_id = of_party
          WHERE r.node_id = of_node AND r.mandate_number IS NOT NULL AND r.payable_account_id = of_account
            AND r.number = CASE WHEN of_source ~ '^PR[1-9][0-9]{0,8}$' THEN substr(of_source, 3)::int END
            AND of_minor <= s.paid_minor - coalesce(l.minor, 0))
$$;

-- As before (0035), but what a run drew from a mandate needs none.
CREATE OR REPLACE FUNCTION order_without_mandate(node int, disbursement int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH asked AS (
    SELECT o.number, o.amount_minor, o.party_id, p.iban, d.counts_together,
           spending_rule_on(o.node_id, 'mandate', a.unit_id, f.id, d.ruled_on, d.rules) AS rule
      FROM disbursement_order o
      JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
      JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
      LEFT JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
      LEFT JOIN disbursement_payee p ON p.node_id = o.node_id AND p.order_number = o.number
            AND p.disbursement_number = o.disbursement_number
     WHERE o.node_id = node AND o.disbursement_number = disbursement
       AND (o.purpose <> 'refund' OR a.type <> 'liability' OR o.party_id IS NULL)
       AND NOT is_drawn_by_run(o.node_id, o.account_id, o.party_id, o.source, o.amount_minor)
  ), counted AS (
    SELECT x.number, x.rule,
           CASE WHEN x.counts_together
                THEN greatest(x.amount_minor,
                              sum(x.amount_minor) FILTER (WHERE x.party_id IS NOT NULL)
                                OVER (PARTITION BY x.rule, x.party_id),
                              sum(x.amount_minor) FILTER (WHERE x.iban IS NOT NULL)
                                OVER (PARTITION BY x.rule, x.iban))
                ELSE x.amount_minor END AS minor
      FROM asked x
  )
  SELECT min(c.number)
    FROM counted c
    JOIN spending_rule r ON r.node_id = node AND r.number = c.rule
   WHERE c.minor >= r.needed_from_minor
     AND NOT EXISTS (SELECT FROM order_mandate x
           WHERE (x.node_id, x.disbursement_number, x.order_number) = (node, disbursement, c.number))
$$;

-- ---------------------------------------------------------------- what will still be spent

-- As before (0025), and what runs draw: the mandate's less, and theirs until their entries are booked.
CREATE OR REPLACE FUNCTION spending_commitments(node int, viewed_on date, known_by timestamptz,
    last_entry bigint)
  RETURNS TABLE (kind text, fund_id int, cost_object_id int, unit_id int, begins_on date, ends_on date,
                 minor bigint) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH draw AS (
    SELECT m.number AS mandate, m.fund_id, m.cost_object_id, m.unit_id, d.on_day, d.amount_minor AS minor,
           EXISTS (SELECT FROM entry e
                    WHERE e.node_id = node AND e.number = coalesce(d.entry_number, p.entry_number)
                      AND e.number <= last_entry AND e.booked_on <= viewed_on
                      AND NOT EXISTS (SELECT FROM entry r
                            WHERE r.node_id = node AND r.reverses = e.number AND r.number <= last_entry
                              AND r.booked_on <= viewed_on)) AS is_booked
      FROM spending_mandate m
      JOIN spending_step d ON d.node_id = m.node_id AND d.mandate_number = m.number AND d.kind = 'drawn'
      LEFT JOIN spending_step p ON p.node_id = d.node_id AND p.mandate_number = d.mandate_number
            AND p.draw = d.number AND p.kind = 'paid' AND p.recorded_at <= known_by
     WHERE m.node_id = node AND d.recorded_at <= known_by AND d.on_day <= viewed_on
       AND NOT EXISTS (SELECT FROM spending_step b
             WHERE b.node_id = node AND b.mandate_number = m.number AND b.draw = d.number
               AND b.kind = 'taken_back' AND b.recorded_at <= known_by AND b.on_day <= viewed_on)
  ), told AS (
    SELECT b.disbursement_number, b.order_number, b.made
      FROM bank_match_part b
      JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
      JOIN entry e ON e.node_id = b.node_id AND e.number = b.entry_number
     WHERE b.node_id = node AND b.made IN ('order', 'order_return') AND e.number <= last_entry
       AND e.booked_on <= viewed_on
  ), ordered AS (
    SELECT o.disbursement_number, o.number, o.amount_minor AS minor, d.requested_on,
           x.mandate_number AS mandate, f.id AS fund_id, c.id AS cost_object_id, a.unit_id,
           a.type = 'expense' OR a.type = 'liability' AND is_held_fund(node, f.id) AS costs_the_fund
      FROM disbursement_order o
      JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
      JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
      LEFT JOIN order_mandate x ON x.node_id = o.node_id AND x.disbursement_number = o.disbursement_number
            AND x.order_number = o.number
      LEFT JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
      LEFT JOIN dimension c ON c.node_id = o.node_id AND c.kind = 'cost_object' AND c.code = o.cost_object
     WHERE o.node_id = node AND d.recorded_at <= known_by
       AND coalesce(d.ruled_on, day_at_node(node, d.recorded_at)) <= viewed_on
       AND NOT EXISTS (SELECT FROM disbursement_step s
             WHERE s.node_id = node AND s.disbursement_number = o.disbursement_number
               AND (s.kind = 'cancelled' OR s.kind = 'left_out' AND s.order_number = o.number)
               AND s.recorded_at <= known_by AND day_at_node(node, s.recorded_at) <= viewed_on)
       AND (SELECT count(DISTINCT s.recorded_by) FROM disbursement_step s
             WHERE s.node_id = node AND s.disbursement_number = o.disbursement_number
               AND s.kind = 'not_taken' AND coalesce(s.order_number, o.number) = o.number
               AND s.recorded_at <= known_by AND day_at_node(node, s.recorded_at) <= viewed_on) < 2
  ), run AS (
    SELECT m.number AS mandate, m.fund_id, m.cost_object_id, m.unit_id, r.booked_on, r.mandate_minor AS minor,
           EXISTS (SELECT FROM pay_run_step s
                     JOIN entry e ON e.node_id = node AND e.number = s.first_entry
                    WHERE s.node_id = node AND s.run_number = r.number AND s.step = 'posted'
                      AND e.number <= last_entry AND e.booked_on <= viewed_on
                      AND NOT EXISTS (SELECT FROM entry x
                            WHERE x.node_id = node AND x.reverses = e.number AND x.number <= last_entry
                              AND x.booked_on <= viewed_on)) AS is_booked
      FROM spending_mandate m
      JOIN pay_run r ON r.node_id = m.node_id AND r.mandate_number = m.number
     WHERE m.node_id = node AND r.recorded_at <= known_by
       AND least(r.booked_on, day_at_node(node, r.recorded_at)) <= viewed_on
       AND NOT EXISTS (SELECT FROM pay_run_step s
             WHERE s.node_id = node AND s.run_number = r.number AND s.step IN ('cancelled', 'undone')
               AND s.recorded_at <= known_by AND day_at_node(node, s.recorded_at) <= viewed_on)
  )
  SELECT 'mandate', m.fund_id, m.cost_object_id, m.unit_id, m.from_on, m.until_on,
         (m.amount_minor - coalesce((SELECT sum(d.minor) FROM draw d WHERE d.mandate = m.number), 0)
          - coalesce((SELECT sum(o.minor) FROM ordered o
                       WHERE o.mandate = m.number
                         AND NOT EXISTS (SELECT FROM told t
                               WHERE t.disbursement_number = o.disbursement_number
                                 AND t.order_number = o.number AND t.made = 'order_return')), 0)
          - coalesce((SELECT sum(r.minor) FROM run r WHERE r.mandate = m.number), 0))::bigint
    FROM spending_mandate m
   WHERE m.node_id = node AND m.recorded_at <= known_by AND m.until_on >= viewed_on
     AND coalesce(m.ruled_on, day_at_node(node, m.recorded_at)) <= viewed_on
     AND NOT EXISTS (SELECT FROM spending_step r
           WHERE r.node_id = node AND r.mandate_number = m.number AND r.kind = 'recalled'
             AND r.recorded_at <= known_by AND r.on_day <= viewed_on)
  UNION ALL
  SELECT 'round', r.fund_id, NULL, r.unit_id, r.from_on, r.until_on, r.pot_minor
    FROM allocation_round r
   WHERE r.node_id = node AND r.recorded_at <= known_by
     AND day_at_node(node, r.recorded_at) <= viewed_on
     AND NOT EXISTS (SELECT FROM allocation_step c
           WHERE c.node_id = node AND c.round = r.number AND c.kind IN ('closed', 'given_up')
             AND c.recorded_at <= known_by AND day_at_node(node, c.recorded_at) <= viewed_on)
  UNION ALL
  SELECT 'draw', d.fund_id, d.cost_object_id, d.unit_id, d.on_day, d.on_day, d.minor
    FROM draw d WHERE NOT d.is_booked
  UNION ALL
  SELECT 'run', r.fund_id, r.cost_object_id, r.unit_id, r.booked_on, r.booked_on, r.minor
    FROM run r WHERE NOT r.is_booked AND r.minor > 0
  UNION ALL
  SELECT 'order', o.fund_id, o.cost_object_id, o.unit_id, o.requested_on, o.requested_on, o.minor
    FROM ordered o
   WHERE o.costs_the_fund
     AND NOT EXISTS (SELECT FROM told t
           WHERE t.disbursement_number = o.disbursement_number AND t.order_number = o.number
             AND t.made = 'order')
$$;
