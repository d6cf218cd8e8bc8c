-- Buffers of funds that are worked out from the books, and promises of a fund that the schema judges as
-- well: nothing is granted, allocated, ordered or drawn that leaves less than the buffer. And hours that
-- wait, found without going through all.

ALTER TABLE fund_buffer
  ALTER COLUMN amount_minor DROP NOT NULL,
  ADD COLUMN flow             text CHECK (flow IN ('expense', 'income')),
  ADD COLUMN whose            text CHECK (whose IN ('node', 'fund')),
  ADD COLUMN account          text CHECK (length(account) BETWEEN 1 AND 255),
  ADD COLUMN over_months      int  CHECK (over_months BETWEEN 1 AND 120),
  ADD COLUMN keep_months      int  CHECK (keep_months BETWEEN 1 AND 120),
  ADD COLUMN share_millionths int  CHECK (share_millionths BETWEEN 1 AND 10000000),
  ADD CONSTRAINT measure_is_set_or_worked_out CHECK (
    CASE WHEN amount_minor IS NOT NULL
         THEN num_nonnulls(flow, whose, account, over_months, keep_months, share_millionths) = 0
         ELSE num_nonnulls(flow, whose, over_months) = 3 AND num_nonnulls(keep_months, share_millionths) = 1
    END);
COMMENT ON COLUMN fund_buffer.amount_minor IS 'NULL: worked out from the books.';
COMMENT ON COLUMN fund_buffer.flow IS 'What is added up over the last over_months whole months: what the '
  'node or the fund (whose) spent or took in, all of it or in one account and those below it. What stays is '
  'keep_months of the average month, or share_millionths of the sum.';

-- What the measures of a fund's terms come to on a day, as the books stood with an entry. found_minor is what
-- was added up. Money of others is no part of what the node spent or took in.
CREATE FUNCTION buffer_measures(of_node int, of_fund int, of_term int, viewed_on date, last_entry bigint)
  RETURNS TABLE (line int, from_on date, until_on date, found_minor bigint, minor bigint)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT b.line, w.from_on, w.until_on, f.minor::bigint,
         coalesce(b.amount_minor,
                  greatest(0, round(f.minor * coalesce(b.keep_months, b.share_millionths)
                                    / CASE WHEN b.keep_months IS NULL THEN 1000000 ELSE b.over_months END
                                   ))::bigint)
    FROM fund_buffer b
    JOIN fund_term t ON (t.node_id, t.fund_id, t.number) = (b.node_id, b.fund_id, b.term)
   CROSS JOIN LATERAL (
         SELECT (date_trunc('month', viewed_on::timestamp) - make_interval(months => b.over_months))::date
                  AS from_on,
                CASE WHEN b.flow IS NOT NULL
                     THEN (date_trunc('month', viewed_on::timestamp) - interval '1 day')::date END AS until_on
         ) w
   CROSS JOIN LATERAL (
         SELECT CASE b.flow WHEN 'income' THEN -coalesce(sum(x.minor), 0) ELSE coalesce(sum(x.minor), 0) END
                  AS minor
           FROM (SELECT p.amount_minor::numeric AS minor
                   FROM account a
                   JOIN posting p ON p.node_id = a.node_id AND p.account_id = a.id
                    AND p.booked_on BETWEEN w.from_on AND w.until_on AND p.entry_number <= last_entry
                  WHERE b.whose = 'node' AND a.node_id = of_node AND a.type = b.flow AND a.unit_id = t.unit_id
                    AND (b.account IS NULL OR a.path = b.account OR starts_with(a.path, b.account || ':'))
                    AND (p.fund_id IS NULL OR NOT is_held_fund(of_node, p.fund_id))
                  UNION ALL
                 SELECT p.amount_minor
                   FROM posting p
                   JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
                  WHERE b.whose = 'fund' AND p.node_id = of_node AND p.fund_id = of_fund
                    AND p.booked_on BETWEEN w.from_on AND w.until_on AND p.entry_number <= last_entry
                    AND a.type = b.flow AND a.unit_id = t.unit_id
                    AND (b.account IS NULL OR a.path = b.account OR starts_with(a.path, b.account || ':'))
                ) x
         ) f
   WHERE (b.node_id, b.fund_id, b.term) = (of_node, of_fund, of_term)
   ORDER BY b.line
$$;

-- ---------------------------------------------------------------- nothing is promised below the buffer

-- What is free of a fund on a day, by all that is known; NULL if it has no terms then.
CREATE FUNCTION free_of_fund(of_node int, of_fund int, viewed_on date) RETURNS bigint LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT (coalesce((SELECT -sum(p.amount_minor)
                      FROM posting p
                      JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
                     WHERE p.node_id = of_node AND p.fund_id = of_fund AND p.booked_on <= viewed_on
                       AND a.unit_id = t.unit_id
                       AND (a.type IN ('income', 'expense', 'equity')
                            OR a.type = 'liability' AND is_held_fund(of_node, of_fund))), 0)
          - coalesce((SELECT max(m.minor)
                        FROM buffer_measures(of_node, of_fund, t.number, viewed_on, 9223372036854775807) m),
                     0)
          - coalesce((SELECT sum(c.minor)
                        FROM spending_commitments(of_node, viewed_on, 'infinity', 9223372036854775807) c
                       WHERE c.fund_id = of_fund AND c.unit_id = t.unit_id), 0))::bigint
    FROM fund_term t
   WHERE t.node_id = of_node AND t.fund_id = of_fund AND t.from_on <= viewed_on
   ORDER BY t.from_on DESC, t.number DESC
   LIMIT 1
$$;

-- True if a fund has less than its buffer at the instant at which something is promised of it. Books that are
-- restored are not judged again: by then the fund stands where all that came later has left it. They are told
-- by their node, which the same database transaction has made.
CREATE FUNCTION is_below_buffer(of_node int, of_fund int, at_instant timestamptz) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT n.xmin <> pg_current_xact_id()::xid
         AND coalesce(free_of_fund(of_node, of_fund, day_at_node(of_node, at_instant)) < 0, false)
    FROM node n WHERE n.id = of_node
$$;

CREATE FUNCTION refuse_below_buffer(of_node int, of_fund int, what text) RETURNS void LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% of node %: the fund % has less than its buffer', what, of_node,
    (SELECT d.code FROM dimension d WHERE (d.node_id, d.id) = (of_node, of_fund))
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION check_buffer_of_promise() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF is_below_buffer(NEW.node_id, NEW.fund_id, NEW.recorded_at) THEN
    PERFORM refuse_below_buffer(NEW.node_id, NEW.fund_id, format('%s %s', TG_ARGV[0], NEW.number));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER leaves_the_buffer AFTER INSERT ON spending_mandate
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_buffer_of_promise('spending mandate');
CREATE CONSTRAINT TRIGGER round_leaves_the_buffer AFTER INSERT ON allocation_round
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_buffer_of_promise('round');

-- An order that no mandate bears, and that costs the fund: what settles a debt of ours was spent before.
CREATE FUNCTION check_buffer_of_orders() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE below int;
BEGIN
  SELECT min(x.fund_id) INTO below
    FROM (SELECT DISTINCT f.id AS fund_id
            FROM disbursement_order o
            JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
            JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
            JOIN fund_term t ON t.node_id = o.node_id AND t.fund_id = f.id AND t.unit_id = a.unit_id
           WHERE (o.node_id, o.disbursement_number) = (NEW.node_id, NEW.number)
             AND (a.type = 'expense' OR a.type = 'liability' AND is_held_fund(o.node_id, f.id))
             AND NOT EXISTS (SELECT FROM order_mandate m
                   WHERE (m.node_id, m.disbursement_number, m.order_number)
                         = (o.node_id, o.disbursement_number, o.number))
          OFFSET 0) x
   WHERE is_below_buffer(NEW.node_id, x.fund_id, NEW.recorded_at);
  IF below IS NOT NULL THEN
    PERFORM refuse_below_buffer(NEW.node_id, below, format('disbursement %s', NEW.number));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER orders_leave_the_buffer AFTER INSERT ON disbursement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_buffer_of_orders();

-- For a mandate whose time is over nothing is set aside any more: what is drawn on it, and no entry spends,
-- is taken from what is free.
CREATE FUNCTION check_buffer_of_draw() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE m record;
BEGIN
  IF NEW.kind <> 'drawn' OR NEW.entry_number IS NOT NULL THEN RETURN NULL; END IF;
  SELECT x.fund_id, x.until_on INTO m FROM spending_mandate x
   WHERE (x.node_id, x.number) = (NEW.node_id, NEW.mandate_number);
  IF m.until_on < day_at_node(NEW.node_id, NEW.recorded_at)
     AND is_below_buffer(NEW.node_id, m.fund_id, NEW.recorded_at) THEN
    PERFORM refuse_below_buffer(NEW.node_id, m.fund_id, format('a draw on mandate %s', NEW.mandate_number));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER draw_leaves_the_buffer AFTER INSERT ON spending_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_buffer_of_draw();

-- ---------------------------------------------------------------- hours that wait for a decision

CREATE TABLE open_hours (
  node_id      int NOT NULL,
  hours_number int NOT NULL,
  PRIMARY KEY (node_id, hours_number),
  FOREIGN KEY (node_id, hours_number) REFERENCES work_hours
);
COMMENT ON TABLE open_hours IS 'Derived: the hours that have no step yet, so that those that wait are found '
  'without going through all. Kept by triggers alone.';

-- With the rights of the schema's owner: the service may only read the table.
CREATE FUNCTION keep_open_hours() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_ARGV[0] = 'submitted' THEN
    INSERT INTO open_hours (node_id, hours_number) SELECT a.node_id, a.number FROM added a;
  ELSE
    DELETE FROM open_hours o USING added a
     WHERE (o.node_id, o.hours_number) = (a.node_id, a.hours_number);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_open_hours() FROM PUBLIC;
CREATE TRIGGER wait_for_a_decision AFTER INSERT ON work_hours REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_open_hours('submitted');
CREATE TRIGGER wait_no_more AFTER INSERT ON work_hours_step REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_open_hours('decided');

INSERT INTO open_hours (node_id, hours_number)
SELECT h.node_id, h.number FROM work_hours h
 WHERE NOT EXISTS (SELECT FROM work_hours_step s
                    WHERE s.node_id = h.node_id AND s.hours_number = h.number);

GRANT SELECT ON open_hours TO coopledger_service;
