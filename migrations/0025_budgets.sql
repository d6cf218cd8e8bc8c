-- From which amount who must agree, and which orders of payment spend which mandate. Everything is only
-- added; what counted for a mandate or a proposal is kept with it as the number of the last rule of its day.

-- ---------------------------------------------------------------- from which amount who must agree

CREATE TABLE spending_rule (
  node_id           int         NOT NULL REFERENCES node,
  number            int         NOT NULL CHECK (number > 0),
  kind              text        NOT NULL CHECK (kind IN ('approvals', 'mandate', 'authority')),
  from_on           date        NOT NULL,
  unit_id           int         NOT NULL REFERENCES unit,
  fund_id           int,
  one_from_minor    bigint      CHECK (one_from_minor >= 0),
  two_from_minor    bigint      CHECK (two_from_minor >= 0),
  needed_from_minor bigint      CHECK (needed_from_minor >= 0),
  body              text        CHECK (length(body) BETWEEN 1 AND 200),
  level             text        CHECK (level IN ('node', 'federation')),
  up_to_minor       bigint      CHECK (up_to_minor >= 0),
  decision          text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  CONSTRAINT rule_is_whole CHECK (
    (kind = 'approvals' OR num_nonnulls(one_from_minor, two_from_minor) = 0)
    AND (one_from_minor IS NULL OR two_from_minor IS NULL OR one_from_minor <= two_from_minor)
    AND (kind = 'mandate' OR needed_from_minor IS NULL)
    AND (num_nonnulls(body, level) = CASE kind WHEN 'authority' THEN 2 ELSE 0 END)
    AND (kind = 'authority' OR up_to_minor IS NULL))
);
COMMENT ON TABLE  spending_rule IS 'From a day on, by a decision: how many others approve from which amount, '
  'from which amount an order names a mandate, up to which amount a body grants. Of several the one with the '
  'latest day counts, of one day the last recorded; what is said of a fund goes before what is said of all.';
COMMENT ON COLUMN spending_rule.one_from_minor IS 'From here on one other person approves, from '
  'two_from_minor on two. NULL: never. What leaves the bank is approved by at least one.';
COMMENT ON COLUMN spending_rule.up_to_minor IS 'NULL: any amount.';
CALL make_append_only('spending_rule');

CREATE FUNCTION check_spending_rule() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.fund_id IS NOT NULL AND NOT is_dimension(NEW.node_id, NEW.fund_id, 'fund')
     OR NEW.number > 1 AND NOT EXISTS (SELECT FROM spending_rule r
              WHERE (r.node_id, r.number) = (NEW.node_id, NEW.number - 1)) THEN
    RAISE EXCEPTION 'spending rule % of node %: it is of a fund, and follows on another', NEW.number,
      NEW.node_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON spending_rule
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_spending_rule();

-- The rule of a kind that counts on a day, of those up to a number: the fund's own, or that of all funds.
CREATE FUNCTION spending_rule_on(node int, wanted text, unit int, fund int, day date, known int) RETURNS int
  LANGUAGE sql STABLE AS $$
  SELECT r.number FROM spending_rule r
   WHERE (r.node_id, r.kind, r.unit_id) = (node, wanted, unit) AND r.from_on <= day AND r.number <= known
     AND (r.fund_id IS NULL OR r.fund_id = fund)
   ORDER BY r.fund_id IS NULL, r.from_on DESC, r.number DESC
   LIMIT 1
$$;

-- The day of an instant where the node is.
CREATE FUNCTION day_at_node(node int, instant timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (instant AT TIME ZONE n.time_zone)::date FROM node n WHERE n.id = node
$$;

-- ---------------------------------------------------------------- mandates that wait for others

ALTER TABLE spending_mandate
  ADD COLUMN rules     int NOT NULL DEFAULT 0 CHECK (rules >= 0),
  ADD COLUMN approvals int NOT NULL DEFAULT 0 CHECK (approvals BETWEEN 0 AND 2),
  ADD COLUMN ruled_on  date,
  ADD CONSTRAINT ruled_on_its_day CHECK ((ruled_on IS NOT NULL OR rules = 0)
    AND abs(ruled_on - (recorded_at AT TIME ZONE 'UTC')::date) <= 1);
COMMENT ON COLUMN spending_mandate.rules IS 'How many spending rules there were when it was granted.';
COMMENT ON COLUMN spending_mandate.ruled_on IS 'The day of it where the node was, by whose rules it is '
  'judged: kept, since a node may change its time zone. NULL: there were no rules.';
COMMENT ON COLUMN spending_mandate.approvals IS 'How many others approve before anything is drawn.';

ALTER TABLE spending_step
  DROP CONSTRAINT spending_step_kind_check,
  DROP CONSTRAINT step_is_whole,
  ADD CONSTRAINT spending_step_kind_check CHECK (kind IN ('drawn', 'paid', 'taken_back', 'recalled',
    'approved')),
  ADD CONSTRAINT step_is_whole CHECK (
    (amount_minor IS NOT NULL) = (kind = 'drawn')
    AND (kind = 'drawn' OR num_nonnulls(minutes, party_id) = 0)
    AND (draw IS NOT NULL) = (kind IN ('paid', 'taken_back'))
    AND CASE kind WHEN 'drawn' THEN true WHEN 'paid' THEN entry_number IS NOT NULL
                  ELSE entry_number IS NULL END
    AND CASE kind WHEN 'drawn' THEN true WHEN 'paid' THEN words IS NULL WHEN 'approved' THEN words IS NULL
                  ELSE words IS NOT NULL END
    AND (kind <> 'approved' OR recorded_by IS NOT NULL));
CREATE UNIQUE INDEX each_approves_a_mandate_once ON spending_step (node_id, mandate_number, recorded_by)
  WHERE kind = 'approved';

-- ---------------------------------------------------------------- orders that spend a mandate

ALTER TABLE disbursement
  ADD COLUMN rules     int NOT NULL DEFAULT 0 CHECK (rules >= 0),
  ADD COLUMN approvals int NOT NULL DEFAULT 2 CHECK (approvals BETWEEN 1 AND 2),
  ADD COLUMN ruled_on  date,
  ADD CONSTRAINT ruled_on_its_day CHECK ((ruled_on IS NOT NULL OR rules = 0)
    AND abs(ruled_on - (recorded_at AT TIME ZONE 'UTC')::date) <= 1);
COMMENT ON COLUMN disbursement.rules IS 'How many spending rules there were when it was proposed.';
COMMENT ON COLUMN disbursement.ruled_on IS 'As of a spending mandate: the day by whose rules it is judged.';
COMMENT ON COLUMN disbursement.approvals IS 'How many others approve before the file is made.';

CREATE TABLE order_mandate (
  node_id             int NOT NULL,
  disbursement_number int NOT NULL,
  order_number        int NOT NULL,
  mandate_number      int NOT NULL,
  minutes             int CHECK (minutes > 0),
  PRIMARY KEY (node_id, disbursement_number, order_number),
  FOREIGN KEY (node_id, disbursement_number, order_number) REFERENCES disbursement_order,
  FOREIGN KEY (node_id, mandate_number) REFERENCES spending_mandate
);
CREATE INDEX order_mandate_by_mandate ON order_mandate (node_id, mandate_number);
COMMENT ON TABLE  order_mandate IS 'The spending mandate that an order spends: set aside from the proposal '
  'on, drawn when the bank has paid it, given back when it is not paid or comes back.';
COMMENT ON COLUMN order_mandate.minutes IS 'Of a mandate that grants hours.';
CALL make_append_only('order_mandate');

-- Orders of a mandate that are open or paid: not left out, cancelled, not taken by the bank or come back.
CREATE FUNCTION live_orders_of_mandate(node int, mandate int) RETURNS TABLE (disbursement int, order_number
  int, minor bigint, minutes int, entry bigint) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT o.disbursement_number, o.number, o.amount_minor, x.minutes, p.entry_number
    FROM order_mandate x
    JOIN disbursement_order o ON o.node_id = x.node_id AND o.disbursement_number = x.disbursement_number
     AND o.number = x.order_number
    LEFT JOIN LATERAL (
         SELECT b.entry_number FROM bank_match_part b
           JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
          WHERE b.node_id = o.node_id AND b.disbursement_number = o.disbursement_number
            AND b.order_number = o.number AND b.made = 'order') p ON true
   WHERE x.node_id = node AND x.mandate_number = mandate
     AND NOT EXISTS (SELECT FROM disbursement_step s
           WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
             AND (s.kind = 'cancelled' OR s.kind = 'left_out' AND s.order_number = o.number))
     AND NOT is_rejected_order(o.node_id, o.disbursement_number, o.number)
     AND NOT EXISTS (SELECT FROM bank_match_part b
           JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
          WHERE b.node_id = o.node_id AND b.disbursement_number = o.disbursement_number
            AND b.order_number = o.number AND b.made = 'order_return')
$$;

-- True if no more is drawn and ordered of a mandate than it grants.
CREATE FUNCTION is_within_mandate(node int, mandate int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT coalesce(d.minor, 0) + coalesce(o.minor, 0) <= m.amount_minor
         AND (m.months IS NULL OR coalesce(d.minutes, 0) + coalesce(o.minutes, 0)
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
   WHERE (m.node_id, m.number) = (node, mandate)
$$;

-- What came back is the mandate's again; undoing that takes it off once more, if it is still there.
CREATE FUNCTION check_undone_return() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT NEW.live AND EXISTS (
       SELECT FROM bank_match_part p
         JOIN order_mandate x ON x.node_id = p.node_id AND x.disbursement_number = p.disbursement_number
          AND x.order_number = p.order_number
        WHERE (p.node_id, p.match_number, p.made) = (NEW.node_id, NEW.number, 'order_return')
          AND NOT is_within_mandate(x.node_id, x.mandate_number)) THEN
    RAISE EXCEPTION 'match % of node %: the mandate of what came back grants no more', NEW.number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER stays_within_mandate AFTER UPDATE ON bank_match
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_undone_return();

CREATE FUNCTION check_order_mandate() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  SELECT CASE
    WHEN a.unit_id <> m.unit_id THEN 'it is in the unit of its mandate'
    WHEN f.id IS DISTINCT FROM m.fund_id THEN 'it is about the fund of its mandate'
    WHEN m.cost_object_id IS NOT NULL AND c.id IS DISTINCT FROM m.cost_object_id
      THEN 'it is about the cost object of its mandate'
    WHEN d.requested_on NOT BETWEEN m.from_on AND m.until_on THEN 'it is paid in the time of its mandate'
    WHEN (NEW.minutes IS NULL) <> (m.months IS NULL) THEN 'hours are ordered as hours'
    WHEN EXISTS (SELECT FROM spending_step s
           WHERE s.node_id = m.node_id AND s.mandate_number = m.number AND s.kind = 'recalled'
             AND s.recorded_at < d.recorded_at) THEN 'its mandate was recalled'
    WHEN m.approvals > (SELECT count(*) FROM spending_step s
           WHERE s.node_id = m.node_id AND s.mandate_number = m.number AND s.kind = 'approved')
      THEN 'its mandate waits for approval'
    WHEN NOT is_within_mandate(m.node_id, m.number) THEN 'its mandate grants no more'
    END INTO fault
    FROM disbursement_order o
    JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
    JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
    JOIN spending_mandate m ON m.node_id = o.node_id AND m.number = NEW.mandate_number
    LEFT JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
    LEFT JOIN dimension c ON c.node_id = o.node_id AND c.kind = 'cost_object' AND c.code = o.cost_object
   WHERE (o.node_id, o.disbursement_number, o.number)
         = (NEW.node_id, NEW.disbursement_number, NEW.order_number);
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'order % of disbursement %: %', NEW.order_number, NEW.disbursement_number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER spends_it AFTER INSERT ON order_mandate
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_order_mandate();

-- How many others approve a proposal: by the rule of each fund what is ordered of it, by the rule of all what
-- is ordered beside; two, where there is no rule.
CREATE FUNCTION approvals_of_proposal(node int, disbursement int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT max(CASE WHEN r.number IS NULL OR s.minor >= r.two_from_minor THEN 2 ELSE 1 END)
    FROM (SELECT spending_rule_on(o.node_id, 'approvals', a.unit_id, f.id, d.ruled_on, d.rules) AS rule,
                 sum(o.amount_minor) AS minor
            FROM disbursement_order o
            JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
            JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
            LEFT JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
           WHERE o.node_id = node AND o.disbursement_number = disbursement
           GROUP BY 1) s
    LEFT JOIN spending_rule r ON r.node_id = node AND r.number = s.rule
$$;

-- An order that must name a mandate and names none, of a proposal; NULL if there is none. What a member is
-- owed and gets back names none: an expense is no refund.
CREATE FUNCTION order_without_mandate(node int, disbursement int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT min(o.number)
    FROM disbursement_order o
    JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
    JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
    LEFT JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
    JOIN spending_rule r ON r.node_id = o.node_id
     AND r.number = spending_rule_on(o.node_id, 'mandate', a.unit_id, f.id, d.ruled_on, d.rules)
   WHERE o.node_id = node AND o.disbursement_number = disbursement
     AND (o.purpose <> 'refund' OR a.type <> 'liability' OR o.party_id IS NULL)
     AND o.amount_minor >= r.needed_from_minor
     AND NOT EXISTS (SELECT FROM order_mandate x
           WHERE (x.node_id, x.disbursement_number, x.order_number)
                 = (o.node_id, o.disbursement_number, o.number))
$$;

-- True if a fund was indivisible on a day, as known at an instant.
CREATE FUNCTION is_indivisible_fund(node int, fund int, day date, known timestamptz) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT t.indivisible FROM fund_term t
                    WHERE t.node_id = node AND t.fund_id = fund AND t.from_on <= day
                      AND t.recorded_at <= known
                    ORDER BY t.from_on DESC, t.number DESC
                    LIMIT 1), false)
$$;

-- An order of a proposal that pays a member, or is a payout, out of an indivisible fund; NULL: there is none.
CREATE FUNCTION order_of_indivisible_fund(node int, disbursement int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT min(o.number)
    FROM disbursement_order o
    JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
    JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
   WHERE o.node_id = node AND o.disbursement_number = disbursement
     AND (o.purpose = 'payout' OR o.party_id IS NOT NULL)
     AND is_indivisible_fund(o.node_id, f.id, d.requested_on, d.recorded_at)
$$;

CREATE FUNCTION check_ruled_proposal() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN NEW.rules > (SELECT count(*) FROM spending_rule r WHERE r.node_id = NEW.node_id)
      THEN 'it was proposed by rules that there are'
    WHEN NEW.approvals <> approvals_of_proposal(NEW.node_id, NEW.number)
      THEN 'it is approved by as many as its rules say'
    WHEN order_without_mandate(NEW.node_id, NEW.number) IS NOT NULL THEN 'so much is paid on a mandate only'
    WHEN order_of_indivisible_fund(NEW.node_id, NEW.number) IS NOT NULL
      THEN 'nothing is paid out of an indivisible fund'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'disbursement % of node %: %', NEW.number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER as_ruled AFTER INSERT ON disbursement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ruled_proposal();

-- Which body grants how much: where one body's authority is told in a unit, those of others are told too.
CREATE FUNCTION exceeds_authority(node int, mandate int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM spending_rule r
           WHERE r.node_id = m.node_id AND r.kind = 'authority' AND r.unit_id = m.unit_id
             AND r.from_on <= m.ruled_on AND r.number <= m.rules
             AND (r.fund_id IS NULL OR r.fund_id = m.fund_id))
         AND NOT coalesce((SELECT m.amount_minor <= coalesce(r.up_to_minor, m.amount_minor)
               FROM spending_rule r
              WHERE r.node_id = m.node_id AND r.kind = 'authority' AND r.unit_id = m.unit_id
                AND r.from_on <= m.ruled_on AND r.number <= m.rules
                AND (r.fund_id IS NULL OR r.fund_id = m.fund_id)
                AND r.body = m.body AND r.level = m.level
              ORDER BY r.fund_id IS NULL, r.from_on DESC, r.number DESC
              LIMIT 1), false)
    FROM spending_mandate m
   WHERE (m.node_id, m.number) = (node, mandate)
$$;

-- How many others approve a mandate.
CREATE FUNCTION approvals_of_mandate(node int, mandate int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT CASE WHEN m.amount_minor >= r.two_from_minor THEN 2
                               WHEN m.amount_minor >= r.one_from_minor THEN 1 ELSE 0 END
                     FROM spending_rule r
                    WHERE r.node_id = m.node_id
                      AND r.number = spending_rule_on(m.node_id, 'approvals', m.unit_id, m.fund_id,
                                                      m.ruled_on, m.rules)), 0)
    FROM spending_mandate m
   WHERE (m.node_id, m.number) = (node, mandate)
$$;

CREATE FUNCTION check_ruled_mandate() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.rules > (SELECT count(*) FROM spending_rule r WHERE r.node_id = NEW.node_id)
     OR NEW.approvals <> approvals_of_mandate(NEW.node_id, NEW.number)
     OR exceeds_authority(NEW.node_id, NEW.number) THEN
    RAISE EXCEPTION 'spending mandate % is granted by who may, and approved by as many as its rules say',
      NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER as_ruled AFTER INSERT ON spending_mandate
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ruled_mandate();

-- True if the entry of a step is of a day on which its mandate lasts. One that is named later may be of a
-- later day, if the draw was recorded while the mandate lasted (a day more, wherever the node is).
CREATE FUNCTION spends_in_time(node int, mandate int, step int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT e.booked_on >= m.from_on
         AND (e.booked_on <= m.until_on
              OR coalesce((d.recorded_at AT TIME ZONE 'UTC')::date <= m.until_on + 1, false))
    FROM spending_step s
    JOIN spending_mandate m ON m.node_id = s.node_id AND m.number = s.mandate_number
    JOIN entry e ON e.node_id = s.node_id AND e.number = s.entry_number
    LEFT JOIN spending_step d ON d.node_id = s.node_id AND d.mandate_number = s.mandate_number
          AND d.number = s.draw
   WHERE (s.node_id, s.mandate_number, s.number) = (node, mandate, step)
$$;

-- A mandate is drawn on in its time, until it is recalled, and never beyond what it grants.
CREATE OR REPLACE FUNCTION check_spending_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE m record; s record; fault text; last int := 0; recalled boolean := false; drawn numeric := 0;
  hours numeric := 0; live int[] := '{}'; paid int[] := '{}'; approvers int[] := '{}';
BEGIN
  SELECT x.from_on, x.until_on, x.amount_minor, x.fund_id, x.unit_id, x.cost_object_id,
         x.approvals, x.recorded_by, x.minutes_a_month::bigint * x.months AS minutes
    INTO m FROM spending_mandate x
   WHERE (x.node_id, x.number) = (NEW.node_id, NEW.mandate_number);
  FOR s IN SELECT x.number, x.kind, x.on_day, x.draw, x.entry_number, x.amount_minor, x.minutes,
                  x.recorded_by,
                  d.amount_minor AS of_draw, d.minutes AS minutes_of_draw, d.entry_number AS entry_of_draw
             FROM spending_step x
             LEFT JOIN spending_step d ON (d.node_id, d.mandate_number, d.number)
                       = (x.node_id, x.mandate_number, x.draw)
            WHERE (x.node_id, x.mandate_number) = (NEW.node_id, NEW.mandate_number)
            ORDER BY x.number
  LOOP
    last := last + 1;
    IF s.kind = 'drawn' THEN
      drawn := drawn + s.amount_minor;
      hours := hours + coalesce(s.minutes, 0);
      live := live || s.number;
    END IF;
    fault := CASE
      WHEN s.number <> last THEN 'its steps have a gap'
      WHEN s.kind IN ('drawn', 'recalled', 'approved') AND recalled THEN 'it was recalled'
      WHEN s.kind = 'approved' AND (s.recorded_by = m.recorded_by OR s.recorded_by = ANY (approvers))
        THEN 'others approve it, each once'
      WHEN s.kind = 'approved' AND cardinality(approvers) >= m.approvals THEN 'no more approvals are needed'
      WHEN s.kind = 'drawn' AND cardinality(approvers) < m.approvals THEN 'it waits for approval'
      WHEN s.kind = 'drawn' AND s.on_day NOT BETWEEN m.from_on AND m.until_on THEN 'it is drawn in its time'
      WHEN s.kind = 'drawn' AND (s.minutes IS NULL) <> (m.minutes IS NULL) THEN 'hours are drawn as hours'
      WHEN drawn > m.amount_minor OR hours > m.minutes THEN 'it grants no more'
      WHEN s.kind IN ('paid', 'taken_back') AND NOT s.draw = ANY (live) THEN 'that was not drawn'
      WHEN s.kind = 'paid' AND (s.entry_of_draw IS NOT NULL OR s.draw = ANY (paid)) THEN 'that was paid'
    END;
    EXIT WHEN fault IS NOT NULL;
    recalled := recalled OR s.kind = 'recalled';
    IF s.kind = 'approved' THEN approvers := approvers || s.recorded_by; END IF;
    IF s.kind = 'paid' THEN paid := paid || s.draw; END IF;
    IF s.kind = 'taken_back' THEN
      drawn := drawn - s.of_draw;
      hours := hours - coalesce(s.minutes_of_draw, 0);
      live := array_remove(live, s.draw);
    END IF;
  END LOOP;
  IF fault IS NULL AND NEW.kind = 'drawn' AND NOT is_within_mandate(NEW.node_id, NEW.mandate_number) THEN
    fault := 'it grants no more';
  END IF;
  IF fault IS NULL AND NEW.party_id IS NOT NULL
     AND is_indivisible_fund(NEW.node_id, m.fund_id, NEW.on_day, NEW.recorded_at) THEN
    fault := 'a member is paid nothing out of an indivisible fund';
  END IF;
  IF fault IS NULL AND NEW.entry_number IS NOT NULL
     AND NOT spends_in_time(NEW.node_id, NEW.mandate_number, NEW.number) THEN
    fault := 'an entry pays in the time of its mandate';
  END IF;
  IF fault IS NULL AND NEW.entry_number IS NOT NULL
     AND drawn_of_entry(NEW.node_id, NEW.entry_number, m.fund_id)
         > spent_by_entry(NEW.node_id, NEW.entry_number, m.fund_id, m.unit_id, m.cost_object_id) THEN
    fault := 'an entry pays no more than it spends of the fund';
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'spending mandate % of node %: %', NEW.mandate_number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
-- What became of a proposal: each step in its turn, and by whom it may be done.
CREATE OR REPLACE FUNCTION check_disbursement_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE s record; state text := 'proposed'; approvers int[] := '{}'; last int := 0; left_out int := 0;
  orders int; needed int; fault text;
BEGIN
  SELECT d.orders, d.approvals INTO orders, needed FROM disbursement d
   WHERE (d.node_id, d.number) = (NEW.node_id, NEW.disbursement_number);
  FOR s IN SELECT x.number, x.kind, x.recorded_by, x.recorded_at, d.recorded_by AS written_by,
                  d.recorded_at AS written_at
             FROM disbursement_step x
             JOIN disbursement d ON (d.node_id, d.number) = (x.node_id, x.disbursement_number)
            WHERE (x.node_id, x.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
            ORDER BY x.number
  LOOP
    last := last + 1;
    left_out := left_out + (s.kind = 'left_out')::int;
    fault := CASE
      WHEN s.number <> last THEN 'its steps have a gap'
      WHEN s.kind = 'left_out' AND (state <> 'proposed' OR left_out >= orders)
        THEN 'orders are left out before it was approved, and one is left'
      WHEN s.kind = 'approved' AND state <> 'proposed'
        THEN 'a proposal is approved, by as many as its rules say'
      WHEN s.kind = 'approved' AND s.recorded_by = ANY (approvers) THEN 'two different people approve'
      WHEN s.kind = 'approved' AND s.recorded_by = s.written_by THEN 'nobody approves what they wrote'
      WHEN s.kind = 'approved' AND EXISTS (
             SELECT FROM disbursement_order o
               JOIN party_user u ON u.node_id = o.node_id AND u.party_id = o.party_id
                AND u.user_id = s.recorded_by
              WHERE (o.node_id, o.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
                AND was_linked(o.node_id, o.party_id, s.recorded_by, s.written_at, s.recorded_at)
                AND NOT EXISTS (SELECT FROM disbursement_step y
                      WHERE (y.node_id, y.disbursement_number, y.order_number)
                            = (o.node_id, o.disbursement_number, o.number)
                        AND y.kind = 'left_out' AND y.number < s.number))
        THEN 'nobody approves what pays them'
      WHEN s.kind = 'withdrawn' AND (state NOT IN ('proposed', 'approved')
                                     OR NOT s.recorded_by = ANY (approvers))
        THEN 'an approval is withdrawn by whoever gave it, before the file is made'
      WHEN s.kind = 'exported' AND state <> 'approved'
        THEN 'as many approve before the file is made as its rules say'
      WHEN s.kind = 'cancelled' AND state NOT IN ('proposed', 'approved')
        THEN 'what went to the bank cannot be cancelled'
      WHEN s.kind = 'not_taken' AND state <> 'exported' THEN 'the bank did not get it'
    END;
    EXIT WHEN fault IS NOT NULL;
    approvers := CASE s.kind WHEN 'approved' THEN approvers || s.recorded_by
                             WHEN 'withdrawn' THEN array_remove(approvers, s.recorded_by)
                             WHEN 'left_out' THEN '{}' ELSE approvers END;
    state := CASE WHEN s.kind IN ('exported', 'cancelled') THEN s.kind
                  WHEN state IN ('exported', 'cancelled') THEN state
                  WHEN cardinality(approvers) >= needed THEN 'approved' ELSE 'proposed' END;
  END LOOP;
  IF fault IS NULL AND NEW.kind = 'exported' AND EXISTS (
       SELECT FROM order_mandate x
         JOIN spending_step r ON r.node_id = x.node_id AND r.mandate_number = x.mandate_number
          AND r.kind = 'recalled' AND r.recorded_at < NEW.recorded_at
        WHERE (x.node_id, x.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
          AND NOT EXISTS (SELECT FROM disbursement_step y
                WHERE (y.node_id, y.disbursement_number, y.order_number, y.kind)
                      = (x.node_id, x.disbursement_number, x.order_number, 'left_out'))) THEN
    fault := 'a mandate of its orders was recalled';
  END IF;
  IF fault IS NULL AND NEW.kind = 'not_taken' AND EXISTS (
       SELECT FROM bank_match_part p
         JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number AND m.live
        WHERE (p.node_id, p.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
          AND is_rejected_order(p.node_id, p.disbursement_number, p.order_number)) THEN
    fault := 'the bank took an order that is called not taken';
  END IF;
  IF fault IS NULL AND NEW.kind = 'exported' AND NOT EXISTS (
       SELECT FROM disbursement_file f
        WHERE (f.node_id, f.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
          AND encode(sha256(f.bytes), 'hex') = NEW.file_hash)
     AND NOT EXISTS (
       SELECT FROM disbursement_order o
         JOIN party_erasure e ON e.node_id = o.node_id AND e.party_id = o.party_id
        WHERE (o.node_id, o.disbursement_number) = (NEW.node_id, NEW.disbursement_number)) THEN
    fault := 'its file is kept, with the hash that is told of it';
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'disbursement % of node %: %', NEW.disbursement_number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
-- ---------------------------------------------------------------- what is planned

CREATE TABLE budget (
  node_id     int         NOT NULL REFERENCES node,
  number      int         NOT NULL CHECK (number > 0),
  title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  circle      text,
  unit_id     int         NOT NULL REFERENCES unit,
  from_on     date        NOT NULL,
  until_on    date        NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, circle) REFERENCES circle (node_id, code),
  CONSTRAINT a_budget_lasts CHECK (until_on >= from_on)
);
COMMENT ON TABLE budget IS 'What may be spent in a time, by a circle or by all: its lines stand in its '
  'revisions. What was spent and is committed follows from the books.';
CALL make_append_only('budget');

CREATE TABLE budget_revision (
  node_id     int         NOT NULL,
  budget      int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  from_on     date        NOT NULL,
  beyond      text        NOT NULL CHECK (beyond IN ('warns', 'refuses')),
  decision    text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  lines       int         NOT NULL CHECK (lines BETWEEN 1 AND 200),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, budget, number),
  FOREIGN KEY (node_id, budget) REFERENCES budget
);
COMMENT ON TABLE  budget_revision IS 'The lines of a budget from a day on, by a decision. Of several the one '
  'with the latest day counts, and of one day the last recorded.';
COMMENT ON COLUMN budget_revision.beyond IS 'What happens to a mandate or an order that goes beyond it.';
COMMENT ON COLUMN budget_revision.lines IS 'How many lines it came with: none is added later.';
CALL make_append_only('budget_revision');

CREATE TABLE budget_line (
  node_id        int    NOT NULL,
  budget         int    NOT NULL,
  revision       int    NOT NULL,
  line           int    NOT NULL CHECK (line > 0),
  title          text   NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  fund_id        int,
  cost_object_id int,
  amount_minor   bigint NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (node_id, budget, revision, line),
  FOREIGN KEY (node_id, budget, revision) REFERENCES budget_revision,
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  FOREIGN KEY (node_id, cost_object_id) REFERENCES dimension (node_id, id),
  CONSTRAINT it_is_about_something CHECK (num_nonnulls(fund_id, cost_object_id) > 0)
);
COMMENT ON TABLE budget_line IS 'So much for a fund, a cost object, or both. What fits several lines counts '
  'in the first of them.';
CALL make_append_only('budget_line');

CREATE FUNCTION check_budget() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE of_budget int; fault text;
BEGIN
  of_budget := (to_jsonb(NEW) ->> TG_ARGV[0])::int;
  fault := CASE
    WHEN of_budget > 1 AND NOT EXISTS (SELECT FROM budget b
           WHERE (b.node_id, b.number) = (NEW.node_id, of_budget - 1)) THEN 'its number follows on another'
    WHEN NOT EXISTS (SELECT FROM budget_revision r
           WHERE (r.node_id, r.budget, r.number) = (NEW.node_id, of_budget, 1)) THEN 'it has lines'
    WHEN (SELECT count(*) <> max(r.number) FROM budget_revision r
           WHERE (r.node_id, r.budget) = (NEW.node_id, of_budget)) THEN 'its revisions have a gap'
    WHEN EXISTS (SELECT FROM budget_revision r
           WHERE (r.node_id, r.budget) = (NEW.node_id, of_budget)
             AND (SELECT count(*) <> r.lines OR max(l.line) IS DISTINCT FROM r.lines FROM budget_line l
                   WHERE (l.node_id, l.budget, l.revision) = (r.node_id, r.budget, r.number)))
      THEN 'a revision has other lines than it came with'
    WHEN EXISTS (SELECT FROM budget_line l
           WHERE (l.node_id, l.budget) = (NEW.node_id, of_budget)
             AND (l.fund_id IS NOT NULL AND NOT is_dimension(l.node_id, l.fund_id, 'fund')
                  OR l.cost_object_id IS NOT NULL
                     AND NOT is_dimension(l.node_id, l.cost_object_id, 'cost_object')))
      THEN 'a line is about a fund, a cost object, or both'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'budget % of node %: %', of_budget, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER budget_is_whole AFTER INSERT ON budget
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_budget('number');
CREATE CONSTRAINT TRIGGER budget_is_whole AFTER INSERT ON budget_revision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_budget('budget');
CREATE CONSTRAINT TRIGGER budget_is_whole AFTER INSERT ON budget_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_budget('budget');

GRANT SELECT, INSERT ON spending_rule, order_mandate, budget, budget_revision, budget_line
  TO coopledger_service;

-- ---------------------------------------------------------------- a sum that participants allocate

CREATE TABLE allocation_round (
  node_id      int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  body         text        NOT NULL CHECK (length(body) BETWEEN 1 AND 200),
  level        text        NOT NULL CHECK (level IN ('node', 'federation')),
  fund_id      int         NOT NULL,
  unit_id      int         NOT NULL REFERENCES unit,
  pot_minor    bigint      NOT NULL CHECK (pot_minor > 0),
  participants int         NOT NULL CHECK (participants BETWEEN 1 AND 5000),
  from_on      date        NOT NULL,
  until_on     date        NOT NULL,
  decision     text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  CONSTRAINT a_round_lasts CHECK (until_on >= from_on)
);
CREATE INDEX allocation_round_by_fund ON allocation_round (node_id, fund_id);
COMMENT ON TABLE  allocation_round IS 'A part of a fund that participants allocate to proposals, each an '
  'equal share. What a proposal got whole becomes a mandate when the round is closed; what '
  'another got goes back.';
COMMENT ON COLUMN allocation_round.from_on IS 'Of the mandates that come of it, as until_on.';
CALL make_append_only('allocation_round');

CREATE TABLE allocation_share (
  node_id      int    NOT NULL,
  round        int    NOT NULL,
  line         int    NOT NULL CHECK (line > 0),
  party_id     int    NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (node_id, round, line),
  UNIQUE (node_id, round, party_id),
  FOREIGN KEY (node_id, round) REFERENCES allocation_round,
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
COMMENT ON TABLE allocation_share IS 'Who takes part, and with how much: equal, the first have a minor '
  'unit more.';
CALL make_append_only('allocation_share');

CREATE TABLE allocation_step (
  node_id        int         NOT NULL,
  round          int         NOT NULL,
  number         int         NOT NULL CHECK (number > 0),
  kind           text        NOT NULL CHECK (kind IN ('proposed', 'given', 'given_back', 'funded', 'closed',
    'given_up')),
  proposal       int,
  title          text        CHECK (length(title) BETWEEN 1 AND 200),
  cost_object_id int,
  party_id       int,
  amount_minor   bigint      CHECK (amount_minor > 0),
  mandate_number int,
  reason         text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, round, number),
  FOREIGN KEY (node_id, round) REFERENCES allocation_round,
  FOREIGN KEY (node_id, round, proposal) REFERENCES allocation_step,
  FOREIGN KEY (node_id, round, party_id) REFERENCES allocation_share (node_id, round, party_id),
  FOREIGN KEY (node_id, cost_object_id) REFERENCES dimension (node_id, id),
  FOREIGN KEY (node_id, mandate_number) REFERENCES spending_mandate,
  CONSTRAINT allocation_is_whole CHECK (
    (proposal IS NOT NULL) = (kind IN ('given', 'given_back', 'funded'))
    AND (title IS NOT NULL) = (kind = 'proposed') AND (cost_object_id IS NULL OR kind = 'proposed')
    AND (party_id IS NOT NULL) = (kind IN ('given', 'given_back'))
    AND (amount_minor IS NOT NULL) = (kind IN ('proposed', 'given', 'given_back'))
    AND (mandate_number IS NOT NULL) = (kind = 'funded')
    AND (reason IS NOT NULL) = (kind = 'given_up'))
);
CREATE UNIQUE INDEX a_round_closes_once ON allocation_step (node_id, round)
  WHERE kind IN ('closed', 'given_up');
CREATE UNIQUE INDEX a_proposal_is_funded_once ON allocation_step (node_id, round, proposal)
  WHERE kind = 'funded';
CREATE UNIQUE INDEX a_mandate_comes_of_one_proposal ON allocation_step (node_id, mandate_number)
  WHERE kind = 'funded';
COMMENT ON TABLE  allocation_step IS 'What was proposed, given and given back; that the round was closed, '
  'and then what was funded, with its mandate; or that it was given up, and nothing was. A proposal is '
  'called by the number of its step.';
COMMENT ON COLUMN allocation_step.amount_minor IS 'Of a proposal its goal.';
CALL make_append_only('allocation_step');

CREATE FUNCTION check_allocation_round() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN NEW.number > 1 AND NOT EXISTS (SELECT FROM allocation_round b
           WHERE (b.node_id, b.number) = (NEW.node_id, NEW.number - 1)) THEN 'its number follows on another'
    WHEN NOT EXISTS (SELECT FROM fund_term t
           WHERE (t.node_id, t.fund_id, t.unit_id) = (NEW.node_id, NEW.fund_id, NEW.unit_id))
      THEN 'it is of a fund with terms in its unit'
    WHEN (SELECT count(*) <> NEW.participants OR sum(s.amount_minor) <> NEW.pot_minor
            FROM allocation_share s WHERE (s.node_id, s.round) = (NEW.node_id, NEW.number))
      THEN 'its shares are as many as take part, and add up to its pot'
    END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'round % of node %: %', NEW.number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER round_is_whole AFTER INSERT ON allocation_round
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_allocation_round();

-- All shares of a round are counted once, with the round; each is judged by itself when it is added.
CREATE FUNCTION check_allocation_share() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows n
               JOIN allocation_round r ON (r.node_id, r.number) = (n.node_id, n.round)
              WHERE n.line > r.participants
                 OR n.amount_minor <> r.pot_minor / r.participants
                                      + (n.line <= r.pot_minor % r.participants)::int) THEN
    RAISE EXCEPTION 'the shares of a round are equal, and as many as take part'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER round_is_whole AFTER INSERT ON allocation_share REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_allocation_share();

-- What is wrong with the steps of a round, in one pass; NULL if nothing is. The first step about a proposal
-- is the proposal.
CREATE FUNCTION allocation_fault(node int, of_round int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH step AS (
    SELECT s.number, s.kind, s.proposal, s.party_id, s.mandate_number, s.amount_minor,
           CASE s.kind WHEN 'given' THEN s.amount_minor WHEN 'given_back' THEN -s.amount_minor ELSE 0 END
             AS minor,
           CASE s.kind WHEN 'proposed' THEN s.number ELSE s.proposal END AS of_proposal
      FROM allocation_step s WHERE (s.node_id, s.round) = (node, of_round)
  ), running AS (
    SELECT s.number, s.kind, s.proposal, s.party_id, s.mandate_number,
           first_value(s.number) OVER proposal_so_far AS first,
           first_value(s.kind) OVER proposal_so_far AS kind_of_first,
           first_value(s.amount_minor) OVER proposal_so_far AS goal,
           row_number() OVER (ORDER BY s.number) AS counted,
           sum(s.minor) OVER (PARTITION BY s.party_id ORDER BY s.number) AS by_party,
           sum(s.minor) OVER (PARTITION BY s.party_id, s.proposal ORDER BY s.number) AS by_party_to,
           sum(s.minor) OVER proposal_so_far AS to_proposal,
           sum(s.minor) OVER of_proposal AS to_proposal_in_all,
           bool_or(s.kind = 'funded') OVER of_proposal AS is_funded,
           count(*) FILTER (WHERE s.kind IN ('closed', 'given_up')) OVER (ORDER BY s.number) AS ends,
           count(*) FILTER (WHERE s.kind = 'closed') OVER (ORDER BY s.number) AS closings,
           bool_or(s.kind = 'closed') OVER () AS is_closed
      FROM step s
    WINDOW of_proposal AS (PARTITION BY s.of_proposal),
           proposal_so_far AS (PARTITION BY s.of_proposal ORDER BY s.number)
  )
  SELECT min(CASE
           WHEN r.counted <> r.number THEN 'its steps have a gap'
           WHEN r.ends > 1 THEN 'it ends twice'
           WHEN r.ends = 1 AND r.kind NOT IN ('closed', 'given_up', 'funded') THEN 'it was closed'
           WHEN r.closings = 0 AND r.kind = 'funded' THEN 'it was not closed'
           WHEN r.proposal IS NOT NULL AND (r.kind_of_first <> 'proposed' OR r.first <> r.proposal)
             THEN 'that was not proposed'
           WHEN r.kind = 'given' AND r.by_party > sh.amount_minor THEN 'nobody gives more than their share'
           WHEN r.kind = 'given' AND r.to_proposal > r.goal THEN 'a proposal gets no more than its goal'
           WHEN r.kind = 'given_back' AND r.by_party_to < 0 THEN 'nobody takes back more than they gave'
           WHEN r.kind = 'funded' AND (r.to_proposal <> r.goal
                  OR NOT EXISTS (SELECT FROM spending_mandate m
                        JOIN allocation_round a ON a.node_id = m.node_id AND a.number = of_round
                       WHERE m.node_id = node AND m.number = r.mandate_number AND m.amount_minor = r.goal
                         AND m.fund_id = a.fund_id AND m.unit_id = a.unit_id))
             THEN 'what got its goal is funded, with a mandate of it'
           WHEN r.kind = 'proposed' AND r.is_closed AND r.to_proposal_in_all = r.goal AND NOT r.is_funded
             THEN 'what got its goal has a mandate'
         END)
    FROM running r
    LEFT JOIN allocation_share sh ON sh.node_id = node AND sh.round = of_round AND sh.party_id = r.party_id
$$;

-- The last step of a round judges all of them: a step that is not the last came with one that is.
CREATE FUNCTION check_allocation_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  IF NEW.cost_object_id IS NOT NULL AND NOT is_dimension(NEW.node_id, NEW.cost_object_id, 'cost_object') THEN
    fault := 'a proposal is for a cost object';
  ELSIF NOT EXISTS (SELECT FROM allocation_step s
           WHERE (s.node_id, s.round) = (NEW.node_id, NEW.round) AND s.number > NEW.number) THEN
    fault := allocation_fault(NEW.node_id, NEW.round);
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'round % of node %: %', NEW.round, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER allocation_follows AFTER INSERT ON allocation_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_allocation_step();

GRANT SELECT, INSERT ON allocation_round, allocation_share, allocation_step TO coopledger_service;

-- ---------------------------------------------------------------- what will still be spent

-- What open mandates have left, pots of open rounds, draws that no entry spends yet, and orders that are not
-- paid, seen on a day as known by an instant and an entry: what had begun by that day, and had not ended. An
-- order that settles a debt of ours was spent with its bill.
CREATE FUNCTION spending_commitments(node int, viewed_on date, known_by timestamptz, last_entry bigint)
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
  )
  SELECT 'mandate', m.fund_id, m.cost_object_id, m.unit_id, m.from_on, m.until_on,
         (m.amount_minor - coalesce((SELECT sum(d.minor) FROM draw d WHERE d.mandate = m.number), 0)
          - coalesce((SELECT sum(o.minor) FROM ordered o
                       WHERE o.mandate = m.number
                         AND NOT EXISTS (SELECT FROM told t
                               WHERE t.disbursement_number = o.disbursement_number
                                 AND t.order_number = o.number AND t.made = 'order_return')), 0))::bigint
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
  SELECT 'order', o.fund_id, o.cost_object_id, o.unit_id, o.requested_on, o.requested_on, o.minor
    FROM ordered o
   WHERE o.costs_the_fund
     AND NOT EXISTS (SELECT FROM told t
           WHERE t.disbursement_number = o.disbursement_number AND t.order_number = o.number
             AND t.made = 'order')
$$;
