-- What members owe in work: obligations over a time, by a decision, and what was settled of them in another
-- way than by hours. And tables of hours that came in, so that a row counts once. Everything is only added;
-- how somebody stands is derived from approved hours and from this.

-- ---------------------------------------------------------------- what is owed

CREATE TABLE obligation (
  node_id      int         NOT NULL REFERENCES node,
  number       int         NOT NULL CHECK (number > 0),
  title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  circle_id    int,
  from_on      date        NOT NULL,
  until_on     date        NOT NULL,
  minutes      int         CHECK (minutes BETWEEN 1 AND 600000),
  amount_minor bigint      CHECK (amount_minor BETWEEN 1 AND 100000000000000),
  unit_id      int         REFERENCES unit,
  rate_minor   bigint      CHECK (rate_minor BETWEEN 1 AND 10000000000),
  by_hours     boolean     NOT NULL,
  by_money     boolean     NOT NULL,
  by_kind      boolean     NOT NULL,
  decision     text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, circle_id) REFERENCES circle,
  CONSTRAINT obligation_lasts CHECK (until_on >= from_on),
  CONSTRAINT obligation_is_whole CHECK (num_nonnulls(minutes, amount_minor) = 1
    AND (by_hours OR by_money OR by_kind)
    AND (unit_id IS NULL) = (num_nonnulls(amount_minor, rate_minor) = 0)
    AND (rate_minor IS NOT NULL OR minutes IS NULL AND NOT by_hours
         OR minutes IS NOT NULL AND NOT by_money AND NOT by_kind))
);
COMMENT ON TABLE  obligation IS 'What members owe a circle, or the node where no circle is named, in a time: '
  'so many minutes, or an amount; and in what it may be met.';
COMMENT ON COLUMN obligation.rate_minor IS 'What an hour is worth, in minor units of the unit.';
CALL make_append_only('obligation');

CREATE TABLE obligation_member (
  node_id           int         NOT NULL,
  obligation_number int         NOT NULL,
  party_id          int         NOT NULL,
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, obligation_number, party_id),
  FOREIGN KEY (node_id, obligation_number) REFERENCES obligation,
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
CREATE INDEX obligation_member_by_party ON obligation_member (node_id, party_id);
COMMENT ON TABLE obligation_member IS 'Who owes it; each owes all of it.';
CALL make_append_only('obligation_member');

CREATE TABLE obligation_withdrawal (
  node_id           int         NOT NULL,
  obligation_number int         NOT NULL,
  reason            text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, obligation_number),
  FOREIGN KEY (node_id, obligation_number) REFERENCES obligation
);
COMMENT ON TABLE obligation_withdrawal IS 'Obligations that nobody owes any more: no hours count toward '
  'them.';
CALL make_append_only('obligation_withdrawal');

CREATE FUNCTION check_obligation_withdrawal() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM obligation_member m
               JOIN obligation o ON o.node_id = m.node_id AND o.number = m.obligation_number
              WHERE m.node_id = NEW.node_id AND m.obligation_number = NEW.obligation_number
                AND was_linked(m.node_id, m.party_id, NEW.recorded_by, o.recorded_at, NEW.recorded_at)) THEN
    RAISE EXCEPTION 'obligation %: nobody withdraws what they owe themselves', NEW.obligation_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER not_their_own AFTER INSERT ON obligation_withdrawal
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_obligation_withdrawal();

-- How everybody stands reads the hours that count toward it, and no others.
CREATE INDEX work_hours_toward_obligations ON work_hours (node_id, party_id, worked_on)
  INCLUDE (number, circle_id, minutes, recorded_at) WHERE intent = 'obligation';

-- ---------------------------------------------------------------- what was settled otherwise than by hours

CREATE TABLE obligation_settlement (
  node_id           int         NOT NULL,
  obligation_number int         NOT NULL,
  number            int         NOT NULL CHECK (number > 0),
  kind              text        NOT NULL CHECK (kind IN ('money', 'kind', 'waived', 'reversed')),
  party_id          int         NOT NULL,
  on_day            date        NOT NULL,
  amount_minor      bigint      CHECK (amount_minor > 0),
  minutes           int         CHECK (minutes > 0),
  entry_number      bigint,
  reverses          int         CHECK (reverses < number),
  words             text        CHECK (length(words) BETWEEN 1 AND 500),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, obligation_number, number),
  FOREIGN KEY (node_id, obligation_number, party_id) REFERENCES obligation_member,
  FOREIGN KEY (node_id, obligation_number, reverses) REFERENCES obligation_settlement,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry,
  CONSTRAINT settlement_is_whole CHECK (
    (reverses IS NOT NULL) = (kind = 'reversed')
    AND num_nonnulls(amount_minor, minutes) = CASE kind WHEN 'reversed' THEN 0 ELSE 1 END
    AND (minutes IS NULL OR kind = 'waived')
    AND (entry_number IS NULL OR kind = 'money')
    AND (words IS NOT NULL OR entry_number IS NOT NULL)),
  CONSTRAINT somebody_accepts CHECK (kind <> 'kind' OR recorded_by IS NOT NULL)
);
CREATE UNIQUE INDEX a_settlement_is_reversed_once
  ON obligation_settlement (node_id, obligation_number, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX obligation_settlement_by_member ON obligation_settlement (node_id, party_id, obligation_number);
CREATE INDEX obligation_settlement_by_entry ON obligation_settlement (node_id, entry_number)
  WHERE entry_number IS NOT NULL;
COMMENT ON TABLE  obligation_settlement IS 'What a member settled of an obligation in money or in kind, what '
  'was waived, and what of it was taken back. What an entry settles counts until the entry is reversed.';
COMMENT ON COLUMN obligation_settlement.words IS 'What was given, why it was waived or taken back, or what a '
  'settlement in money rests on where no entry is named. Names nobody.';
COMMENT ON COLUMN obligation_settlement.recorded_by IS 'Of what was given in kind: who accepted it.';
CALL make_append_only('obligation_settlement');

-- ---------------------------------------------------------------- tables of hours that came in

CREATE TABLE hours_import (
  node_id     int         NOT NULL REFERENCES node,
  number      int         NOT NULL CHECK (number > 0),
  file_hash   text        NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  table_rows  int         NOT NULL CHECK (table_rows > 0),
  recorded    int         NOT NULL CHECK (recorded >= 0),
  known       int         NOT NULL CHECK (known >= 0),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  CONSTRAINT rows_are_told_apart CHECK (recorded + known <= table_rows AND recorded > 0)
);
CREATE INDEX hours_import_by_hash ON hours_import (node_id, file_hash);
COMMENT ON TABLE  hours_import IS 'Tables of hours that came in and recorded some.';
COMMENT ON COLUMN hours_import.file_hash IS 'SHA-256 of the file, in hexadecimal.';
COMMENT ON COLUMN hours_import.known IS 'Rows that were on record before. What is left was doubtful.';
CALL make_append_only('hours_import');

CREATE TABLE hours_import_row (
  node_id       int  NOT NULL,
  import_number int  NOT NULL,
  line          int  NOT NULL CHECK (line > 0),
  row_key       uuid NOT NULL,
  hours_number  int  NOT NULL,
  PRIMARY KEY (node_id, row_key),
  UNIQUE (node_id, hours_number),
  UNIQUE (node_id, import_number, line),
  FOREIGN KEY (node_id, import_number) REFERENCES hours_import,
  FOREIGN KEY (node_id, hours_number) REFERENCES work_hours
);
COMMENT ON TABLE  hours_import_row IS 'Which hours came from which row of a table.';
COMMENT ON COLUMN hours_import_row.row_key IS 'The fingerprint of what the row says: it counts once.';
CALL make_append_only('hours_import_row');

-- ---------------------------------------------------------------- what always holds

CREATE FUNCTION is_withdrawn_obligation(node int, obligation int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM obligation_withdrawal w
                  WHERE (w.node_id, w.obligation_number) = (node, obligation))
$$;

-- Hours count toward one obligation only, so a member owes hours to the node once at a time, and once to each
-- circle.
CREATE FUNCTION check_obligation_member() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM obligation n
               JOIN obligation_member m ON (m.node_id, m.party_id) = (NEW.node_id, NEW.party_id)
               JOIN obligation o ON (o.node_id, o.number) = (m.node_id, m.obligation_number)
              WHERE (n.node_id, n.number) = (NEW.node_id, NEW.obligation_number) AND o.number <> n.number
                AND n.by_hours AND o.by_hours AND o.circle_id IS NOT DISTINCT FROM n.circle_id
                AND o.from_on <= n.until_on AND n.from_on <= o.until_on
                AND NOT is_withdrawn_obligation(n.node_id, n.number)
                AND NOT is_withdrawn_obligation(o.node_id, o.number)) THEN
    RAISE EXCEPTION 'obligation %: the member owes hours for this time already', NEW.obligation_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER owed_once AFTER INSERT ON obligation_member
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_obligation_member();

-- What a member gave by an entry, in a unit: what it credits income with about them; what it takes off an
-- asset about them, as far as assets came in; or what it charges them with, as far as it is income. What is
-- paid to them is none of these.
CREATE FUNCTION given_by_member(node int, entry bigint, party int, unit int) RETURNS numeric LANGUAGE sql
  STABLE SET search_path = public, pg_temp AS $$
  SELECT greatest(x.own_income, least(x.taken_off, x.came_in), least(x.charged, x.income))
    FROM (SELECT coalesce(sum(p.credit) FILTER (WHERE p.type = 'income' AND p.is_theirs), 0) AS own_income,
                 coalesce(sum(p.credit) FILTER (WHERE p.type = 'asset' AND p.is_theirs), 0) AS taken_off,
                 coalesce(sum(p.debit) FILTER (WHERE p.type = 'asset'), 0) AS came_in,
                 coalesce(sum(p.debit) FILTER (WHERE p.type = 'asset' AND p.is_theirs), 0) AS charged,
                 coalesce(sum(p.credit) FILTER (WHERE p.type = 'income'), 0) AS income
            FROM (SELECT a.type, greatest(g.amount_minor, 0) AS debit, greatest(-g.amount_minor, 0) AS credit,
                         m.id IS NOT NULL AS is_theirs
                    FROM posting g
                    JOIN account a ON a.node_id = g.node_id AND a.id = g.account_id AND a.unit_id = unit
                    LEFT JOIN party m ON m.node_id = g.node_id AND m.dimension_id = g.member_id
                          AND m.id = party
                   WHERE g.node_id = node AND g.entry_number = entry) p) x
$$;

-- Each settlement is of what the obligation allows, of somebody else's debt, and all of them together are no
-- more than is owed.
CREATE FUNCTION check_obligation_settlement() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE o record; before record; settled numeric; fault text;
BEGIN
  SELECT x.minutes, x.amount_minor, x.unit_id, x.rate_minor, x.by_money, x.by_kind, x.recorded_at,
         coalesce(x.minutes::numeric * coalesce(x.rate_minor, 1), x.amount_minor::numeric * 60) AS owed
    INTO o FROM obligation x WHERE (x.node_id, x.number) = (NEW.node_id, NEW.obligation_number);
  SELECT s.kind, s.party_id INTO before FROM obligation_settlement s
   WHERE (s.node_id, s.obligation_number, s.number) = (NEW.node_id, NEW.obligation_number, NEW.reverses);
  SELECT coalesce(sum(coalesce(s.amount_minor::numeric * 60,
                               s.minutes::numeric * coalesce(o.rate_minor, 1))), 0)
    INTO settled
    FROM obligation_settlement s
   WHERE (s.node_id, s.obligation_number, s.party_id) = (NEW.node_id, NEW.obligation_number, NEW.party_id)
     AND s.kind <> 'reversed'
     AND NOT EXISTS (SELECT FROM obligation_settlement r
           WHERE (r.node_id, r.obligation_number, r.reverses) = (s.node_id, s.obligation_number, s.number))
     AND NOT EXISTS (SELECT FROM entry r WHERE (r.node_id, r.reverses) = (s.node_id, s.entry_number));
  fault := CASE
    WHEN NEW.number > 1 AND NOT EXISTS (SELECT FROM obligation_settlement s
           WHERE (s.node_id, s.obligation_number, s.number)
                 = (NEW.node_id, NEW.obligation_number, NEW.number - 1))
      THEN 'their numbers have a gap'
    WHEN NEW.kind = 'money' AND NOT o.by_money OR NEW.kind = 'kind' AND NOT o.by_kind
      THEN 'it is not met in this way'
    WHEN NEW.kind = 'waived' AND (NEW.minutes IS NULL) <> (o.minutes IS NULL)
      THEN 'what is waived is said as it is owed'
    WHEN NEW.kind = 'reversed' AND (before.kind = 'reversed' OR before.party_id <> NEW.party_id)
      THEN 'what is taken back was settled by the member'
    WHEN NEW.kind <> 'reversed' AND EXISTS (SELECT FROM obligation_withdrawal w
           WHERE (w.node_id, w.obligation_number) = (NEW.node_id, NEW.obligation_number)
             AND w.recorded_at < NEW.recorded_at)
      THEN 'it was withdrawn'
    WHEN settled >= o.owed + CASE WHEN o.unit_id IS NULL THEN 1 ELSE 60 END
      THEN 'more is settled than is owed'
    WHEN NEW.entry_number IS NOT NULL AND (
           SELECT sum(s.amount_minor)
             FROM obligation_settlement s
             JOIN obligation b ON b.node_id = s.node_id AND b.number = s.obligation_number
              AND b.unit_id = o.unit_id
            WHERE (s.node_id, s.entry_number, s.party_id) = (NEW.node_id, NEW.entry_number, NEW.party_id)
              AND NOT EXISTS (SELECT FROM obligation_settlement r
                    WHERE (r.node_id, r.obligation_number, r.reverses)
                          = (s.node_id, s.obligation_number, s.number)))
         > given_by_member(NEW.node_id, NEW.entry_number, NEW.party_id, o.unit_id)
      THEN 'an entry settles no more than the member gave by it'
    WHEN NEW.kind <> 'reversed'
         AND was_linked(NEW.node_id, NEW.party_id, NEW.recorded_by, o.recorded_at, NEW.recorded_at)
      THEN 'nobody settles what they owe themselves'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'settlement % of obligation %: %', NEW.number, NEW.obligation_number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON obligation_settlement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_obligation_settlement();

-- A table recorded as many hours as it says: each statement that adds rows adds no more, and at the commit
-- all are there.
CREATE FUNCTION check_hours_import() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.recorded <> (SELECT count(*) FROM hours_import_row r
                       WHERE (r.node_id, r.import_number) = (NEW.node_id, NEW.number)) THEN
    RAISE EXCEPTION 'import % of hours did not record as many as it says', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON hours_import
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_hours_import();

CREATE FUNCTION check_hours_import_rows() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT a.node_id, a.import_number FROM added a) t
               JOIN hours_import i ON (i.node_id, i.number) = (t.node_id, t.import_number)
              WHERE i.recorded < (SELECT count(*) FROM hours_import_row r
                                   WHERE (r.node_id, r.import_number) = (t.node_id, t.import_number))) THEN
    RAISE EXCEPTION 'nothing is added to a table of hours that came in'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER is_whole AFTER INSERT ON hours_import_row REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_hours_import_rows();

-- ---------------------------------------------------------------- who is in a circle, asked often

-- As before (0019), but its plan is kept, and it need not go through everybody who joined: every hour that
-- is to be paid and every decision asks it.
CREATE INDEX circle_step_of_party_in_circle ON circle_step (node_id, circle_id, party_id, number);
CREATE OR REPLACE FUNCTION is_in_circle(of_node int, of_circle int, of_party int, on_day date,
                                        known timestamptz)
  RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT s.kind = 'joined'
                     FROM circle_step s
                    WHERE s.node_id = of_node AND s.circle_id = of_circle AND s.party_id = of_party
                      AND (s.recorded_at < known OR s.recorded_at = known AND s.kind = 'joined')
                      AND (s.kind = 'joined' AND s.on_day <= is_in_circle.on_day
                           OR s.kind = 'left' AND s.on_day < is_in_circle.on_day)
                    ORDER BY s.number DESC
                    LIMIT 1), false);
END $$;

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON obligation, obligation_member, obligation_withdrawal, obligation_settlement,
  hours_import, hours_import_row TO coopledger_service;
