-- Rolls: who may vote on a day, frozen with every line and its reasons; and the results of votes held under
-- them. Nothing here is ever changed: a result is corrected by a later one.

-- What is charged for a member without a membership; with one, the membership leads there.
CREATE INDEX charge_without_membership ON charge (node_id, member_id) WHERE membership_id IS NULL;

-- ---------------------------------------------------------------- frozen rolls

CREATE TABLE roll (
  node_id     int         NOT NULL REFERENCES node,
  number      int         NOT NULL CHECK (number > 0),
  title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  as_of       date        NOT NULL,
  known_at    timestamptz NOT NULL CHECK (known_at <= recorded_at),
  lines       int         NOT NULL CHECK (lines >= 0),
  hash        bytea       NOT NULL CHECK (length(hash) = 32),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE  roll IS 'Frozen rolls: who may vote on a day, as known at an instant.';
COMMENT ON COLUMN roll.hash IS 'SHA-256 of the canonical text of the roll (docs/formats/roll.md).';
CALL make_append_only('roll');

CREATE TABLE roll_class (
  node_id            int    NOT NULL,
  roll_number        int    NOT NULL,
  class_id           int    NOT NULL,
  title              text   NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  rule_number        int,
  weight_numerator   bigint,
  weight_denominator bigint,
  one_vote           text   NOT NULL CHECK (one_vote IN ('member', 'head_count')),
  words              text   NOT NULL CHECK (length(words) <= 2000),
  registered         bigint NOT NULL CHECK (registered >= 0),
  paid_up            bigint NOT NULL CHECK (paid_up BETWEEN 0 AND registered),
  eligible           bigint NOT NULL CHECK (eligible BETWEEN 0 AND registered),
  votes              bigint NOT NULL CHECK (votes >= eligible),
  PRIMARY KEY (node_id, roll_number, class_id),
  FOREIGN KEY (node_id, roll_number) REFERENCES roll DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (node_id, class_id) REFERENCES member_class,
  FOREIGN KEY (node_id, class_id, rule_number) REFERENCES class_rule,
  CONSTRAINT weight_is_a_share CHECK (num_nonnulls(weight_numerator, weight_denominator) = 0
    OR (num_nonnulls(weight_numerator, weight_denominator) = 2 AND weight_numerator BETWEEN 1
        AND weight_denominator AND gcd(weight_numerator, weight_denominator) = 1)),
  CONSTRAINT only_a_rule_gives_votes CHECK (weight_numerator IS NULL OR rule_number IS NOT NULL),
  CONSTRAINT only_weight_gives_votes CHECK (weight_numerator IS NOT NULL OR votes = 0)
);
COMMENT ON TABLE  roll_class IS 'The classes of a frozen roll with the rule that was in force, in its words.';
COMMENT ON COLUMN roll_class.votes IS 'Votes of those of the class who are eligible.';
CALL make_append_only('roll_class');

CREATE TABLE roll_line (
  node_id       int     NOT NULL,
  roll_number   int     NOT NULL,
  line          int     NOT NULL CHECK (line > 0),
  membership_id int     NOT NULL,
  member        text    NOT NULL,
  class_id      int     NOT NULL,
  standing      text    NOT NULL CHECK (standing IN ('applied', 'active', 'in_grace', 'in_arrears', 'paused',
    'suspended', 'left', 'deceased')),
  is_registered boolean NOT NULL,
  is_paid_up    boolean NOT NULL,
  is_waived     boolean NOT NULL,
  votes         bigint  NOT NULL CHECK (votes >= 0),
  excluded      text    NOT NULL CHECK (length(excluded) <= 2000),
  PRIMARY KEY (node_id, roll_number, line),
  UNIQUE (node_id, roll_number, membership_id),
  FOREIGN KEY (node_id, roll_number) REFERENCES roll DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (node_id, membership_id) REFERENCES membership,
  FOREIGN KEY (node_id, roll_number, class_id) REFERENCES roll_class,
  CONSTRAINT excluded_for_a_reason CHECK ((excluded = '') = (votes > 0))
);
CREATE INDEX roll_line_of_member ON roll_line (node_id, member, roll_number);
COMMENT ON TABLE  roll_line IS 'A membership on a frozen roll, by its member number: no personal data.';
COMMENT ON COLUMN roll_line.excluded IS 'Why it has no vote: "kind: words", "; " between them; empty: it has '
  'one.';
CALL make_append_only('roll_line');

-- A roll comes whole: as many lines as it says, without a gap, adding up to its classes.
CREATE FUNCTION check_roll() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
       SELECT FROM (SELECT count(*) AS lines, coalesce(max(l.line), 0) AS last
                      FROM roll_line l
                     WHERE l.node_id = NEW.node_id AND l.roll_number = NEW.number) s
        WHERE s.lines <> NEW.lines OR s.last <> NEW.lines)
     OR EXISTS (
       SELECT FROM roll_class c
         LEFT JOIN (SELECT l.class_id, count(*) FILTER (WHERE l.is_registered) AS registered,
                           count(*) FILTER (WHERE l.is_registered AND l.is_paid_up) AS paid_up,
                           count(*) FILTER (WHERE l.excluded = '') AS eligible, sum(l.votes) AS votes
                      FROM roll_line l
                     WHERE l.node_id = NEW.node_id AND l.roll_number = NEW.number
                     GROUP BY l.class_id) s ON s.class_id = c.class_id
        WHERE c.node_id = NEW.node_id AND c.roll_number = NEW.number
          AND (c.registered, c.paid_up, c.eligible, c.votes) IS DISTINCT FROM
              (coalesce(s.registered, 0), coalesce(s.paid_up, 0), coalesce(s.eligible, 0),
               coalesce(s.votes, 0)::bigint))
     OR (NEW.number > 1 AND NOT EXISTS (SELECT FROM roll r WHERE (r.node_id, r.number) =
           (NEW.node_id, NEW.number - 1))) THEN
    RAISE EXCEPTION 'roll % of node % is not whole, or its lines do not add up', NEW.number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comes_whole AFTER INSERT ON roll DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_roll();

-- Its classes and lines are written before it, in one database transaction: nothing is added afterwards.
CREATE FUNCTION check_roll_is_open() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM added a JOIN roll r ON r.node_id = a.node_id AND r.number = a.roll_number) THEN
    RAISE EXCEPTION 'a frozen roll takes no more lines' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER frozen AFTER INSERT ON roll_class REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_roll_is_open();
CREATE TRIGGER frozen AFTER INSERT ON roll_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_roll_is_open();

-- ---------------------------------------------------------------- results of votes

CREATE TABLE vote (
  node_id            int         NOT NULL,
  number             int         NOT NULL CHECK (number > 0),
  roll_number        int         NOT NULL,
  title              text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  link               text        CHECK (link ~ '^https?://[^[:space:]]+$' AND length(link) <= 2000),
  held_on            date        NOT NULL,
  quorum_numerator   bigint,
  quorum_denominator bigint,
  decision           text        NOT NULL CHECK (length(decision) <= 500),
  supersedes         int         CHECK (supersedes < number),
  reason             text        NOT NULL CHECK (length(reason) <= 500),
  recorded_at        timestamptz NOT NULL,
  recorded_by        int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, number, roll_number),
  UNIQUE (node_id, supersedes),
  FOREIGN KEY (node_id, roll_number) REFERENCES roll,
  FOREIGN KEY (node_id, supersedes) REFERENCES vote,
  CONSTRAINT quorum_is_a_share CHECK (num_nonnulls(quorum_numerator, quorum_denominator) = 0
    OR (num_nonnulls(quorum_numerator, quorum_denominator) = 2
        AND quorum_numerator BETWEEN 0 AND quorum_denominator AND quorum_denominator > 0)),
  CONSTRAINT superseded_for_a_reason CHECK (supersedes IS NULL OR reason <> '')
);
COMMENT ON TABLE  vote IS 'Results of votes that were held elsewhere, under a frozen roll. A wrong one is '
  'superseded by a later one.';
COMMENT ON COLUMN vote.quorum_numerator IS 'The share of all votes on the roll that must be cast. '
  'NULL: none.';
CALL make_append_only('vote');

CREATE TABLE vote_tally (
  node_id       int    NOT NULL,
  vote_number   int    NOT NULL,
  roll_number   int    NOT NULL,
  class_id      int    NOT NULL,
  votes_for     bigint NOT NULL CHECK (votes_for >= 0),
  votes_against bigint NOT NULL CHECK (votes_against >= 0),
  abstained     bigint NOT NULL CHECK (abstained >= 0),
  PRIMARY KEY (node_id, vote_number, class_id),
  FOREIGN KEY (node_id, vote_number, roll_number) REFERENCES vote (node_id, number, roll_number),
  FOREIGN KEY (node_id, roll_number, class_id) REFERENCES roll_class
);
COMMENT ON TABLE vote_tally IS 'How each class voted: never more votes than it has on the roll.';
CALL make_append_only('vote_tally');

CREATE FUNCTION check_tally() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM roll_class c
                  WHERE (c.node_id, c.roll_number, c.class_id) =
                        (NEW.node_id, NEW.roll_number, NEW.class_id)
                    AND c.weight_numerator IS NOT NULL
                    AND NEW.votes_for::numeric + NEW.votes_against + NEW.abstained <= c.votes) THEN
    RAISE EXCEPTION 'vote % of node % counts more votes than the roll has', NEW.vote_number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER fits_the_roll AFTER INSERT ON vote_tally FOR EACH ROW EXECUTE FUNCTION check_tally();

CREATE FUNCTION check_vote() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM vote_tally t WHERE (t.node_id, t.vote_number) = (NEW.node_id, NEW.number))
     OR (NEW.number > 1 AND NOT EXISTS (SELECT FROM vote v WHERE (v.node_id, v.number) =
           (NEW.node_id, NEW.number - 1))) THEN
    RAISE EXCEPTION 'vote % of node % is not counted, or leaves a gap', NEW.number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_counted AFTER INSERT ON vote DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_vote();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON roll, roll_class, roll_line, vote, vote_tally TO coopledger_service;
