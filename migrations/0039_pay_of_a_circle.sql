-- A run of wages may be of one circle: only hours for that circle are collected, since circles adopt rules of
-- their own.

ALTER TABLE pay_run ADD COLUMN circle_id int,
  ADD FOREIGN KEY (node_id, circle_id) REFERENCES circle,
  ADD CONSTRAINT a_circle_is_of_wages CHECK (circle_id IS NULL OR kind = 'wages');
COMMENT ON COLUMN pay_run.circle_id IS 'Only hours for this circle were collected. Nothing: for any.';

-- What is wrong with the circle of a run: NULL if nothing is.
CREATE FUNCTION pay_run_circle_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp SET enable_hashjoin = on SET enable_seqscan = on AS $$
  SELECT 'it has hours for another circle'
    FROM pay_run r
   WHERE r.node_id = node AND r.number = wanted AND r.circle_id IS NOT NULL
     AND EXISTS (SELECT FROM (SELECT unnest(s.hours) AS number
                                FROM pay_run_share s
                               WHERE s.node_id = node AND s.run_number = wanted) x
                   JOIN work_hours h ON h.number = x.number
                  WHERE h.node_id = node AND h.circle_id <> r.circle_id)
$$;

-- As before (0031), and the circle.
CREATE OR REPLACE FUNCTION check_pay_run() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := coalesce(pay_run_fault(NEW.node_id, NEW.number),
                               pay_run_pots_fault(NEW.node_id, NEW.number),
                               pay_run_circle_fault(NEW.node_id, NEW.number));
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
