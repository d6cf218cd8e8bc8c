-- Pay: what an hour of work is worth from a day on, runs that pay the hours of a period by a rule, and
-- what could
-- not be paid and stays open. Everything is appended: how a run stands follows from its steps, and what is
-- open of
-- a claim is what was deferred less what later runs settled or let lapse.

-- ---------------------------------------------------------------- whose sign-in it was

-- Whether a sign-in and a party were linked at any time from one instant until another. Each rule by which
-- nobody decides what is their own asks it, from when that was recorded.
CREATE FUNCTION was_linked(of_node int, of_party int, of_user int, since timestamptz, until timestamptz)
  RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM party_user u
                  WHERE u.node_id = of_node AND u.party_id = of_party AND u.user_id = of_user
                    AND u.linked_at <= until);
END $$;

-- ---------------------------------------------------------------- tariffs

CREATE TABLE pay_tariff (
  node_id      int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  kind         text        NOT NULL,
  circle_id    int,
  party_id     int,
  from_on      date        NOT NULL,
  amount_minor bigint      CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  unit_id      int         REFERENCES unit,
  decision     text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, kind) REFERENCES work_kind (node_id, code),
  FOREIGN KEY (node_id, circle_id) REFERENCES circle,
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT an_amount_has_a_unit CHECK ((amount_minor IS NULL) = (unit_id IS NULL))
);
COMMENT ON TABLE  pay_tariff IS 'What an hour of a kind of work is worth from a day on: for all, in a '
  'circle, or for '
  'one member. The narrowest holds; of one width the one that began last.';
COMMENT ON COLUMN pay_tariff.amount_minor IS 'For an hour. Nothing: the tariff ends, and the next wider one '
  'holds.';
CALL make_append_only('pay_tariff');

CREATE FUNCTION check_pay_tariff() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN NEW.number > 1 AND NOT EXISTS (SELECT FROM pay_tariff t
           WHERE (t.node_id, t.number) = (NEW.node_id, NEW.number - 1)) THEN 'its number leaves a gap'
    WHEN NOT (SELECT k.has_price FROM work_kind k WHERE (k.node_id, k.code) = (NEW.node_id, NEW.kind))
      THEN 'work of this kind is not paid'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'tariff %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON pay_tariff FOR EACH ROW EXECUTE FUNCTION check_pay_tariff();

-- The tariffs of a node up to a number, with the days on which they hold; 0 stands for every circle, every
-- party.
CREATE FUNCTION pay_tariff_days(of_node int, known int)
  RETURNS TABLE (kind text, circle_id int, party_id int, from_on date, until_on date, amount_minor bigint,
                 unit_id int)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT d.kind, d.circle_id, d.party_id, d.from_on, d.until_on, d.amount_minor, d.unit_id
    FROM (SELECT t.kind, coalesce(t.circle_id, 0) AS circle_id, coalesce(t.party_id, 0) AS party_id,
      t.from_on,
                 lead(t.from_on, 1, 'infinity'::date)
                   OVER (PARTITION BY t.kind, t.circle_id, t.party_id ORDER BY t.from_on, t.number) AS
                     until_on,
                 t.amount_minor, t.unit_id
            FROM pay_tariff t
           WHERE t.node_id = of_node AND t.number <= known) d
   WHERE d.amount_minor IS NOT NULL AND d.from_on < d.until_on
$$;

-- ---------------------------------------------------------------- runs

CREATE TABLE pay_run (
  node_id             int         NOT NULL,
  number              int         NOT NULL CHECK (number > 0),
  kind                text        NOT NULL CHECK (kind IN ('wages', 'settlement', 'lapse')),
  from_on             date        NOT NULL,
  to_on               date        NOT NULL CHECK (to_on >= from_on),
  booked_on           date        NOT NULL CHECK (booked_on >= to_on),
  unit_id             int         NOT NULL REFERENCES unit,
  amount_minor        bigint      NOT NULL CHECK (amount_minor >= 0),
  rule_code           text,
  rule_version        int,
  rule_hash           text,
  figures             text        NOT NULL CHECK (length(figures) BETWEEN 2 AND 20000),
  values_known        int         NOT NULL CHECK (values_known >= 0),
  tariffs_known       int         NOT NULL CHECK (tariffs_known >= 0),
  deferred_as         text        NOT NULL CHECK (deferred_as IN ('debt', 'equity', 'points', 'gift')),
  wages_account_id    int         NOT NULL,
  payable_account_id  int,
  deferred_account_id int,
  decision            text        CHECK (length(decision) BETWEEN 1 AND 500),
  members             int         NOT NULL CHECK (members BETWEEN 1 AND 100000),
  lots                int         NOT NULL CHECK (lots >= 0 AND (lots = 0 OR kind <> 'wages')),
  paid_minor          bigint      NOT NULL CHECK (paid_minor BETWEEN 0 AND amount_minor),
  deferred_minor      bigint      NOT NULL CHECK (deferred_minor >= 0),
  recorded_at         timestamptz NOT NULL,
  recorded_by         int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, rule_code, rule_version) REFERENCES sharing_version (node_id, code, version),
  FOREIGN KEY (node_id, wages_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, payable_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, deferred_account_id) REFERENCES account (node_id, id),
  CONSTRAINT run_is_whole CHECK (
    num_nonnulls(rule_code, rule_version, rule_hash) = CASE kind WHEN 'lapse' THEN 0 ELSE 3 END
    AND (payable_account_id IS NULL) = (kind = 'lapse')
    AND (deferred_account_id IS NOT NULL) = (kind = 'wages' AND deferred_as IN ('debt', 'equity'))
    AND (kind = 'wages' OR deferred_minor = 0 AND deferred_as <> 'gift')
    AND (kind <> 'lapse' OR decision IS NOT NULL AND paid_minor = 0))
);
COMMENT ON TABLE  pay_run IS 'wages: the hours of a period, paid from a pot by a rule. settlement: open '
  'claims, paid '
  'from a pot by a rule. lapse: open claims that end by a resolution. A proposal until two people approved '
    'it.';
COMMENT ON COLUMN pay_run.amount_minor IS 'The pot; of a lapse, what lapses.';
COMMENT ON COLUMN pay_run.figures IS 'What the rule was given besides, as JSON: [{"name", "value"}].';
COMMENT ON COLUMN pay_run.values_known IS 'The last value of a place, and the last tariff, that there was: '
  'what comes '
  'later changes nothing.';
COMMENT ON COLUMN pay_run.deferred_as IS 'What becomes of what the pot does not cover, or which claims '
  'these are. '
  'debt: owed; equity: a claim like a share; points: counted, not booked; gift: nothing is owed.';
CALL make_append_only('pay_run');

CREATE TABLE pay_run_share (
  node_id        int    NOT NULL,
  run_number     int    NOT NULL,
  number         int    NOT NULL CHECK (number > 0),
  party_id       int    NOT NULL,
  place          text   CHECK (length(place) BETWEEN 1 AND 60),
  measures       text   NOT NULL CHECK (length(measures) BETWEEN 2 AND 20000),
  minutes        bigint NOT NULL CHECK (minutes >= 0),
  hours          int[]  NOT NULL,
  claim_minor    bigint NOT NULL CHECK (claim_minor >= 0),
  rate_minor     bigint CHECK (rate_minor > 0),
  paid_minor     bigint NOT NULL CHECK (paid_minor >= 0),
  deferred_minor bigint NOT NULL CHECK (deferred_minor >= 0),
  PRIMARY KEY (node_id, run_number, number),
  UNIQUE (node_id, run_number, party_id),
  FOREIGN KEY (node_id, run_number) REFERENCES pay_run,
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
CREATE INDEX pay_run_share_of_party ON pay_run_share (node_id, party_id, run_number);
COMMENT ON TABLE  pay_run_share IS 'What a member gets by a run, and what it was worked out from.';
COMMENT ON COLUMN pay_run_share.measures IS 'What was given with the run, as JSON: [{"name", "value"}].';
COMMENT ON COLUMN pay_run_share.hours IS 'The numbers of the hours that the run collected. No other run '
  'that lives '
  'has them, and they cannot be taken back.';
COMMENT ON COLUMN pay_run_share.claim_minor IS 'The hours at the tariffs of their days, half up.';
COMMENT ON COLUMN pay_run_share.rate_minor IS 'The tariff, where it is the same for all of them.';
CALL make_append_only('pay_run_share');

CREATE TABLE pay_run_lot (
  node_id       int    NOT NULL,
  run_number    int    NOT NULL,
  number        int    NOT NULL CHECK (number > 0),
  party_id      int    NOT NULL,
  claim_run     int    NOT NULL CHECK (claim_run < run_number),
  open_minor    bigint NOT NULL CHECK (open_minor > 0),
  settled_minor bigint NOT NULL CHECK (settled_minor BETWEEN 0 AND open_minor),
  PRIMARY KEY (node_id, run_number, number),
  UNIQUE (node_id, run_number, party_id, claim_run),
  FOREIGN KEY (node_id, run_number, party_id) REFERENCES pay_run_share (node_id, run_number, party_id),
  FOREIGN KEY (node_id, claim_run, party_id) REFERENCES pay_run_share (node_id, run_number, party_id)
);
CREATE INDEX pay_run_lot_of_claim ON pay_run_lot (node_id, claim_run, party_id);
COMMENT ON TABLE pay_run_lot IS 'A claim of an earlier run that stood open when a settlement or lapse was '
  'proposed, '
  'and how much of it that run settles.';
CALL make_append_only('pay_run_lot');

CREATE TABLE pay_run_step (
  node_id     int         NOT NULL,
  run_number  int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  step        text        NOT NULL CHECK (step IN ('approved', 'posted', 'cancelled', 'undone')),
  first_entry int,
  last_entry  int         CHECK (last_entry >= first_entry),
  reason      text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, run_number, number),
  FOREIGN KEY (node_id, run_number) REFERENCES pay_run,
  FOREIGN KEY (node_id, first_entry) REFERENCES entry (node_id, number),
  FOREIGN KEY (node_id, last_entry) REFERENCES entry (node_id, number),
  CONSTRAINT pay_step_is_whole CHECK ((first_entry IS NULL) = (last_entry IS NULL)
    AND (first_entry IS NULL OR step IN ('posted', 'undone'))
    AND (reason IS NOT NULL) = (step IN ('cancelled', 'undone'))),
  CONSTRAINT somebody_approves_pay CHECK (step <> 'approved' OR recorded_by IS NOT NULL)
);
CREATE UNIQUE INDEX a_pay_run_steps_once ON pay_run_step (node_id, run_number, step) WHERE step <> 'approved';
CREATE UNIQUE INDEX a_pay_run_is_approved_by_different_people
  ON pay_run_step (node_id, run_number, recorded_by) WHERE step = 'approved';
CREATE UNIQUE INDEX pay_entries_are_of_one_run ON pay_run_step (node_id, first_entry)
  WHERE first_entry IS NOT NULL;
COMMENT ON TABLE  pay_run_step IS 'What became of a run: two approvals, then posted; cancelled before that, '
  'undone '
  'after it.';
COMMENT ON COLUMN pay_run_step.first_entry IS 'Of the entries, which follow one another: those of the run, '
  'or their '
  'reversals. Nothing where there is nothing to book.';
CALL make_append_only('pay_run_step');

-- ---------------------------------------------------------------- what always holds

-- Whether a run was neither cancelled nor undone.
CREATE FUNCTION is_live_pay_run(of_node int, run int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM pay_run_step s
                      WHERE s.node_id = of_node AND s.run_number = run AND s.step IN ('cancelled', 'undone'))
$$;

-- The run that lives and has collected these hours; NULL if there is none.
CREATE FUNCTION pay_run_of_hours(of_node int, hours_number int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT s.run_number
    FROM work_hours h
    JOIN pay_run_share s ON s.node_id = h.node_id AND s.party_id = h.party_id
     AND s.hours @> ARRAY[hours_number]
   WHERE h.node_id = of_node AND h.number = hours_number AND is_live_pay_run(of_node, s.run_number)
   LIMIT 1
$$;

CREATE FUNCTION keep_collected_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
  AS $$
BEGIN
  IF NEW.kind = 'reversed' AND pay_run_of_hours(NEW.node_id, NEW.hours_number) IS NOT NULL THEN
    RAISE EXCEPTION 'hours % are in a pay run', NEW.hours_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER not_while_collected AFTER INSERT ON work_hours_step
  FOR EACH ROW EXECUTE FUNCTION keep_collected_hours();

-- What is wrong with what a run collected: NULL if nothing is. Each share is looked at by itself and by
-- index, so
-- that it takes as long as there are hours, whatever the planner knows of tables that were just filled.
CREATE FUNCTION pay_run_hours_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan
    = off
  SET jit = off AS $$
  WITH tariff AS MATERIALIZED (
    SELECT t.kind, t.circle_id, t.party_id, t.from_on, t.until_on, t.amount_minor, t.unit_id
      FROM pay_run r CROSS JOIN LATERAL pay_tariff_days(node, r.tariffs_known) t
     WHERE r.node_id = node AND r.number = wanted
  ), run AS MATERIALIZED (
    SELECT r.from_on, r.to_on, r.unit_id, is_live_pay_run(node, r.number) AS lives
      FROM pay_run r
     WHERE r.node_id = node AND r.number = wanted
  )
  SELECT CASE
    WHEN bool_or(m.is_wrong)
      THEN 'it has hours that are not the member''s, of the period, approved and to be paid'
    WHEN bool_or(m.counted <> m.different) THEN 'it has hours twice'
    WHEN bool_or(m.is_other_unit) THEN 'a tariff is of another unit'
    WHEN bool_or((s.minutes, s.claim_minor, coalesce(s.rate_minor, 0))
                 <> (coalesce(m.minutes, 0),
                     CASE WHEN m.priced = m.counted THEN floor((2 * coalesce(m.worth, 0) + 60) / 120) ELSE
                       0 END,
                     CASE WHEN m.priced = m.counted AND m.lowest = m.highest THEN m.lowest ELSE 0 END))
      THEN 'what is claimed is not the hours at their tariffs'
    WHEN bool_or(r.lives AND EXISTS (
           SELECT FROM pay_run_share o
            WHERE o.node_id = node AND o.party_id = s.party_id AND o.run_number <> wanted
              AND o.hours && s.hours AND is_live_pay_run(node, o.run_number)))
      THEN 'another run has some of its hours'
    END
    FROM pay_run_share s
   CROSS JOIN run r
   CROSS JOIN LATERAL (
         SELECT count(*) AS counted, count(DISTINCT x.number) AS different, sum(h.minutes) AS minutes,
                count(w.rate) AS priced, sum(h.minutes * w.rate) AS worth, min(w.rate) AS lowest,
                max(w.rate) AS highest, coalesce(bool_or(w.unit_id <> r.unit_id), false) AS is_other_unit,
                coalesce(bool_or(h.number IS NULL OR h.party_id <> s.party_id OR h.intent <> 'paid'
                  OR h.worked_on NOT BETWEEN r.from_on AND r.to_on OR a.number IS NULL
                  OR r.lives AND b.number IS NOT NULL), false) AS is_wrong
           FROM unnest(s.hours) AS x (number)
           LEFT JOIN work_hours h ON h.node_id = node AND h.number = x.number
           LEFT JOIN work_hours_step a ON a.node_id = node AND a.hours_number = x.number AND a.number = 1
                 AND a.kind = 'approved'
           LEFT JOIN work_hours_step b ON b.node_id = node AND b.hours_number = x.number AND b.number = 2
           LEFT JOIN LATERAL (
                SELECT t.amount_minor AS rate, t.unit_id
                  FROM tariff t
                 WHERE t.kind = h.kind AND t.circle_id IN (0, h.circle_id) AND t.party_id IN (0, h.party_id)
                   AND h.worked_on >= t.from_on AND h.worked_on < t.until_on
                 ORDER BY t.party_id DESC, t.circle_id DESC
                 LIMIT 1) w ON true) m
   WHERE s.node_id = node AND s.run_number = wanted
$$;

-- What is wrong with a run, its shares and the claims it settles; NULL if nothing is.
CREATE FUNCTION pay_run_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM pay_run b
           WHERE b.node_id = node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN (r.members, r.members) <> (t.counted, t.last) THEN 'it has other members than it was proposed with'
    WHEN (r.paid_minor, r.deferred_minor) <> (t.paid, t.deferred) THEN 'its shares do not add up to it'
    WHEN r.kind <> 'lapse' AND NOT EXISTS (SELECT FROM sharing_version v
           WHERE (v.node_id, v.code, v.version, v.rule_hash) = (node, r.rule_code, r.rule_version,
             r.rule_hash)
             AND v.valid_from <= r.to_on) THEN 'its rule is not the one that was in force'
    WHEN (SELECT count(*) FILTER (WHERE a.id = r.wages_account_id AND a.type = 'expense') = 1
            AND (r.payable_account_id IS NULL
                 OR count(*) FILTER (WHERE a.id = r.payable_account_id AND a.type = 'liability') = 1)
            AND (r.deferred_account_id IS NULL OR count(*) FILTER (WHERE a.id = r.deferred_account_id
                  AND a.type = CASE r.deferred_as WHEN 'debt' THEN 'liability' ELSE 'equity' END) = 1)
            AND bool_and(a.unit_id = r.unit_id)
            FROM account a
           WHERE a.node_id = node AND a.id IN (r.wages_account_id, r.payable_account_id,
             r.deferred_account_id))
         IS NOT TRUE THEN 'its accounts are not of their kind'
    WHEN (r.lots, r.lots) <> (SELECT count(*), coalesce(max(l.number), 0) FROM pay_run_lot l
           WHERE l.node_id = node AND l.run_number = wanted) THEN 'it has other claims than it was proposed '
             'with'
    WHEN r.kind <> 'wages' AND EXISTS (SELECT FROM pay_run_share s
           WHERE s.node_id = node AND s.run_number = wanted AND (s.minutes > 0 OR cardinality(s.hours) > 0))
      THEN 'only wages collect hours'
    WHEN r.kind <> 'wages' AND EXISTS (
           SELECT FROM pay_run_share s
             LEFT JOIN pay_run_lot l ON l.node_id = node AND l.run_number = wanted AND l.party_id = s.party_id
            WHERE s.node_id = node AND s.run_number = wanted
            GROUP BY s.number, s.paid_minor
           HAVING CASE r.kind WHEN 'settlement' THEN s.paid_minor <> coalesce(sum(l.settled_minor), 0)
                              ELSE count(l.number) = 0 OR bool_or(l.settled_minor < l.open_minor) END)
      THEN 'what it pays is not what it settles'
    WHEN r.kind = 'lapse' AND r.amount_minor <> (SELECT sum(l.settled_minor) FROM pay_run_lot l
           WHERE l.node_id = node AND l.run_number = wanted) THEN 'what lapses does not add up to it'
    WHEN is_live_pay_run(node, wanted) AND EXISTS (
           SELECT FROM pay_run_lot l
             JOIN pay_run c ON c.node_id = node AND c.number = l.claim_run
             JOIN pay_run_share s ON s.node_id = node AND s.run_number = l.claim_run AND s.party_id =
               l.party_id
            WHERE l.node_id = node AND l.run_number = wanted
              AND (c.kind <> 'wages' OR (c.deferred_as, c.unit_id) <> (r.deferred_as, r.unit_id)
                   OR c.to_on > r.booked_on
                   OR NOT EXISTS (SELECT FROM pay_run_step p WHERE p.node_id = node
                                     AND p.run_number = l.claim_run AND p.step = 'posted')
                   OR NOT is_live_pay_run(node, l.claim_run)
                   OR s.deferred_minor < (SELECT sum(o.settled_minor) FROM pay_run_lot o
                        WHERE o.node_id = node AND o.claim_run = l.claim_run AND o.party_id = l.party_id
                          AND is_live_pay_run(node, o.run_number))))
      THEN 'it settles claims that are not open'
    WHEN r.kind = 'wages' THEN pay_run_hours_fault(node, wanted)
    END
    FROM pay_run r
   CROSS JOIN LATERAL (
         SELECT count(*) AS counted, coalesce(max(s.number), 0) AS last, coalesce(sum(s.paid_minor), 0) AS
           paid,
                coalesce(sum(s.deferred_minor), 0) AS deferred
           FROM pay_run_share s
          WHERE s.node_id = r.node_id AND s.run_number = r.number) t
   WHERE r.node_id = node AND r.number = wanted
$$;

CREATE FUNCTION check_pay_run() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text := pay_run_fault(NEW.node_id, NEW.number);
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON pay_run DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_pay_run();

-- A run has the shares and lots that it was proposed with: what is added would be numbered beyond them.
CREATE FUNCTION check_pay_parts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows n
               JOIN pay_run r ON (r.node_id, r.number) = (n.node_id, n.run_number)
              WHERE n.number > CASE TG_TABLE_NAME WHEN 'pay_run_lot' THEN r.lots ELSE r.members END) THEN
    RAISE EXCEPTION 'nothing is added to a pay run'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_share REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_pay_parts();
CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_lot REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_pay_parts();

-- What a run's entries say: by account and member.
CREATE FUNCTION pay_run_said(node int, wanted int) RETURNS TABLE (account_id int, member text, minor numeric)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT x.account_id, x.member, sum(x.minor)
    FROM (SELECT r.payable_account_id AS account_id, p.number AS member, -s.paid_minor AS minor
            FROM pay_run r
            JOIN pay_run_share s ON s.node_id = node AND s.run_number = r.number
            JOIN party p ON p.node_id = node AND p.id = s.party_id
           WHERE r.node_id = node AND r.number = wanted AND r.kind <> 'lapse'
          UNION ALL
          SELECT r.deferred_account_id, p.number, -s.deferred_minor
            FROM pay_run r
            JOIN pay_run_share s ON s.node_id = node AND s.run_number = r.number
            JOIN party p ON p.node_id = node AND p.id = s.party_id
           WHERE r.node_id = node AND r.number = wanted AND r.deferred_account_id IS NOT NULL
          UNION ALL
          SELECT c.deferred_account_id, p.number, l.settled_minor
            FROM pay_run_lot l
            JOIN pay_run c ON c.node_id = node AND c.number = l.claim_run
            JOIN party p ON p.node_id = node AND p.id = l.party_id
           WHERE l.node_id = node AND l.run_number = wanted AND c.deferred_account_id IS NOT NULL
          UNION ALL
          SELECT r.wages_account_id, '', CASE
                   WHEN r.kind = 'wages' AND r.deferred_account_id IS NOT NULL
                     THEN r.paid_minor + r.deferred_minor
                   WHEN r.kind = 'wages' OR r.kind = 'settlement' AND r.deferred_as = 'points' THEN
                     r.paid_minor
                   WHEN r.kind = 'lapse' AND r.deferred_as <> 'points' THEN -r.amount_minor
                   ELSE 0 END
            FROM pay_run r
           WHERE r.node_id = node AND r.number = wanted) x
   GROUP BY x.account_id, x.member
  HAVING sum(x.minor) <> 0
$$;

-- What is wrong with the steps of a run, and with its entries; NULL if nothing is.
CREATE FUNCTION pay_step_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH step AS (
    SELECT s.number, s.step, s.first_entry, s.last_entry, s.recorded_by, s.recorded_at,
           row_number() OVER (ORDER BY s.number) AS counted,
           count(*) FILTER (WHERE s.step = 'approved') OVER (ORDER BY s.number) AS approvals,
           lag(s.step) OVER (ORDER BY s.number) AS before
      FROM pay_run_step s
     WHERE s.node_id = node AND s.run_number = wanted
  ), posted AS (
    SELECT s.first_entry, s.last_entry FROM step s WHERE s.step = 'posted'
  ), told AS (
    SELECT g.account_id, coalesce(d.code, '') AS member, sum(g.amount_minor) AS minor
      FROM posted s
      JOIN posting g ON g.node_id = node AND g.entry_number BETWEEN s.first_entry AND s.last_entry
      LEFT JOIN dimension d ON d.node_id = node AND d.kind = 'member' AND d.id = g.member_id
     GROUP BY g.account_id, coalesce(d.code, '')
    HAVING sum(g.amount_minor) <> 0
  ), said AS (
    SELECT x.account_id, x.member, x.minor FROM pay_run_said(node, wanted) x
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM step s WHERE s.number <> s.counted) THEN 'its steps have a gap'
    WHEN EXISTS (SELECT FROM step s JOIN pay_run r ON r.node_id = node AND r.number = wanted
                  WHERE s.step = 'approved' AND s.recorded_by = r.recorded_by)
      THEN 'nobody approves what they wrote'
    WHEN EXISTS (SELECT FROM step s
                   JOIN pay_run r ON r.node_id = node AND r.number = wanted
                   JOIN party_user u ON u.node_id = node AND u.user_id = s.recorded_by
                   JOIN pay_run_share h ON h.node_id = node AND h.run_number = wanted
                    AND h.party_id = u.party_id
                  WHERE s.step = 'approved'
                    AND was_linked(node, u.party_id, u.user_id, r.recorded_at, s.recorded_at))
      THEN 'nobody approves what pays them'
    WHEN EXISTS (SELECT FROM step s
                  WHERE CASE s.step WHEN 'approved' THEN s.approvals > 2 OR s.before <> 'approved'
                          WHEN 'posted' THEN s.approvals <> 2 OR s.before <> 'approved'
                          WHEN 'cancelled' THEN s.before IS NOT NULL AND s.before <> 'approved'
                          ELSE s.before IS DISTINCT FROM 'posted' END)
      THEN 'two people approve what is posted, and what is posted is undone, in this order'
    WHEN EXISTS (SELECT FROM posted)
         AND EXISTS ((SELECT account_id, member, minor FROM said
                       EXCEPT SELECT account_id, member, minor FROM told)
                     UNION ALL
                     (SELECT account_id, member, minor FROM told
                       EXCEPT SELECT account_id, member, minor FROM said))
      THEN 'its entries say otherwise'
    WHEN EXISTS (SELECT FROM step s, posted b
                  WHERE s.step = 'undone'
                    AND ((s.first_entry IS NULL) <> (b.first_entry IS NULL)
                         OR s.last_entry - s.first_entry <> b.last_entry - b.first_entry
                         OR EXISTS (SELECT FROM generate_series(b.first_entry, b.last_entry) AS n (number)
                                     WHERE NOT EXISTS (SELECT FROM entry e
                                            WHERE e.node_id = node AND e.reverses = n.number
                                              AND e.number BETWEEN s.first_entry AND s.last_entry))))
      THEN 'it is undone by the reversal of its entries'
    WHEN EXISTS (SELECT FROM step s WHERE s.step = 'undone')
         AND EXISTS (SELECT FROM pay_run_lot l
                      WHERE l.node_id = node AND l.claim_run = wanted AND is_live_pay_run(node, l.run_number))
      THEN 'what it deferred was settled'
    END
$$;

CREATE FUNCTION check_pay_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text := pay_step_fault(NEW.node_id, NEW.run_number);
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.run_number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON pay_run_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_pay_step();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON pay_tariff, pay_run, pay_run_share, pay_run_lot, pay_run_step TO coopledger_service;
