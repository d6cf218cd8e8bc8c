-- Shared costs: what is shared, among whom and by which rule; bills that somebody paid for all; usage; and
-- periods that were divided. Everything is appended: where a division stands follows from its steps. Members
-- are named by their number alone: there is no personal data here.

-- ---------------------------------------------------------------- what is shared

CREATE TABLE cost_pool (
  node_id            int         NOT NULL REFERENCES node,
  number             int         NOT NULL CHECK (number > 0),
  code               text        NOT NULL CHECK (code ~ '^[a-z][a-z0-9-]{0,30}$'),
  unit_id            int         NOT NULL REFERENCES unit,
  expense_account_id int         NOT NULL,
  claims_account_id  int         NOT NULL,
  recorded_at        timestamptz NOT NULL,
  recorded_by        int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, code),
  FOREIGN KEY (node_id, expense_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, claims_account_id) REFERENCES account (node_id, id)
);
COMMENT ON TABLE  cost_pool IS 'Something that is shared and costs money: a server, an office, an event.';
COMMENT ON COLUMN cost_pool.expense_account_id IS 'Where bills are booked that were paid from these books; '
  'after a division it holds what is the node''s own share.';
COMMENT ON COLUMN cost_pool.claims_account_id IS 'What others owe for their shares, or are owed for what '
  'they paid beyond them.';
CALL make_append_only('cost_pool');

CREATE TABLE cost_pool_term (
  node_id      int         NOT NULL,
  pool_number  int         NOT NULL,
  term         int         NOT NULL CHECK (term > 0),
  from_on      date        NOT NULL,
  until_on     date        CHECK (until_on >= from_on),
  title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  rule_code    text        NOT NULL CHECK (rule_code ~ '^[a-z][a-z0-9_]{0,39}$'),
  decision     text        NOT NULL CHECK (length(decision) <= 500 AND decision ~ '[^[:space:]]'),
  participants int         NOT NULL CHECK (participants BETWEEN 1 AND 900),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, pool_number, term),
  FOREIGN KEY (node_id, pool_number) REFERENCES cost_pool
);
COMMENT ON TABLE  cost_pool_term IS 'Among whom and by which rule a pool is shared; holds until the next '
  'term begins, or to its last day.';
COMMENT ON COLUMN cost_pool_term.rule_code IS 'Of sharing_version; the version in force on the last day of a '
  'period divides it.';
CALL make_append_only('cost_pool_term');

CREATE TABLE cost_participant (
  node_id           int    NOT NULL,
  pool_number       int    NOT NULL,
  term              int    NOT NULL,
  place             int    NOT NULL CHECK (place > 0),
  kind              text   NOT NULL CHECK (kind IN ('node', 'member', 'circle', 'neighbour')),
  code              text   NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
  weight_millionths bigint CHECK (weight_millionths >= 0),
  fixed_minor       bigint CHECK (fixed_minor >= 0),
  member_number     text   GENERATED ALWAYS AS (CASE kind WHEN 'member' THEN code END) STORED,
  circle_code       text   GENERATED ALWAYS AS (CASE kind WHEN 'circle' THEN code END) STORED,
  PRIMARY KEY (node_id, pool_number, term, place),
  UNIQUE (node_id, pool_number, term, code),
  FOREIGN KEY (node_id, pool_number, term) REFERENCES cost_pool_term,
  FOREIGN KEY (node_id, member_number) REFERENCES party (node_id, number),
  FOREIGN KEY (node_id, circle_code) REFERENCES circle (node_id, code),
  CONSTRAINT a_neighbour_has_its_name CHECK (kind <> 'neighbour'
    OR code ~ '^[a-z0-9][a-z0-9.-]*/[a-z][a-z0-9-]{0,30}$')
);
COMMENT ON TABLE  cost_participant IS 'Who shares: a node of this server by its name, a party by its member '
  'number, a circle by its code, a node of another server by that server''s name and its own.';
COMMENT ON COLUMN cost_participant.weight_millionths IS 'For rules that ask for the measure "weight".';
COMMENT ON COLUMN cost_participant.fixed_minor IS 'For rules that ask for the measure "fixed".';
CALL make_append_only('cost_participant');

-- Whether somebody is inside these books: the node itself, or one of its circles.
CREATE FUNCTION is_inside(of_node int, of_kind text, of_code text) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT of_kind = 'circle'
         OR of_kind = 'node' AND of_code = (SELECT n.name FROM node n WHERE n.id = of_node)
$$;

-- The term of a pool that holds on a day; NULL if none does.
CREATE FUNCTION cost_term_on(of_node int, of_pool int, on_day date) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN x.until_on < on_day THEN NULL ELSE x.term END
    FROM (SELECT t.term, t.until_on
            FROM cost_pool_term t
           WHERE t.node_id = of_node AND t.pool_number = of_pool AND t.from_on <= on_day
           ORDER BY t.term DESC
           LIMIT 1) x
$$;

-- What is wrong with a pool and its terms; NULL if nothing is.
CREATE FUNCTION cost_pool_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM cost_pool b
           WHERE b.node_id = of_node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN NOT EXISTS (SELECT FROM account a
           WHERE (a.node_id, a.id, a.unit_id) = (of_node, p.expense_account_id, p.unit_id)
             AND a.type = 'expense')
         OR NOT EXISTS (SELECT FROM account a
           WHERE (a.node_id, a.id, a.unit_id) = (of_node, p.claims_account_id, p.unit_id)
             AND a.type IN ('asset', 'liability'))
      THEN 'costs are an expense, claims an asset or a liability, in its unit'
    WHEN NOT EXISTS (SELECT FROM cost_pool_term t WHERE t.node_id = of_node AND t.pool_number = wanted)
      THEN 'it has no term'
    WHEN EXISTS (SELECT FROM (SELECT t.term, t.from_on, row_number() OVER (ORDER BY t.term) AS counted,
                                     lag(t.from_on) OVER (ORDER BY t.term) AS before
                                FROM cost_pool_term t
                               WHERE t.node_id = of_node AND t.pool_number = wanted) x
                  WHERE x.term <> x.counted OR x.from_on <= x.before)
      THEN 'its terms do not follow on each other'
    WHEN EXISTS (SELECT FROM cost_pool_term t
                   LEFT JOIN cost_participant c ON c.node_id = t.node_id AND c.pool_number = t.pool_number
                         AND c.term = t.term
                  WHERE t.node_id = of_node AND t.pool_number = wanted
                  GROUP BY t.term, t.participants
                 HAVING count(c.place) <> t.participants OR max(c.place) <> t.participants)
      THEN 'it is shared by others than its term began with'
    END
    FROM cost_pool p
   WHERE p.node_id = of_node AND p.number = wanted
$$;

CREATE FUNCTION check_cost_pool() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  wanted int := (to_jsonb(NEW) ->> (TG_ARGV[0]))::int;
  fault text;
BEGIN
  -- Participants are judged once, with the first of them.
  IF TG_TABLE_NAME = 'cost_participant' THEN
    IF (to_jsonb(NEW) ->> 'place')::int > 1 AND (to_jsonb(NEW) ->> 'place')::int <= (
         SELECT t.participants FROM cost_pool_term t
          WHERE (t.node_id, t.pool_number, t.term)
                = (NEW.node_id, wanted, (to_jsonb(NEW) ->> 'term')::int)) THEN
      RETURN NULL;
    END IF;
  END IF;
  fault := cost_pool_fault(NEW.node_id, wanted);
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'cost pool %: %', wanted, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON cost_pool DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_pool('number');
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON cost_pool_term DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_pool('pool_number');
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON cost_participant DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_pool('pool_number');

-- ---------------------------------------------------------------- bills

CREATE TABLE cost_bill (
  node_id       int         NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  pool_number   int         NOT NULL,
  kind          text        NOT NULL CHECK (kind IN ('paid', 'gift', 'waived')),
  billed_on     date        NOT NULL,
  amount_minor  bigint      NOT NULL CHECK (amount_minor <> 0),
  payer_kind    text        NOT NULL CHECK (payer_kind IN ('node', 'member', 'circle', 'neighbour')),
  payer_code    text        NOT NULL CHECK (length(payer_code) BETWEEN 1 AND 40),
  title         text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  document      text        CHECK (length(document) BETWEEN 1 AND 500),
  entry_number  int,
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  member_number text        GENERATED ALWAYS AS (CASE payer_kind WHEN 'member' THEN payer_code END) STORED,
  circle_code   text        GENERATED ALWAYS AS (CASE payer_kind WHEN 'circle' THEN payer_code END) STORED,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, pool_number) REFERENCES cost_pool,
  FOREIGN KEY (node_id, member_number) REFERENCES party (node_id, number),
  FOREIGN KEY (node_id, circle_code) REFERENCES circle (node_id, code),
  CONSTRAINT a_gift_is_worth_something CHECK (kind = 'paid' OR amount_minor > 0 AND entry_number IS NULL)
);
CREATE INDEX cost_bill_of_pool ON cost_bill (node_id, pool_number, billed_on);
CREATE INDEX cost_bill_of_entry ON cost_bill (node_id, entry_number) WHERE entry_number IS NOT NULL;
COMMENT ON TABLE  cost_bill IS 'What somebody paid for all, or gave: a gift in kind or a fee that was waived '
  'is valued and shown, and never charged. Below zero: a credit note.';
COMMENT ON COLUMN cost_bill.payer_code IS 'Who paid or gave it.';
COMMENT ON COLUMN cost_bill.entry_number IS 'The entry that paid it, where it was paid from these books.';
CALL make_append_only('cost_bill');

CREATE TABLE cost_bill_end (
  node_id     int         NOT NULL,
  bill_number int         NOT NULL,
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, bill_number),
  FOREIGN KEY (node_id, bill_number) REFERENCES cost_bill
);
COMMENT ON TABLE cost_bill_end IS 'A bill that was withdrawn before it was divided.';
CALL make_append_only('cost_bill_end');

-- What is wrong with a bill; NULL if nothing is.
CREATE FUNCTION cost_bill_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM cost_bill x
           WHERE x.node_id = of_node AND x.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN cost_term_on(of_node, b.pool_number, b.billed_on) IS NULL THEN 'its pool is not shared on its day'
    WHEN b.payer_kind = 'neighbour' AND NOT EXISTS (SELECT FROM cost_participant c
           WHERE (c.node_id, c.pool_number, c.kind, c.code)
                 = (of_node, b.pool_number, 'neighbour', b.payer_code))
      THEN 'no term names the neighbour who paid it'
    WHEN (b.entry_number IS NOT NULL) <> (b.kind = 'paid' AND is_inside(of_node, b.payer_kind, b.payer_code))
      THEN 'what was paid from these books has its entry, and only that'
    WHEN b.entry_number IS NOT NULL AND NOT EXISTS (
           SELECT FROM (SELECT coalesce(sum(g.amount_minor), 0) AS minor
                          FROM posting g
                         WHERE g.node_id = of_node AND g.entry_number = b.entry_number
                           AND g.account_id = p.expense_account_id) posted,
                       (SELECT sum(x.amount_minor) AS minor, bool_and(sign(x.amount_minor)
                                 = sign(b.amount_minor)) AS alike
                          FROM cost_bill x
                          JOIN cost_pool y ON y.node_id = x.node_id AND y.number = x.pool_number
                           AND y.expense_account_id = p.expense_account_id
                         WHERE x.node_id = of_node AND x.entry_number = b.entry_number
                           AND (x.number = wanted OR NOT EXISTS (SELECT FROM cost_bill_end e
                                 WHERE e.node_id = x.node_id AND e.bill_number = x.number))) billed
            WHERE billed.alike AND sign(posted.minor) = sign(b.amount_minor)
              AND abs(billed.minor) <= abs(posted.minor))
      THEN 'its entry does not cover it'
    END
    FROM cost_bill b
    JOIN cost_pool p ON p.node_id = b.node_id AND p.number = b.pool_number
   WHERE b.node_id = of_node AND b.number = wanted
$$;

-- ---------------------------------------------------------------- usage

CREATE TABLE cost_usage (
  node_id          int         NOT NULL,
  number           int         NOT NULL CHECK (number > 0),
  pool_number      int         NOT NULL,
  participant      text        NOT NULL CHECK (length(participant) BETWEEN 1 AND 40),
  measure          text        NOT NULL CHECK (measure ~ '^[a-z][a-z0-9_]{0,39}$'),
  from_on          date        NOT NULL,
  until_on         date        NOT NULL CHECK (until_on >= from_on),
  value_millionths bigint      NOT NULL CHECK (value_millionths >= 0),
  corrects         int         CHECK (corrects < number),
  source           text        CHECK (length(source) BETWEEN 1 AND 500),
  recorded_at      timestamptz NOT NULL,
  recorded_by      int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, pool_number) REFERENCES cost_pool,
  FOREIGN KEY (node_id, corrects) REFERENCES cost_usage
);
CREATE UNIQUE INDEX usage_is_corrected_once ON cost_usage (node_id, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX cost_usage_of_pool ON cost_usage (node_id, pool_number, participant, measure, from_on);
COMMENT ON TABLE  cost_usage IS 'What a participant used from a day to a day: room minutes, storage, desk '
  'days, income, members.';
COMMENT ON COLUMN cost_usage.corrects IS 'The usage that was wrong: what counts is the difference to it.';
CALL make_append_only('cost_usage');

-- What is wrong with a usage; NULL if nothing is.
CREATE FUNCTION cost_usage_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM cost_usage x
           WHERE x.node_id = of_node AND x.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN NOT EXISTS (SELECT FROM cost_participant c
           WHERE (c.node_id, c.pool_number, c.code) = (of_node, u.pool_number, u.participant))
      THEN 'the participant does not share the pool'
    WHEN u.corrects IS NOT NULL AND NOT EXISTS (SELECT FROM cost_usage x
           WHERE (x.node_id, x.number, x.pool_number, x.participant, x.measure, x.from_on, x.until_on)
                 = (of_node, u.corrects, u.pool_number, u.participant, u.measure, u.from_on, u.until_on))
      THEN 'what it corrects is another usage'
    WHEN u.corrects IS NULL AND EXISTS (SELECT FROM cost_usage x
           WHERE (x.node_id, x.pool_number, x.participant, x.measure)
                 = (of_node, u.pool_number, u.participant, u.measure)
             AND x.number <> wanted AND x.corrects IS NULL
             AND x.from_on <= u.until_on AND x.until_on >= u.from_on)
      THEN 'the same days are measured twice'
    END
    FROM cost_usage u
   WHERE u.node_id = of_node AND u.number = wanted
$$;

-- ---------------------------------------------------------------- periods that are divided

CREATE TABLE cost_allocation (
  node_id      int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  pool_number  int         NOT NULL,
  term         int         NOT NULL,
  rule_version int         NOT NULL,
  from_on      date        NOT NULL,
  to_on        date        NOT NULL CHECK (to_on >= from_on),
  booked_on    date        NOT NULL CHECK (booked_on >= to_on),
  amount_minor bigint      NOT NULL CHECK (amount_minor > 0),
  given_minor  bigint      NOT NULL CHECK (given_minor >= 0),
  values_known int         NOT NULL CHECK (values_known >= 0),
  figures      text        NOT NULL DEFAULT '[]' CHECK (length(figures) BETWEEN 2 AND 20000),
  bills        int         NOT NULL CHECK (bills > 0),
  usages       int         NOT NULL CHECK (usages >= 0),
  shares       int         NOT NULL CHECK (shares > 0),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, pool_number, term) REFERENCES cost_pool_term,
  FOREIGN KEY (node_id, rule_version) REFERENCES sharing_version
);
COMMENT ON TABLE  cost_allocation IS 'The costs of a pool that were divided: a proposal until somebody else '
  'approved it. How it stands follows from its steps.';
COMMENT ON COLUMN cost_allocation.rule_version IS 'The number of the version that divided it.';
COMMENT ON COLUMN cost_allocation.values_known IS 'The last value of a place that there was: what comes '
  'later changes nothing.';
COMMENT ON COLUMN cost_allocation.figures IS 'What the rule was given with the period, as JSON: '
  '[{"name", "value"}].';
COMMENT ON COLUMN cost_allocation.given_minor IS 'What gifts in kind and waived fees were worth: shown, not '
  'divided.';
CALL make_append_only('cost_allocation');

CREATE TABLE cost_allocation_bill (
  node_id           int NOT NULL,
  allocation_number int NOT NULL,
  bill_number       int NOT NULL,
  PRIMARY KEY (node_id, allocation_number, bill_number),
  FOREIGN KEY (node_id, allocation_number) REFERENCES cost_allocation,
  FOREIGN KEY (node_id, bill_number) REFERENCES cost_bill
);
CREATE INDEX cost_allocation_of_bill ON cost_allocation_bill (node_id, bill_number);
COMMENT ON TABLE cost_allocation_bill IS 'Which bills were divided.';
CALL make_append_only('cost_allocation_bill');

CREATE TABLE cost_allocation_usage (
  node_id           int NOT NULL,
  allocation_number int NOT NULL,
  usage_number      int NOT NULL,
  PRIMARY KEY (node_id, allocation_number, usage_number),
  FOREIGN KEY (node_id, allocation_number) REFERENCES cost_allocation,
  FOREIGN KEY (node_id, usage_number) REFERENCES cost_usage
);
CREATE INDEX cost_allocation_of_usage ON cost_allocation_usage (node_id, usage_number);
COMMENT ON TABLE cost_allocation_usage IS 'By which usage they were divided.';
CALL make_append_only('cost_allocation_usage');

CREATE TABLE cost_share (
  node_id           int     NOT NULL,
  allocation_number int     NOT NULL,
  place             int     NOT NULL CHECK (place > 0),
  kind              text    NOT NULL CHECK (kind IN ('node', 'member', 'circle', 'neighbour')),
  code              text    NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
  takes_part        boolean NOT NULL,
  share_minor       bigint  NOT NULL CHECK (share_minor >= 0),
  paid_minor        bigint  NOT NULL,
  given_minor       bigint  NOT NULL CHECK (given_minor >= 0),
  PRIMARY KEY (node_id, allocation_number, place),
  UNIQUE (node_id, allocation_number, kind, code),
  FOREIGN KEY (node_id, allocation_number) REFERENCES cost_allocation,
  CONSTRAINT who_does_not_share_bears_nothing CHECK (takes_part OR share_minor = 0)
);
COMMENT ON TABLE  cost_share IS 'What each bears, paid and gave. Who bears more than they paid owes the '
  'difference; who paid more is owed it.';
COMMENT ON COLUMN cost_share.takes_part IS 'False: paid or gave something, and does not share the pool.';
CALL make_append_only('cost_share');

CREATE TABLE cost_step (
  node_id           int         NOT NULL,
  allocation_number int         NOT NULL,
  number            int         NOT NULL CHECK (number IN (1, 2)),
  kind              text        NOT NULL CHECK (kind IN ('posted', 'cancelled', 'reversed')),
  entry_number      int,
  reason            text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, allocation_number, number),
  FOREIGN KEY (node_id, allocation_number) REFERENCES cost_allocation,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number),
  CONSTRAINT a_cost_step_is_whole CHECK ((reason IS NULL) = (kind = 'posted')
    AND (entry_number IS NULL OR kind <> 'cancelled') AND (number = 1) = (kind <> 'reversed')
    AND (recorded_by IS NOT NULL OR kind <> 'posted'))
);
CREATE UNIQUE INDEX an_entry_is_of_one_allocation ON cost_step (node_id, entry_number)
  WHERE entry_number IS NOT NULL;
COMMENT ON TABLE  cost_step IS 'What became of a division: posted when somebody else approved it, cancelled '
  'before that, reversed after it.';
COMMENT ON COLUMN cost_step.entry_number IS 'NULL where everybody had paid just what they bear.';
CALL make_append_only('cost_step');

-- Whether bills and usage of a division are taken by it: until it is cancelled or reversed.
CREATE FUNCTION is_live_allocation(of_node int, wanted int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM cost_step s
                      WHERE s.node_id = of_node AND s.allocation_number = wanted
                        AND s.kind IN ('cancelled', 'reversed'))
$$;

-- What is wrong with what a division took; NULL if nothing is.
CREATE FUNCTION cost_taken_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN a.bills <> (SELECT count(*) FROM cost_allocation_bill x
                      WHERE x.node_id = of_node AND x.allocation_number = wanted)
         OR a.usages <> (SELECT count(*) FROM cost_allocation_usage x
                          WHERE x.node_id = of_node AND x.allocation_number = wanted)
      THEN 'it has other bills or usage than it was proposed with'
    WHEN EXISTS (SELECT FROM cost_allocation_bill x
                   JOIN cost_bill b ON b.node_id = x.node_id AND b.number = x.bill_number
                  WHERE x.node_id = of_node AND x.allocation_number = wanted
                    AND (b.pool_number <> a.pool_number OR b.billed_on > a.to_on
                         OR b.recorded_at > a.recorded_at))
         OR EXISTS (SELECT FROM cost_allocation_usage x
                      JOIN cost_usage u ON u.node_id = x.node_id AND u.number = x.usage_number
                     WHERE x.node_id = of_node AND x.allocation_number = wanted
                       AND (u.pool_number <> a.pool_number OR u.until_on > a.to_on
                            OR u.recorded_at > a.recorded_at))
      THEN 'a bill or usage is of another pool, or of later'
    WHEN is_live_allocation(of_node, wanted)
         AND (EXISTS (SELECT FROM cost_allocation_bill x
                        JOIN cost_allocation_bill o ON o.node_id = x.node_id
                         AND o.bill_number = x.bill_number AND o.allocation_number <> wanted
                       WHERE x.node_id = of_node AND x.allocation_number = wanted
                         AND is_live_allocation(of_node, o.allocation_number))
              OR EXISTS (SELECT FROM cost_allocation_usage x
                           JOIN cost_allocation_usage o ON o.node_id = x.node_id
                            AND o.usage_number = x.usage_number AND o.allocation_number <> wanted
                          WHERE x.node_id = of_node AND x.allocation_number = wanted
                            AND is_live_allocation(of_node, o.allocation_number)))
      THEN 'a bill or usage is taken twice'
    WHEN is_live_allocation(of_node, wanted)
         AND EXISTS (SELECT FROM cost_allocation_bill x
                       JOIN cost_bill b ON b.node_id = x.node_id AND b.number = x.bill_number
                      WHERE x.node_id = of_node AND x.allocation_number = wanted
                        AND (EXISTS (SELECT FROM cost_bill_end e
                                      WHERE e.node_id = b.node_id AND e.bill_number = b.number)
                             OR EXISTS (SELECT FROM entry r
                                      WHERE r.node_id = b.node_id AND r.reverses = b.entry_number)))
      THEN 'a bill was withdrawn, or its entry was reversed'
    END
    FROM cost_allocation a
   WHERE a.node_id = of_node AND a.number = wanted
$$;

-- What is wrong with a division and its shares; NULL if nothing is.
CREATE FUNCTION cost_allocation_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH billed AS (
    SELECT b.payer_kind AS kind, b.payer_code AS code,
           coalesce(sum(b.amount_minor) FILTER (WHERE b.kind = 'paid'), 0) AS paid,
           coalesce(sum(b.amount_minor) FILTER (WHERE b.kind <> 'paid'), 0) AS given
      FROM cost_allocation_bill x
      JOIN cost_bill b ON b.node_id = x.node_id AND b.number = x.bill_number
     WHERE x.node_id = of_node AND x.allocation_number = wanted
     GROUP BY 1, 2
  ), named AS (
    SELECT c.kind, c.code
      FROM cost_allocation a
      JOIN cost_participant c ON c.node_id = a.node_id AND c.pool_number = a.pool_number AND c.term = a.term
     WHERE a.node_id = of_node AND a.number = wanted
  ), told AS (
    SELECT s.place, s.kind, s.code, s.takes_part, s.share_minor, s.paid_minor, s.given_minor
      FROM cost_share s
     WHERE s.node_id = of_node AND s.allocation_number = wanted
  )
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM cost_allocation b
           WHERE b.node_id = of_node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN a.term IS DISTINCT FROM cost_term_on(of_node, a.pool_number, a.to_on)
         AND NOT EXISTS (SELECT FROM cost_pool_term t
               WHERE t.node_id = of_node AND t.pool_number = a.pool_number AND t.term > a.term
                 AND t.recorded_at > a.recorded_at) THEN 'its term did not hold'
    WHEN NOT EXISTS (SELECT FROM sharing_version v
                       JOIN cost_pool_term t ON t.node_id = v.node_id AND t.rule_code = v.code
                      WHERE v.node_id = of_node AND v.number = a.rule_version AND v.rule IS NOT NULL
                        AND v.valid_from <= a.to_on AND t.pool_number = a.pool_number AND t.term = a.term)
      THEN 'its rule is not that of the pool'
    WHEN EXISTS (SELECT FROM sharing_version v
                   JOIN sharing_version w ON w.node_id = v.node_id AND w.code = v.code
                    AND w.valid_from > v.valid_from
                  WHERE v.node_id = of_node AND v.number = a.rule_version AND w.valid_from <= a.to_on
                    AND w.recorded_at < a.recorded_at)
      THEN 'its rule was replaced before that'
    WHEN a.values_known > (SELECT count(*) FROM place_value x WHERE x.node_id = of_node)
      THEN 'it knows values of places that there are not'
    WHEN (a.shares::bigint, a.shares) <> (SELECT count(*), coalesce(max(t.place), 0) FROM told t)
      THEN 'its shares have a gap'
    WHEN (a.amount_minor, a.amount_minor, a.given_minor)
         <> (SELECT sum(t.share_minor), sum(t.paid_minor), sum(t.given_minor) FROM told t)
      THEN 'its shares do not add up to the bills'
    WHEN EXISTS (SELECT FROM told t
                   FULL JOIN billed b ON b.kind = t.kind AND b.code = t.code
                  WHERE coalesce(t.paid_minor, 0) <> coalesce(b.paid, 0)
                     OR coalesce(t.given_minor, 0) <> coalesce(b.given, 0)
                     OR t.place IS NULL OR b.code IS NULL AND NOT t.takes_part)
      THEN 'somebody paid or gave something else'
    WHEN EXISTS (SELECT FROM (SELECT t.kind, t.code FROM told t WHERE t.takes_part) t
                   FULL JOIN named n ON n.kind = t.kind AND n.code = t.code
                  WHERE t.code IS NULL OR n.code IS NULL)
      THEN 'others share it than its term says'
    ELSE cost_taken_fault(of_node, wanted)
    END
    FROM cost_allocation a
   WHERE a.node_id = of_node AND a.number = wanted
$$;

-- What is wrong with the steps of a division, and with its entry; NULL if nothing is.
CREATE FUNCTION cost_step_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH step AS (
    SELECT s.number, s.kind, s.entry_number, s.recorded_by, s.recorded_at,
           lag(s.kind) OVER (ORDER BY s.number) AS before
      FROM cost_step s
     WHERE s.node_id = of_node AND s.allocation_number = wanted
  ), said AS (
    SELECT CASE WHEN is_inside(of_node, h.kind, h.code) THEN p.expense_account_id
                ELSE p.claims_account_id END AS account,
           CASE h.kind WHEN 'member' THEN h.code ELSE '' END AS member,
           CASE WHEN h.kind = 'member' OR h.kind = 'node' AND is_inside(of_node, h.kind, h.code) THEN ''
                ELSE h.code END AS cost_object,
           (h.share_minor - h.paid_minor)::numeric AS minor
      FROM cost_share h
      JOIN cost_allocation a ON a.node_id = h.node_id AND a.number = h.allocation_number
      JOIN cost_pool p ON p.node_id = a.node_id AND p.number = a.pool_number
     WHERE h.node_id = of_node AND h.allocation_number = wanted AND h.share_minor <> h.paid_minor
  ), told AS (
    SELECT g.account_id AS account, coalesce(m.code, '') AS member, coalesce(c.code, '') AS cost_object,
           sum(g.amount_minor) AS minor
      FROM step s
      JOIN posting g ON g.node_id = of_node AND g.entry_number = s.entry_number
      LEFT JOIN dimension m ON m.node_id = of_node AND m.id = g.member_id
      LEFT JOIN dimension c ON c.node_id = of_node AND c.id = g.cost_object_id
     WHERE s.kind = 'posted'
     GROUP BY 1, 2, 3
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM step s WHERE s.number = 2 AND s.before IS DISTINCT FROM 'posted')
      THEN 'what is posted is reversed, in this order'
    WHEN EXISTS (SELECT FROM step s
                   JOIN cost_allocation a ON a.node_id = of_node AND a.number = wanted
                  WHERE s.kind = 'posted' AND s.recorded_by = a.recorded_by)
      THEN 'nobody approves what they wrote'
    WHEN EXISTS (SELECT FROM step s
                   JOIN cost_allocation a ON a.node_id = of_node AND a.number = wanted
                   JOIN party_user u ON u.node_id = of_node AND u.user_id = s.recorded_by
                    AND was_linked(of_node, u.party_id, u.user_id, a.recorded_at, s.recorded_at)
                   JOIN party p ON p.node_id = of_node AND p.id = u.party_id
                   JOIN cost_share h ON h.node_id = of_node AND h.allocation_number = wanted
                    AND h.kind = 'member' AND h.code = p.number AND h.paid_minor > h.share_minor
                  WHERE s.kind = 'posted')
      THEN 'nobody approves what is credited to them'
    WHEN EXISTS (SELECT FROM step s WHERE s.kind = 'posted')
         AND EXISTS ((SELECT account, member, cost_object, minor FROM said
                      EXCEPT SELECT account, member, cost_object, minor FROM told)
                     UNION ALL
                     (SELECT account, member, cost_object, minor FROM told
                      EXCEPT SELECT account, member, cost_object, minor FROM said))
      THEN 'its entry says otherwise'
    WHEN EXISTS (SELECT FROM step s
                   JOIN step b ON b.kind = 'posted'
                   LEFT JOIN entry e ON e.node_id = of_node AND e.number = s.entry_number
                  WHERE s.kind = 'reversed'
                    AND (e.reverses IS DISTINCT FROM b.entry_number
                         OR (s.entry_number IS NULL) <> (b.entry_number IS NULL)))
      THEN 'it is reversed by the reversal of its entry'
    WHEN EXISTS (SELECT FROM step s
                   JOIN entry e ON e.node_id = of_node AND e.reverses = s.entry_number
                  WHERE s.kind = 'posted'
                    AND NOT EXISTS (SELECT FROM step b WHERE b.kind = 'reversed'))
      THEN 'its entry was reversed, and it was not'
    END
$$;

-- ---------------------------------------------------------------- what always holds

CREATE FUNCTION check_cost_row() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  wanted int := (to_jsonb(NEW) ->> (TG_ARGV[1]))::int;
  fault text;
BEGIN
  CASE TG_ARGV[0]
    WHEN 'bill' THEN fault := cost_bill_fault(NEW.node_id, wanted);
    WHEN 'usage' THEN fault := cost_usage_fault(NEW.node_id, wanted);
    WHEN 'end' THEN
      IF EXISTS (SELECT FROM cost_allocation_bill x
                  WHERE x.node_id = NEW.node_id AND x.bill_number = wanted
                    AND is_live_allocation(x.node_id, x.allocation_number)) THEN
        fault := 'it is part of a division';
      END IF;
    WHEN 'step' THEN fault := cost_step_fault(NEW.node_id, wanted);
    ELSE fault := cost_allocation_fault(NEW.node_id, wanted);
  END CASE;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION '% % of shared costs: %', TG_ARGV[0], wanted, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_covered AFTER INSERT ON cost_bill DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_row('bill', 'number');
CREATE CONSTRAINT TRIGGER was_not_divided AFTER INSERT ON cost_bill_end DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_row('end', 'bill_number');
CREATE CONSTRAINT TRIGGER is_measured_once AFTER INSERT ON cost_usage DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_row('usage', 'number');
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON cost_allocation DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_row('division', 'number');
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON cost_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_cost_row('step', 'allocation_number');

-- What a division took and how it was shared comes with it; nothing is added later. Counted once for each
-- division that a statement adds to.
CREATE FUNCTION check_cost_parts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE added_to int;
BEGIN
  SELECT a.number INTO added_to
    FROM (SELECT DISTINCT n.node_id, n.allocation_number FROM new_rows n) t
    JOIN cost_allocation a ON a.node_id = t.node_id AND a.number = t.allocation_number
   WHERE CASE TG_TABLE_NAME
           WHEN 'cost_allocation_bill' THEN a.bills < (SELECT count(*) FROM cost_allocation_bill x
                WHERE x.node_id = a.node_id AND x.allocation_number = a.number)
           WHEN 'cost_allocation_usage' THEN a.usages < (SELECT count(*) FROM cost_allocation_usage x
                WHERE x.node_id = a.node_id AND x.allocation_number = a.number)
           ELSE a.shares < (SELECT count(*) FROM cost_share x
                WHERE x.node_id = a.node_id AND x.allocation_number = a.number) END
   LIMIT 1;
  IF added_to IS NOT NULL THEN
    RAISE EXCEPTION 'nothing is added to division %', added_to
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER comes_whole AFTER INSERT ON cost_allocation_bill REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_cost_parts();
CREATE TRIGGER comes_whole AFTER INSERT ON cost_allocation_usage REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_cost_parts();
CREATE TRIGGER comes_whole AFTER INSERT ON cost_share REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_cost_parts();

GRANT SELECT, INSERT ON cost_pool, cost_pool_term, cost_participant, cost_bill, cost_bill_end, cost_usage,
  cost_allocation, cost_allocation_bill, cost_allocation_usage, cost_share, cost_step TO coopledger_service;
