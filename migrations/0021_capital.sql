-- What members put in and own: classes of shares, every movement of them, and the surplus or loss of a period
-- divided among reserve and members. Amounts stand in the books; here stands what they rest on. Members are
-- named by their party alone: there is no personal data here.

-- ---------------------------------------------------------------- classes of shares

CREATE TABLE share_class (
  node_id               int         NOT NULL,
  code                  text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  number                int         NOT NULL CHECK (number > 0),
  from_on               date        NOT NULL,
  title                 text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  nominal_minor         bigint      NOT NULL CHECK (nominal_minor > 0),
  lowest_minor          bigint      NOT NULL CHECK (lowest_minor >= 0),
  highest_minor         bigint      CHECK (highest_minor >= lowest_minor),
  withdrawable          text        NOT NULL CHECK (withdrawable IN ('yes', 'by_discretion', 'no')),
  notice_days           int         NOT NULL CHECK (notice_days BETWEEN 0 AND 3660),
  transferable          boolean     NOT NULL,
  reserve_millionths    int         NOT NULL CHECK (reserve_millionths BETWEEN 0 AND 999999),
  capital_account_id    int         NOT NULL,
  reserve_account_id    int         NOT NULL,
  receivable_account_id int         NOT NULL,
  payable_account_id    int         NOT NULL,
  fund                  text        CHECK (length(fund) BETWEEN 1 AND 100),
  decision              text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at           timestamptz NOT NULL,
  recorded_by           int         REFERENCES user_account,
  PRIMARY KEY (node_id, code, number),
  UNIQUE (node_id, code, from_on),
  FOREIGN KEY (node_id, capital_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, reserve_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, receivable_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, payable_account_id) REFERENCES account (node_id, id),
  CONSTRAINT accounts_of_a_class_differ CHECK (capital_account_id <> reserve_account_id)
);
COMMENT ON TABLE  share_class IS 'The terms of a class of shares, a row for each version; the one that '
  'began last is in force. Accounts and fund never change.';
COMMENT ON COLUMN share_class.reserve_millionths IS 'What of a subscription goes to the reserve.';
COMMENT ON COLUMN share_class.fund IS 'Rings a special purpose: every posting on its capital carries it.';
COMMENT ON COLUMN share_class.highest_minor IS 'The most that one member may hold.';
CALL make_append_only('share_class');

CREATE FUNCTION check_share_class() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.number > 1 AND NOT EXISTS (
       SELECT FROM share_class c
        WHERE (c.node_id, c.code, c.number) = (NEW.node_id, NEW.code, NEW.number - 1)
          AND c.from_on < NEW.from_on AND c.capital_account_id = NEW.capital_account_id
          AND c.reserve_account_id = NEW.reserve_account_id
          AND c.receivable_account_id = NEW.receivable_account_id
          AND c.payable_account_id = NEW.payable_account_id AND c.fund IS NOT DISTINCT FROM NEW.fund)
     OR (SELECT count(*) FILTER (WHERE a.id = NEW.capital_account_id AND a.type = 'equity') = 1
            AND count(*) FILTER (WHERE a.id = NEW.reserve_account_id AND a.type = 'equity') = 1
            AND count(*) FILTER (WHERE a.id = NEW.receivable_account_id AND a.type = 'asset') = 1
            AND count(*) FILTER (WHERE a.id = NEW.payable_account_id AND a.type = 'liability') = 1
            AND count(DISTINCT a.unit_id) = 1
           FROM account a
          WHERE a.node_id = NEW.node_id AND a.id IN (NEW.capital_account_id, NEW.reserve_account_id,
                NEW.receivable_account_id, NEW.payable_account_id)) IS NOT TRUE THEN
    RAISE EXCEPTION 'a version of a class of shares follows on the one before, with accounts of its kind'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON share_class DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_share_class();

-- ---------------------------------------------------------------- movements of shares

CREATE TABLE share_movement (
  node_id       int         NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  movement      text        NOT NULL CHECK (movement IN ('subscribe', 'pay_in', 'cancel', 'give', 'receive',
    'ask', 'withdraw')),
  class_code    text        NOT NULL,
  class_version int         NOT NULL,
  party_id      int         NOT NULL,
  amount_minor  bigint      NOT NULL CHECK (amount_minor > 0),
  reserve_minor bigint      NOT NULL CHECK (reserve_minor BETWEEN 0 AND amount_minor),
  moved_on      date        NOT NULL,
  follows       int         CHECK (follows < number),
  entry_number  int,
  reason        text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, class_code, class_version) REFERENCES share_class (node_id, code, number),
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number),
  FOREIGN KEY (node_id, follows) REFERENCES share_movement,
  CONSTRAINT movement_is_whole CHECK (
    (entry_number IS NULL) = (movement = 'ask')
    AND (follows IS NOT NULL) = (movement IN ('receive', 'withdraw'))
    AND (reserve_minor = 0 OR movement IN ('subscribe', 'cancel')))
);
CREATE INDEX share_movement_of_party ON share_movement (node_id, class_code, party_id, number);
CREATE UNIQUE INDEX an_entry_moves_once ON share_movement (node_id, entry_number)
  WHERE movement <> 'receive' AND entry_number IS NOT NULL;
CREATE UNIQUE INDEX a_gift_is_received_once ON share_movement (node_id, follows) WHERE movement = 'receive';
COMMENT ON TABLE  share_movement IS 'What happened to shares; holdings are sums of it. Each movement but an '
  'ask has its entry in the books.';
COMMENT ON COLUMN share_movement.follows IS 'Of a receipt: what was given. Of a withdrawal: what was asked.';
COMMENT ON COLUMN share_movement.reserve_minor IS 'What of the amount is the reserve''s, not the member''s.';
CALL make_append_only('share_movement');

-- What is wrong with a movement, seen from the movements before it and from the books; NULL if nothing is.
CREATE FUNCTION share_movement_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH moved AS (
    SELECT m.movement, m.class_code, m.party_id, m.amount_minor, m.reserve_minor, m.entry_number, m.follows,
           m.moved_on, c.highest_minor, c.capital_account_id, c.reserve_account_id, c.receivable_account_id,
           c.payable_account_id, c.withdrawable, c.transferable, p.number AS member
      FROM share_movement m
      JOIN share_class c ON c.node_id = m.node_id AND c.code = m.class_code AND c.number = m.class_version
      JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
     WHERE m.node_id = node AND m.number = wanted
  ), stood AS (
    SELECT coalesce(sum(CASE m.movement WHEN 'subscribe' THEN m.amount_minor - m.reserve_minor
                          WHEN 'receive' THEN m.amount_minor
                          WHEN 'cancel' THEN m.reserve_minor - m.amount_minor
                          WHEN 'give' THEN -m.amount_minor WHEN 'withdraw' THEN -m.amount_minor
                          ELSE 0 END), 0) AS holding,
           coalesce(sum(CASE m.movement WHEN 'subscribe' THEN m.amount_minor
                          WHEN 'cancel' THEN -m.amount_minor WHEN 'pay_in' THEN -m.amount_minor
                          ELSE 0 END), 0) AS unpaid,
           coalesce(sum(CASE m.movement WHEN 'ask' THEN m.amount_minor
                          WHEN 'withdraw' THEN -m.amount_minor ELSE 0 END), 0) AS waiting
      FROM moved x
      JOIN share_movement m ON m.node_id = node AND m.class_code = x.class_code
       AND m.party_id = x.party_id AND m.number <= wanted
  ), booked AS (
    SELECT coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.capital_account_id
             AND d.code = x.member), 0) AS capital,
           coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.receivable_account_id
             AND d.code = x.member), 0) AS receivable,
           coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.payable_account_id
             AND d.code = x.member), 0) AS payable,
           coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.reserve_account_id), 0) AS reserve
      FROM moved x
      JOIN posting g ON g.node_id = node AND g.entry_number = x.entry_number
      LEFT JOIN dimension d ON d.node_id = g.node_id AND d.kind = 'member' AND d.id = g.member_id
  ), earlier AS (
    SELECT f.movement, f.party_id, f.class_code, f.amount_minor, f.entry_number,
           (SELECT sum(w.amount_minor) FROM share_movement w
             WHERE w.node_id = node AND w.follows = x.follows AND w.movement = 'withdraw'
               AND w.number <= wanted) AS withdrawn
      FROM moved x
      JOIN share_movement f ON f.node_id = node AND f.number = x.follows
  )
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM share_movement b
           WHERE b.node_id = node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN s.holding < 0 OR s.unpaid < 0 OR s.waiting < 0 THEN 'more is taken than there is'
    WHEN x.movement IN ('give', 'ask') AND s.holding < s.unpaid + s.waiting
      THEN 'only what was paid in, and is not asked back, leaves'
    WHEN x.movement IN ('subscribe', 'receive') AND s.holding > x.highest_minor
      THEN 'nobody holds more than the class allows'
    WHEN x.movement = 'give' AND NOT x.transferable THEN 'shares of the class are not given on'
    WHEN x.movement = 'ask' AND x.withdrawable = 'no' THEN 'shares of the class are not withdrawn'
    WHEN x.movement = 'receive' AND NOT EXISTS (SELECT FROM earlier e
           WHERE e.movement = 'give' AND e.class_code = x.class_code AND e.party_id <> x.party_id
             AND (e.amount_minor, e.entry_number) = (x.amount_minor, x.entry_number))
      THEN 'what is received was given'
    WHEN x.movement = 'withdraw' AND NOT EXISTS (SELECT FROM earlier e
           WHERE e.movement = 'ask' AND (e.class_code, e.party_id) = (x.class_code, x.party_id)
             AND e.withdrawn <= e.amount_minor)
      THEN 'what is withdrawn was asked'
    WHEN x.movement <> 'ask' AND (b.capital, b.receivable, b.payable, b.reserve) <> (
           CASE x.movement WHEN 'subscribe' THEN x.reserve_minor - x.amount_minor
                           WHEN 'cancel' THEN x.amount_minor - x.reserve_minor
                           WHEN 'receive' THEN -x.amount_minor WHEN 'pay_in' THEN 0
                           ELSE x.amount_minor END,
           CASE x.movement WHEN 'subscribe' THEN x.amount_minor
                           WHEN 'cancel' THEN -x.amount_minor WHEN 'pay_in' THEN -x.amount_minor
                           ELSE 0 END,
           CASE x.movement WHEN 'withdraw' THEN -x.amount_minor ELSE 0 END,
           CASE x.movement WHEN 'subscribe' THEN -x.reserve_minor
                           WHEN 'cancel' THEN x.reserve_minor ELSE 0 END)
      THEN 'its entry says otherwise'
    END
    FROM moved x, stood s, booked b
$$;

CREATE FUNCTION check_share_movement() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := share_movement_fault(NEW.node_id, NEW.number);
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'movement % of shares: %', NEW.number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER stands AFTER INSERT ON share_movement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_share_movement();

-- ---------------------------------------------------------------- how a surplus is divided

CREATE TABLE surplus_rule (
  node_id               int         NOT NULL,
  number                int         NOT NULL CHECK (number > 0),
  from_on               date        NOT NULL,
  title                 text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  decision              text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  unit_id               int         NOT NULL REFERENCES unit,
  reserve_weight        int         NOT NULL CHECK (reserve_weight BETWEEN 0 AND 1000000),
  members_weight        int         NOT NULL CHECK (members_weight BETWEEN 0 AND 1000000),
  other_weight          int         NOT NULL CHECK (other_weight BETWEEN 0 AND 1000000),
  loss_reserve_weight   int         NOT NULL CHECK (loss_reserve_weight BETWEEN 0 AND 1000000),
  loss_members_weight   int         NOT NULL CHECK (loss_members_weight BETWEEN 0 AND 1000000),
  patronage             text        NOT NULL CHECK (patronage IN ('hours', 'purchases', 'equal')),
  interest_millionths   int         NOT NULL CHECK (interest_millionths BETWEEN 0 AND 1000000),
  interest_most         int         NOT NULL CHECK (interest_most BETWEEN 0 AND 1000000),
  cash_millionths       int         NOT NULL CHECK (cash_millionths BETWEEN 0 AND 1000000),
  indivisible           boolean     NOT NULL,
  result_account_id     int         NOT NULL,
  reserve_account_id    int         NOT NULL,
  capital_account_id    int         NOT NULL,
  payable_account_id    int         NOT NULL,
  other_account_id      int,
  recorded_at           timestamptz NOT NULL,
  recorded_by           int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, unit_id, from_on),
  FOREIGN KEY (node_id, result_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, reserve_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, capital_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, payable_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, other_account_id) REFERENCES account (node_id, id),
  CONSTRAINT something_is_divided CHECK (reserve_weight + members_weight + other_weight > 0
    AND loss_reserve_weight + loss_members_weight > 0),
  CONSTRAINT other_has_an_account CHECK ((other_account_id IS NOT NULL) = (other_weight > 0)),
  CONSTRAINT accounts_of_a_rule_differ CHECK (result_account_id NOT IN (reserve_account_id,
      capital_account_id) AND reserve_account_id <> capital_account_id
    AND other_account_id NOT IN (result_account_id, reserve_account_id, capital_account_id,
      payable_account_id))
);
COMMENT ON TABLE  surplus_rule IS 'How the surplus or loss of a period is divided, a row for each version; '
  'of a unit the one that began last is in force. Adopted by a decision.';
COMMENT ON COLUMN surplus_rule.interest_most IS 'In millionths of the members'' part: the most there is.';
COMMENT ON COLUMN surplus_rule.indivisible IS 'The reserve is never divided among members.';
CALL make_append_only('surplus_rule');

CREATE FUNCTION check_surplus_rule() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.number > 1 AND NOT EXISTS (SELECT FROM surplus_rule r
       WHERE (r.node_id, r.number) = (NEW.node_id, NEW.number - 1))
     OR (SELECT count(*) FILTER (WHERE a.type = 'equity') = 3
           FROM account a
          WHERE a.node_id = NEW.node_id AND a.unit_id = NEW.unit_id
            AND a.id IN (NEW.result_account_id, NEW.reserve_account_id,
                         NEW.capital_account_id)) IS NOT TRUE
     OR NOT EXISTS (SELECT FROM account a
       WHERE (a.node_id, a.id, a.unit_id) = (NEW.node_id, NEW.payable_account_id, NEW.unit_id)
         AND a.type = 'liability')
     OR NEW.other_account_id IS NOT NULL AND NOT EXISTS (SELECT FROM account a
       WHERE (a.node_id, a.id, a.unit_id) = (NEW.node_id, NEW.other_account_id, NEW.unit_id)
         AND a.type IN ('liability', 'equity')) THEN
    RAISE EXCEPTION 'a rule for surplus is numbered without a gap, with accounts of its kind and unit'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON surplus_rule DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_surplus_rule();

CREATE TABLE surplus_run (
  node_id        int         NOT NULL,
  number         int         NOT NULL CHECK (number > 0),
  rule_number    int         NOT NULL,
  source         text        NOT NULL CHECK (source IN ('result', 'reserve')),
  from_on        date        NOT NULL,
  to_on          date        NOT NULL CHECK (to_on >= from_on),
  booked_on      date        NOT NULL CHECK (booked_on >= to_on),
  decision       text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  amount_minor   bigint      NOT NULL CHECK (amount_minor <> 0),
  reserve_minor  bigint      NOT NULL,
  members_minor  bigint      NOT NULL,
  other_minor    bigint      NOT NULL,
  interest_minor bigint      NOT NULL CHECK (interest_minor >= 0),
  cash_minor     bigint      NOT NULL CHECK (cash_minor >= 0),
  members        int         NOT NULL CHECK (members BETWEEN 0 AND 10000),
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, rule_number) REFERENCES surplus_rule,
  CONSTRAINT parts_add_up CHECK (amount_minor = reserve_minor + members_minor + other_minor
    AND (amount_minor > 0 AND reserve_minor >= 0 AND members_minor >= 0 AND other_minor >= 0
         AND interest_minor + cash_minor <= members_minor
      OR amount_minor < 0 AND reserve_minor <= 0 AND members_minor <= 0 AND other_minor = 0
         AND interest_minor = 0 AND cash_minor = 0)
    AND (source = 'result' OR amount_minor > 0 AND reserve_minor = 0 AND other_minor = 0))
);
COMMENT ON TABLE  surplus_run IS 'A surplus (positive) or loss that is divided: a proposal until two people '
  'approved it. How it stands follows from its steps.';
COMMENT ON COLUMN surplus_run.source IS 'What is divided: the result of the period, or the reserve.';
CALL make_append_only('surplus_run');

CREATE TABLE surplus_share (
  node_id         int    NOT NULL,
  run_number      int    NOT NULL,
  number          int    NOT NULL CHECK (number > 0),
  party_id        int    NOT NULL,
  measure         bigint NOT NULL CHECK (measure >= 0),
  capital_minor   bigint NOT NULL CHECK (capital_minor >= 0),
  interest_minor  bigint NOT NULL CHECK (interest_minor >= 0),
  patronage_minor bigint NOT NULL,
  cash_minor      bigint NOT NULL CHECK (cash_minor BETWEEN 0 AND greatest(patronage_minor, 0)),
  PRIMARY KEY (node_id, run_number, number),
  UNIQUE (node_id, run_number, party_id),
  FOREIGN KEY (node_id, run_number) REFERENCES surplus_run,
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
COMMENT ON TABLE  surplus_share IS 'What a member gets, or bears, by a run. What is not cash stays in the '
  'member''s capital account.';
COMMENT ON COLUMN surplus_share.measure IS 'Hours or purchases in millionths; 1000000 where all are equal.';
COMMENT ON COLUMN surplus_share.capital_minor IS 'What the member''s capital account held on the last day.';
CALL make_append_only('surplus_share');

CREATE TABLE surplus_step (
  node_id      int         NOT NULL,
  run_number   int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  step         text        NOT NULL CHECK (step IN ('approved', 'booked', 'cancelled', 'undone')),
  entry_number int,
  reason       text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, run_number, number),
  FOREIGN KEY (node_id, run_number) REFERENCES surplus_run,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number),
  CONSTRAINT step_is_whole CHECK ((entry_number IS NOT NULL) = (step IN ('booked', 'undone'))
    AND (reason IS NOT NULL) = (step IN ('cancelled', 'undone'))),
  CONSTRAINT somebody_approves CHECK (step <> 'approved' OR recorded_by IS NOT NULL)
);
CREATE UNIQUE INDEX a_run_steps_once ON surplus_step (node_id, run_number, step) WHERE step <> 'approved';
CREATE UNIQUE INDEX a_run_is_approved_by_different_people
  ON surplus_step (node_id, run_number, recorded_by) WHERE step = 'approved';
CREATE UNIQUE INDEX an_entry_is_of_one_run ON surplus_step (node_id, entry_number)
  WHERE entry_number IS NOT NULL;
COMMENT ON TABLE surplus_step IS 'What became of a run, in order: two approvals book it; a booked one is '
  'undone by a reversal.';
CALL make_append_only('surplus_step');

-- What is wrong with a run and its shares; NULL if nothing is.
CREATE FUNCTION surplus_run_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM surplus_run b
           WHERE b.node_id = node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN r.members <> t.counted OR t.counted <> t.last THEN 'it has other members than it was proposed with'
    WHEN (r.members_minor, r.interest_minor, r.cash_minor) <> (t.parts, t.interest, t.cash)
      THEN 'the shares of its members do not add up to their part'
    WHEN r.source = 'reserve' AND u.indivisible THEN 'an indivisible reserve is not divided'
    WHEN u.from_on > r.to_on THEN 'its rule was not in force'
    WHEN t.mixed THEN 'somebody bears where others get'
    END
    FROM surplus_run r
    JOIN surplus_rule u ON u.node_id = r.node_id AND u.number = r.rule_number
   CROSS JOIN LATERAL (
         SELECT count(*) AS counted, coalesce(max(s.number), 0) AS last,
                coalesce(sum(s.interest_minor + s.patronage_minor), 0) AS parts,
                coalesce(sum(s.interest_minor), 0) AS interest, coalesce(sum(s.cash_minor), 0) AS cash,
                coalesce(bool_or(sign(s.patronage_minor) = -sign(r.amount_minor)), false) AS mixed
           FROM surplus_share s
          WHERE s.node_id = r.node_id AND s.run_number = r.number) t
   WHERE r.node_id = node AND r.number = wanted
$$;

CREATE FUNCTION check_surplus_run() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  wanted int := CASE TG_TABLE_NAME WHEN 'surplus_run' THEN (to_jsonb(NEW) ->> 'number')::int
                                   ELSE (to_jsonb(NEW) ->> 'run_number')::int END;
  fault text;
BEGIN
  -- The shares are judged once, with the first of them.
  IF TG_TABLE_NAME = 'surplus_run' OR (to_jsonb(NEW) ->> 'number')::int
       IN (1, (SELECT r.members + 1 FROM surplus_run r WHERE r.node_id = NEW.node_id
                                                         AND r.number = wanted)) THEN
    fault := surplus_run_fault(NEW.node_id, wanted);
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'run % of a surplus: %', wanted, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON surplus_run DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_surplus_run();
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON surplus_share DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_surplus_run();

-- What is wrong with the steps of a run, and with its entry; NULL if nothing is.
CREATE FUNCTION surplus_step_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH step AS (
    SELECT s.number, s.step, s.entry_number, s.recorded_by, s.recorded_at,
           row_number() OVER (ORDER BY s.number) AS counted,
           count(*) FILTER (WHERE s.step = 'approved') OVER (ORDER BY s.number) AS approvals,
           lag(s.step) OVER (ORDER BY s.number) AS before
      FROM surplus_step s
     WHERE s.node_id = node AND s.run_number = wanted
  ), run AS (
    SELECT r.amount_minor, r.source, r.reserve_minor, r.other_minor, r.recorded_by, u.result_account_id,
           u.reserve_account_id, u.capital_account_id, u.payable_account_id, u.other_account_id
      FROM surplus_run r
      JOIN surplus_rule u ON u.node_id = r.node_id AND u.number = r.rule_number
     WHERE r.node_id = node AND r.number = wanted
  ), said AS (
    SELECT x.account, x.member, sum(x.minor) AS minor
      FROM (SELECT CASE r.source WHEN 'result' THEN r.result_account_id ELSE r.reserve_account_id END
                     AS account, '' AS member, r.amount_minor AS minor
              FROM run r
            UNION ALL
            SELECT r.reserve_account_id, '', -r.reserve_minor FROM run r
            UNION ALL
            SELECT r.other_account_id, '', -r.other_minor FROM run r
            UNION ALL
            SELECT r.capital_account_id, p.number,
                   s.cash_minor - s.interest_minor - s.patronage_minor
              FROM run r
              JOIN surplus_share s ON s.node_id = node AND s.run_number = wanted
              JOIN party p ON p.node_id = node AND p.id = s.party_id
            UNION ALL
            SELECT r.payable_account_id, p.number, -s.cash_minor
              FROM run r
              JOIN surplus_share s ON s.node_id = node AND s.run_number = wanted
              JOIN party p ON p.node_id = node AND p.id = s.party_id) x
     GROUP BY x.account, x.member
    HAVING sum(x.minor) <> 0
  ), told AS (
    SELECT g.account_id AS account, coalesce(d.code, '') AS member, sum(g.amount_minor) AS minor
      FROM step s
      JOIN posting g ON g.node_id = node AND g.entry_number = s.entry_number
      LEFT JOIN dimension d ON d.node_id = node AND d.kind = 'member' AND d.id = g.member_id
     WHERE s.step = 'booked'
     GROUP BY g.account_id, coalesce(d.code, '')
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM step s WHERE s.number <> s.counted) THEN 'its steps have a gap'
    WHEN EXISTS (SELECT FROM step s, run r WHERE s.step = 'approved' AND s.recorded_by = r.recorded_by)
      THEN 'nobody approves what they wrote'
    WHEN EXISTS (SELECT FROM step s
                   JOIN party_user u ON u.node_id = node AND u.user_id = s.recorded_by
                    AND u.linked_at <= s.recorded_at
                  WHERE s.step = 'approved'
                    AND EXISTS (SELECT FROM surplus_share h WHERE h.node_id = node
                                   AND h.run_number = wanted AND h.party_id = u.party_id)
                    AND NOT EXISTS (SELECT FROM surplus_share h WHERE h.node_id = node
                                       AND h.run_number = wanted AND h.party_id <> u.party_id))
      THEN 'nobody approves what pays only them'
    WHEN EXISTS (SELECT FROM step s
                  WHERE CASE s.step WHEN 'approved' THEN s.approvals > 2 OR s.before <> 'approved'
                          WHEN 'booked' THEN s.approvals <> 2 OR s.before <> 'approved'
                          WHEN 'cancelled' THEN s.before IS NOT NULL AND s.before <> 'approved'
                          ELSE s.before IS DISTINCT FROM 'booked' END)
      THEN 'two people approve what is booked, and what is booked is undone, in this order'
    WHEN EXISTS (SELECT FROM step s WHERE s.step = 'booked')
         AND EXISTS ((SELECT account, member, minor FROM said EXCEPT SELECT account, member, minor FROM told)
                     UNION ALL
                     (SELECT account, member, minor FROM told EXCEPT SELECT account, member, minor FROM said))
      THEN 'its entry says otherwise'
    WHEN EXISTS (SELECT FROM step s
                   JOIN step b ON b.step = 'booked'
                   JOIN entry e ON e.node_id = node AND e.number = s.entry_number
                  WHERE s.step = 'undone' AND e.reverses IS DISTINCT FROM b.entry_number)
      THEN 'it is undone by the reversal of its entry'
    END
$$;

CREATE FUNCTION check_surplus_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text := surplus_step_fault(NEW.node_id, NEW.run_number);
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'run % of a surplus: %', NEW.run_number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON surplus_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_surplus_step();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON share_class, share_movement, surplus_rule, surplus_run, surplus_share, surplus_step
  TO coopledger_service;
