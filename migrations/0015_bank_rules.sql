-- Rules of a treasurer for lines of the bank: what they take and propose, in which order, what they would
-- have done in the past, and whether one may post by itself; and what is learned of lines that people
-- matched.

ALTER TABLE bank_match DROP CONSTRAINT bank_match_method_check;
ALTER TABLE bank_match ADD CONSTRAINT bank_match_method_check CHECK (method IN ('posting', 'reference',
  'own_order', 'payer', 'similar', 'rule', 'transfer', 'learned', 'hand'));

-- ---------------------------------------------------------------- rules

CREATE TABLE bank_rule_version (
  node_id          int         NOT NULL REFERENCES node,
  rule_number      int         NOT NULL CHECK (rule_number > 0),
  version          int         NOT NULL CHECK (version > 0),
  name             text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  note             text        NOT NULL CHECK (length(note) <= 500),
  unit_id          int         NOT NULL REFERENCES unit,
  bank_account     int,
  is_credit        boolean,
  least_minor      bigint      CHECK (least_minor >= 0),
  most_minor       bigint      CHECK (most_minor >= 0),
  counterparty     text        CHECK (length(counterparty) BETWEEN 1 AND 200),
  words            text        CHECK (length(words) BETWEEN 1 AND 200),
  reference        text        CHECK (length(reference) BETWEEN 1 AND 100),
  code             text        CHECK (length(code) BETWEEN 1 AND 100),
  first_day        int         CHECK (first_day BETWEEN 1 AND 31),
  last_day         int         CHECK (last_day BETWEEN 1 AND 31),
  counterparty_hash text       CHECK (counterparty_hash ~ '^[0-9a-f]{64}$'),
  parts            jsonb       NOT NULL CHECK (jsonb_typeof(parts) = 'array'),
  party_id         int,
  to_account       int,
  recorded_at      timestamptz NOT NULL,
  recorded_by      int         REFERENCES user_account,
  PRIMARY KEY (node_id, rule_number, version),
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account,
  FOREIGN KEY (node_id, to_account) REFERENCES bank_account,
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT rule_has_conditions CHECK (num_nonnulls(bank_account, is_credit, least_minor, most_minor,
    counterparty, words, reference, code, first_day, counterparty_hash) > 0
    AND (first_day IS NULL) = (last_day IS NULL) AND (least_minor <= most_minor) IS NOT FALSE),
  CONSTRAINT rule_makes_one_thing CHECK (
    num_nonnulls(party_id, to_account) + (jsonb_array_length(parts) > 0)::int = 1)
);
COMMENT ON TABLE  bank_rule_version IS 'Rules for lines of the bank: which lines one takes (all that is said '
  'must hold), and what it says they are. A change is a new version; the highest counts.';
COMMENT ON COLUMN bank_rule_version.name IS 'What it is about, never who: it stands in matches.';
COMMENT ON COLUMN bank_rule_version.least_minor IS 'Of the amount, whether it came or went.';
COMMENT ON COLUMN bank_rule_version.first_day IS 'Of the month; 28 to 3 goes over its end.';
COMMENT ON COLUMN bank_rule_version.parts IS 'The other side: accounts with a fixed amount, a share of what '
  'is left in millionths, or the rest.';
CALL make_append_only('bank_rule_version');

CREATE TABLE bank_rule_order (
  node_id     int         NOT NULL REFERENCES node,
  number      int         NOT NULL CHECK (number > 0),
  rules       int[]       NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE bank_rule_order IS 'In which order rules are asked, the first that takes a line counts. The '
  'highest number counts; rules that it does not name come after, by number.';
CALL make_append_only('bank_rule_order');

CREATE TABLE bank_rule_replay (
  node_id      int         NOT NULL,
  rule_number  int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  version      int         NOT NULL,
  bank_account int,
  from_on      date,
  to_on        date,
  last_line    bigint      NOT NULL CHECK (last_line >= 0),
  looked_at    bigint      NOT NULL,
  agreed       bigint      NOT NULL CHECK (agreed >= 0),
  differed     bigint      NOT NULL CHECK (differed >= 0),
  still_open   bigint      NOT NULL CHECK (still_open >= 0),
  taken_before bigint      NOT NULL CHECK (taken_before >= 0),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, rule_number, number),
  UNIQUE (node_id, rule_number, version, number),
  FOREIGN KEY (node_id, rule_number, version) REFERENCES bank_rule_version,
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account,
  CONSTRAINT replay_adds_up CHECK (looked_at >= agreed + differed + still_open + taken_before)
);
COMMENT ON TABLE  bank_rule_replay IS 'What a version of a rule would have done with the lines of the past.';
COMMENT ON COLUMN bank_rule_replay.agreed IS 'It would have said what was done: same accounts, members and '
  'amounts.';
COMMENT ON COLUMN bank_rule_replay.taken_before IS 'An earlier rule would have taken them.';
CALL make_append_only('bank_rule_replay');

CREATE TABLE bank_rule_step (
  node_id     int         NOT NULL,
  rule_number int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  kind        text        NOT NULL CHECK (kind IN ('posting', 'suggesting', 'ended')),
  version     int         NOT NULL,
  replay      int,
  reason      text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, rule_number, number),
  FOREIGN KEY (node_id, rule_number, version) REFERENCES bank_rule_version,
  CONSTRAINT posts_after_a_replay FOREIGN KEY (node_id, rule_number, version, replay)
    REFERENCES bank_rule_replay (node_id, rule_number, version, number),
  CONSTRAINT rule_step_is_whole CHECK ((replay IS NOT NULL) = (kind = 'posting')
    AND (reason IS NOT NULL OR kind = 'posting'))
);
COMMENT ON TABLE bank_rule_step IS 'Whether a rule may post by itself: that is switched on for one version, '
  'after a replay of exactly it. A new version only suggests again. An ended rule takes no line any more.';
CALL make_append_only('bank_rule_step');

-- ---------------------------------------------------------------- what was matched by them, and learned

CREATE TABLE bank_match_rule (
  node_id      int NOT NULL,
  match_number int NOT NULL,
  rule_number  int NOT NULL,
  version      int NOT NULL,
  PRIMARY KEY (node_id, match_number),
  FOREIGN KEY (node_id, match_number) REFERENCES bank_match,
  FOREIGN KEY (node_id, rule_number, version) REFERENCES bank_rule_version
);
COMMENT ON TABLE bank_match_rule IS 'By which version of which rule a line was matched.';
CALL make_append_only('bank_match_rule');

CREATE TABLE bank_match_word (
  node_id      int     NOT NULL,
  word_hash    text    NOT NULL CHECK (word_hash ~ '^[0-9a-f]{64}$'),
  is_credit    boolean NOT NULL,
  match_number int     NOT NULL,
  account_id   int,
  party_id     int,
  PRIMARY KEY (node_id, word_hash, is_credit, match_number),
  FOREIGN KEY (node_id, match_number) REFERENCES bank_match,
  FOREIGN KEY (node_id, account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT teaches_one_thing CHECK (num_nonnulls(account_id, party_id) = 1)
);
COMMENT ON TABLE bank_match_word IS 'What people''s matches teach: the words of the line, each as a keyed '
  'hash, and where its money went or whose it was. Counts while its match does.';
CALL make_append_only('bank_match_word');

-- ---------------------------------------------------------------- what always holds

-- What comes back in a restore is judged as of its own time.
CREATE FUNCTION check_bank_rule_version() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.version > 1 AND NOT EXISTS (SELECT FROM bank_rule_version v
        WHERE (v.node_id, v.rule_number, v.version) = (NEW.node_id, NEW.rule_number, NEW.version - 1))
     OR EXISTS (SELECT FROM bank_rule_step s
        WHERE (s.node_id, s.rule_number, s.kind) = (NEW.node_id, NEW.rule_number, 'ended')
          AND s.recorded_at < NEW.recorded_at) THEN
    RAISE EXCEPTION 'the versions of a rule follow on each other until it ends'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON bank_rule_version
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_rule_version();

CREATE FUNCTION check_bank_rule_order() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT count(DISTINCT v.rule_number) FROM bank_rule_version v
       WHERE v.node_id = NEW.node_id AND v.rule_number = ANY (NEW.rules))
     <> coalesce(array_length(NEW.rules, 1), 0) THEN
    RAISE EXCEPTION 'an order names each rule once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER names_rules AFTER INSERT ON bank_rule_order
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_rule_order();

CREATE FUNCTION check_bank_rule_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE before text; fault text;
BEGIN
  SELECT s.kind INTO before FROM bank_rule_step s
   WHERE (s.node_id, s.rule_number, s.number) = (NEW.node_id, NEW.rule_number, NEW.number - 1);
  fault := CASE
    WHEN NEW.number > 1 AND before IS NULL OR before = 'ended'
      THEN 'its steps follow on each other until it ends'
    WHEN NEW.kind = 'suggesting' AND before IS DISTINCT FROM 'posting'
      THEN 'it does not post'
    WHEN EXISTS (SELECT FROM bank_rule_version v
                  WHERE (v.node_id, v.rule_number) = (NEW.node_id, NEW.rule_number)
                    AND v.version > NEW.version AND v.recorded_at < NEW.recorded_at)
      THEN 'a later version counts'
    WHEN NEW.kind = 'posting' AND NEW.reason IS NULL AND NOT EXISTS (SELECT FROM bank_rule_replay r
                  WHERE (r.node_id, r.rule_number, r.number) = (NEW.node_id, NEW.rule_number, NEW.replay)
                    AND r.differed = 0 AND r.agreed > 0)
      THEN 'its replay does not agree, and nobody says why it may post all the same'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'rule % of node %: %', NEW.rule_number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON bank_rule_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_rule_step();

-- Nobody attends: then the rule was switched on for this version, and the statement proves itself.
CREATE FUNCTION check_bank_match_by_rule() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
       SELECT FROM bank_match_rule u
         JOIN bank_rule_step s ON s.node_id = u.node_id AND s.rule_number = u.rule_number
          AND s.version = u.version AND s.kind = 'posting' AND s.recorded_at <= NEW.recorded_at
        WHERE (u.node_id, u.match_number) = (NEW.node_id, NEW.number)
          AND NOT EXISTS (SELECT FROM bank_rule_step l
                WHERE (l.node_id, l.rule_number) = (s.node_id, s.rule_number) AND l.number > s.number
                  AND l.recorded_at < NEW.recorded_at)
          AND NOT EXISTS (SELECT FROM bank_rule_version v
                WHERE (v.node_id, v.rule_number) = (s.node_id, s.rule_number) AND v.version > s.version
                  AND v.recorded_at < NEW.recorded_at))
     OR NOT EXISTS (
       SELECT FROM bank_line l
         JOIN bank_statement t ON t.node_id = l.node_id AND t.import_number = l.import_number
          AND t.position = l.statement_position AND t.proof IN ('holds', 'flipped')
        WHERE (l.node_id, l.number) = (NEW.node_id, NEW.line_number)) THEN
    RAISE EXCEPTION 'a rule posts by itself if it was switched on, and only of statements that add up'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER by_a_rule AFTER INSERT ON bank_match
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.method = 'rule' AND NOT NEW.is_attended)
  EXECUTE FUNCTION check_bank_match_by_rule();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON bank_rule_version, bank_rule_order, bank_rule_replay, bank_rule_step,
  bank_match_rule, bank_match_word TO coopledger_service;
