-- Money is given back on a day on which it was paid ahead, and not used since.

-- The first day, from that of a refund on, on which its debtor had paid less ahead than it gives back, by
-- what was recorded before it; NULL if there is none, or if it was returned.
CREATE FUNCTION refund_short_on(of_node int, wanted bigint) RETURNS date LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH refund AS (
    SELECT p.unit_id, p.received_on, p.entry_number, s.debtor_id
      FROM payment p
      JOIN payment_share s ON s.node_id = p.node_id AND s.payment_number = p.number
     WHERE p.node_id = of_node AND p.number = wanted AND p.kind = 'refund'
       AND NOT EXISTS (SELECT FROM payment_return v
             WHERE v.node_id = p.node_id AND v.payment_number = p.number)
  ), owed AS (
    SELECT f.debtor_id, c.period_first + make_interval(months => c.part - 1) AS day,
           c.gross_minor - c.waived_minor AS minor
      FROM refund f
      JOIN charge c ON c.node_id = of_node AND c.debtor_id = f.debtor_id AND c.unit_id = f.unit_id
       AND c.entry_number < f.entry_number
    UNION ALL
    SELECT f.debtor_id, v.reversed_on, c.waived_minor - c.gross_minor
      FROM refund f
      JOIN charge c ON c.node_id = of_node AND c.debtor_id = f.debtor_id AND c.unit_id = f.unit_id
      JOIN charge_reversal v ON v.node_id = of_node AND v.charge_number = c.number
       AND v.entry_number < f.entry_number
    UNION ALL
    SELECT f.debtor_id, p.received_on, CASE p.kind WHEN 'refund' THEN s.amount_minor ELSE -s.amount_minor END
      FROM refund f
      JOIN payment_share s ON s.node_id = of_node AND s.debtor_id = f.debtor_id
      JOIN payment p ON p.node_id = of_node AND p.number = s.payment_number AND p.unit_id = f.unit_id
       AND p.entry_number <= f.entry_number
    UNION ALL
    SELECT f.debtor_id, v.returned_on, CASE p.kind WHEN 'refund' THEN -s.amount_minor ELSE s.amount_minor END
      FROM refund f
      JOIN payment_share s ON s.node_id = of_node AND s.debtor_id = f.debtor_id
      JOIN payment p ON p.node_id = of_node AND p.number = s.payment_number AND p.unit_id = f.unit_id
      JOIN payment_return v ON v.node_id = of_node AND v.payment_number = p.number
       AND v.entry_number < f.entry_number
  ), until_then AS (
    SELECT o.day, sum(sum(o.minor)) OVER (PARTITION BY o.debtor_id ORDER BY o.day) AS minor
      FROM owed o
     GROUP BY o.debtor_id, o.day
  )
  SELECT min(u.day)::date
    FROM until_then u
   WHERE u.minor > 0 AND u.day >= (SELECT min(f.received_on) FROM refund f)
$$;

CREATE OR REPLACE FUNCTION check_payment() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.amount_minor IS DISTINCT FROM (SELECT sum(s.amount_minor) FROM payment_share s
       WHERE s.node_id = NEW.node_id AND s.payment_number = NEW.number) THEN
    RAISE EXCEPTION 'the shares of payment % of node % do not add up to it', NEW.number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.kind = 'refund' AND refund_short_on(NEW.node_id, NEW.number) IS NOT NULL THEN
    RAISE EXCEPTION 'payment % gives back what was not paid ahead on %', NEW.number,
      refund_short_on(NEW.node_id, NEW.number) USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
