-- Members: people and organisations, their personal data apart from everything else, classes with dated
-- rules, memberships with their dated changes, meetings and who was there.
-- Personal data stands in party_profile and nowhere else, so that erasing a person is the end of one row.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- ---------------------------------------------------------------- parties

CREATE TABLE party (
  node_id      int         NOT NULL REFERENCES node,
  id           int         NOT NULL CHECK (id > 0),
  number       text        NOT NULL CHECK (number ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$'),
  kind         text        NOT NULL CHECK (kind IN ('person', 'organisation')),
  dimension_id int         NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, id),
  UNIQUE (node_id, number),
  UNIQUE (node_id, dimension_id),
  UNIQUE (node_id, id, kind),
  FOREIGN KEY (node_id, dimension_id) REFERENCES dimension
);
CREATE UNIQUE INDEX party_number_in_any_case ON party (node_id, upper(number));
COMMENT ON TABLE  party IS 'People and organisations known to a node, by member number. Holds no personal '
  'data.';
COMMENT ON COLUMN party.dimension_id IS 'The dimension by which postings name this party: its code and its '
  'name are the member number.';
CALL make_append_only('party');

CREATE FUNCTION check_party_dimension() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM dimension d
                  WHERE (d.node_id, d.id) = (NEW.node_id, NEW.dimension_id)
                    AND d.kind = 'member' AND d.code = NEW.number AND d.name = NEW.number) THEN
    RAISE EXCEPTION 'a party is the member of its number in the books, and has no other name there'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER is_member BEFORE INSERT ON party FOR EACH ROW EXECUTE FUNCTION check_party_dimension();

CREATE FUNCTION keep_names_out_of_books() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.name <> NEW.code AND EXISTS (SELECT FROM party p
       WHERE (p.node_id, p.dimension_id) = (NEW.node_id, NEW.id)) THEN
    RAISE EXCEPTION 'a party has no name in the books: personal data stands in party_profile'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_names_out BEFORE UPDATE OF name ON dimension
  FOR EACH ROW EXECUTE FUNCTION keep_names_out_of_books();

CREATE TABLE party_profile (
  node_id    int         NOT NULL,
  party_id   int         NOT NULL,
  name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email      text        CHECK (length(email) <= 254 AND email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  iban       text        CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  address    text        CHECK (length(address) BETWEEN 1 AND 500),
  country    text        CHECK (country ~ '^[A-Z]{2}$'),
  language   text        CHECK (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (node_id, party_id),
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
COMMENT ON TABLE party_profile IS 'Personal data of a party: the only place that has any. Rows change, and '
  'go when a person is erased.';

CREATE TABLE party_erasure (
  node_id   int         NOT NULL,
  party_id  int         NOT NULL,
  erased_at timestamptz NOT NULL,
  erased_by int         REFERENCES user_account,
  reason    text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  PRIMARY KEY (node_id, party_id),
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
COMMENT ON TABLE party_erasure IS 'Parties whose personal data was erased, for good. Their entries stay.';
CALL make_append_only('party_erasure');

CREATE TABLE party_user (
  node_id   int         NOT NULL,
  party_id  int         NOT NULL,
  user_id   int         NOT NULL REFERENCES user_account,
  linked_at timestamptz NOT NULL,
  linked_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, party_id, user_id),
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
CREATE INDEX party_user_by_user ON party_user (node_id, user_id);
COMMENT ON TABLE party_user IS 'Which sign-in sees the party''s own view. Ends when the party is erased.';

CREATE FUNCTION keep_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM party_erasure e WHERE (e.node_id, e.party_id) = (NEW.node_id, NEW.party_id)) THEN
    RAISE EXCEPTION 'the personal data of party % of node % was erased for good', NEW.party_id, NEW.node_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON party_profile
  FOR EACH ROW EXECUTE FUNCTION keep_erased();
CREATE TRIGGER keep_erased BEFORE INSERT OR UPDATE ON party_user
  FOR EACH ROW EXECUTE FUNCTION keep_erased();

CREATE FUNCTION check_nothing_is_left() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM party_profile p WHERE (p.node_id, p.party_id) = (NEW.node_id, NEW.party_id))
     OR EXISTS (SELECT FROM party_user u WHERE (u.node_id, u.party_id) = (NEW.node_id, NEW.party_id)) THEN
    RAISE EXCEPTION 'whoever is erased leaves no profile and no sign-in'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nothing_left BEFORE INSERT ON party_erasure
  FOR EACH ROW EXECUTE FUNCTION check_nothing_is_left();

CREATE TABLE head_count (
  node_id     int         NOT NULL,
  party_id    int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  kind        text        NOT NULL GENERATED ALWAYS AS ('organisation') STORED,
  from_on     date        NOT NULL,
  members     int         NOT NULL CHECK (members BETWEEN 0 AND 100000000),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, party_id, number),
  FOREIGN KEY (node_id, party_id, kind) REFERENCES party (node_id, id, kind)
);
COMMENT ON TABLE head_count IS 'How many members an organisation declares to have from a day on. On a day '
  'the latest from_on counts, and of one from_on the highest number.';
CALL make_append_only('head_count');

-- ---------------------------------------------------------------- classes and their rules

CREATE TABLE member_class (
  node_id     int         NOT NULL REFERENCES node,
  id          int         NOT NULL CHECK (id > 0),
  code        text        NOT NULL CHECK (code ~ '^[a-z][a-z0-9-]{0,39}$'),
  title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, id),
  UNIQUE (node_id, code)
);
COMMENT ON TABLE member_class IS 'Classes of members, or constituencies: worker, user, supporter …';

CREATE FUNCTION keep_class_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.node_id, NEW.id, NEW.code, NEW.recorded_at) <> (OLD.node_id, OLD.id, OLD.code, OLD.recorded_at) THEN
    RAISE EXCEPTION 'a class keeps its code' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_code BEFORE UPDATE ON member_class FOR EACH ROW EXECUTE FUNCTION keep_class_code();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON member_class
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE class_rule (
  node_id                int         NOT NULL,
  class_id               int         NOT NULL,
  number                 int         NOT NULL CHECK (number > 0),
  from_on                date        NOT NULL,
  weight_numerator       bigint,
  weight_denominator     bigint,
  one_vote               text        NOT NULL CHECK (one_vote IN ('member', 'head_count')),
  attendance_numerator   bigint,
  attendance_denominator bigint,
  grace_days             int         NOT NULL CHECK (grace_days BETWEEN 0 AND 3660),
  arrears_days           int         NOT NULL CHECK (arrears_days BETWEEN 0 AND 3660),
  is_solidarity          boolean     NOT NULL,
  obligation_minor       bigint      CHECK (obligation_minor > 0),
  obligation_unit_id     int         REFERENCES unit,
  decision               text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at            timestamptz NOT NULL,
  recorded_by            int         REFERENCES user_account,
  PRIMARY KEY (node_id, class_id, number),
  FOREIGN KEY (node_id, class_id) REFERENCES member_class,
  CHECK (arrears_days >= grace_days),
  CONSTRAINT weight_is_a_share CHECK (num_nonnulls(weight_numerator, weight_denominator) = 0
    OR (num_nonnulls(weight_numerator, weight_denominator) = 2 AND weight_numerator BETWEEN 1
        AND weight_denominator AND gcd(weight_numerator, weight_denominator) = 1)),
  CONSTRAINT attendance_is_a_share CHECK (num_nonnulls(attendance_numerator, attendance_denominator) = 0
    OR (num_nonnulls(attendance_numerator, attendance_denominator) = 2 AND attendance_numerator BETWEEN 1
        AND attendance_denominator AND gcd(attendance_numerator, attendance_denominator) = 1)),
  CONSTRAINT obligation_has_a_unit CHECK (num_nonnulls(obligation_minor, obligation_unit_id) IN (0, 2))
);
COMMENT ON TABLE  class_rule IS 'What holds for a class from a day on, and the decision that adopted it. '
  'On a day the latest from_on counts, and of one from_on the highest number.';
COMMENT ON COLUMN class_rule.weight_numerator IS 'The bloc''s share of the whole vote, in lowest terms. '
  'NULL: no vote.';
COMMENT ON COLUMN class_rule.one_vote IS 'Within the bloc each member has one vote, or one for every head '
  'that it declares.';
COMMENT ON COLUMN class_rule.attendance_numerator IS 'The share of the meetings of the last twelve months at '
  'which a member must have been. NULL: none.';
COMMENT ON COLUMN class_rule.grace_days IS 'So many days after it was due an unpaid charge is no arrears '
  'yet.';
COMMENT ON COLUMN class_rule.arrears_days IS 'Whoever owes something for more days than this is not paid up.';
COMMENT ON COLUMN class_rule.obligation_minor IS 'What joining obliges to, in money, kind or hours.';
CALL make_append_only('class_rule');

-- ---------------------------------------------------------------- memberships and their changes

CREATE TABLE membership (
  node_id     int         NOT NULL,
  id          int         NOT NULL CHECK (id > 0),
  party_id    int         NOT NULL,
  class_id    int         NOT NULL,
  from_on     date        NOT NULL,
  until_on    date        CHECK (until_on >= from_on),
  taken_back  boolean     NOT NULL DEFAULT false,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, id),
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  FOREIGN KEY (node_id, class_id) REFERENCES member_class,
  CONSTRAINT memberships_do_not_overlap EXCLUDE USING gist (node_id WITH =, party_id WITH =, class_id WITH =,
    daterange(from_on, until_on, '[]') WITH &&) WHERE (NOT taken_back)
);
CREATE INDEX membership_of_party ON membership (node_id, party_id);
COMMENT ON TABLE  membership IS 'A party in a class, from the day it applied to its last day.';
COMMENT ON COLUMN membership.until_on IS 'The last day; NULL: it goes on. Follows from the changes.';
COMMENT ON COLUMN membership.taken_back IS 'Every change was taken back: the membership never was. Follows '
  'from the changes.';

CREATE FUNCTION keep_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.node_id, NEW.id, NEW.party_id, NEW.class_id, NEW.from_on, NEW.recorded_at)
     <> (OLD.node_id, OLD.id, OLD.party_id, OLD.class_id, OLD.from_on, OLD.recorded_at) THEN
    RAISE EXCEPTION 'a membership keeps its party, class and first day' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_identity BEFORE UPDATE ON membership FOR EACH ROW EXECUTE FUNCTION keep_membership();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON membership
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE membership_change (
  node_id       int         NOT NULL,
  membership_id int         NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  kind          text        NOT NULL CHECK (kind IN ('applied', 'admitted', 'paused', 'resumed', 'suspended',
    'reinstated', 'left', 'deceased')),
  on_day        date        NOT NULL,
  reason        text        NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  decision      text        CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  annuls        int         CHECK (annuls < number),
  PRIMARY KEY (node_id, membership_id, number),
  FOREIGN KEY (node_id, membership_id) REFERENCES membership,
  FOREIGN KEY (node_id, membership_id, annuls) REFERENCES membership_change,
  UNIQUE (node_id, membership_id, annuls),
  CONSTRAINT has_a_reason CHECK (reason <> ''
    OR (annuls IS NULL AND kind NOT IN ('paused', 'suspended', 'left')))
);
COMMENT ON TABLE  membership_change IS 'What happened to a membership. on_day is the first day on which it '
  'holds, and the last day of the membership for left and deceased.';
COMMENT ON COLUMN membership_change.annuls IS 'Takes back the change of this number, whose kind and day it '
  'repeats.';
CALL make_append_only('membership_change');

-- The changes that count, in their order: by day, endings last, then as recorded.
CREATE FUNCTION check_membership(of_node int, of_membership int) RETURNS void LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE m membership; c record; standing text := 'none'; ended date; fault text;
BEGIN
  SELECT * INTO m FROM membership WHERE node_id = of_node AND id = of_membership;
  FOR c IN SELECT x.kind, x.on_day
             FROM membership_change x
            WHERE x.node_id = of_node AND x.membership_id = of_membership AND x.annuls IS NULL
              AND NOT EXISTS (SELECT FROM membership_change a WHERE a.node_id = of_node
                                 AND a.membership_id = of_membership AND a.annuls = x.number)
            ORDER BY x.on_day, x.kind IN ('left', 'deceased'), x.number
  LOOP
    fault := CASE
      WHEN ended IS NOT NULL THEN 'it had ended'
      WHEN c.kind = 'applied' AND (standing <> 'none' OR c.on_day <> m.from_on)
        THEN 'one applies once, first'
      WHEN c.kind = 'admitted' AND standing <> 'applied' THEN 'only who applied is admitted'
      WHEN c.kind = 'paused' AND standing <> 'active' THEN 'only who is active pauses'
      WHEN c.kind = 'resumed' AND standing <> 'paused' THEN 'only who paused resumes'
      WHEN c.kind = 'suspended' AND standing NOT IN ('active', 'paused') THEN 'only members are suspended'
      WHEN c.kind = 'reinstated' AND standing <> 'suspended' THEN 'only who is suspended is reinstated'
      WHEN c.kind IN ('left', 'deceased') AND standing = 'none' THEN 'only who applied can leave'
    END;
    EXIT WHEN fault IS NOT NULL;
    IF c.kind IN ('left', 'deceased') THEN ended := c.on_day; END IF;
    standing := CASE c.kind WHEN 'applied' THEN 'applied' WHEN 'paused' THEN 'paused'
      WHEN 'suspended' THEN 'suspended' ELSE 'active' END;
  END LOOP;
  IF fault IS NULL AND m.until_on IS DISTINCT FROM ended THEN fault := 'its last day is another'; END IF;
  IF fault IS NULL AND m.taken_back <> (standing = 'none') THEN fault := 'it is taken back in part'; END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'membership % of node %: %', of_membership, of_node, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;

CREATE FUNCTION check_membership_row() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM check_membership(NEW.node_id, NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows_from_changes AFTER INSERT OR UPDATE ON membership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_membership_row();

CREATE FUNCTION check_membership_change() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.annuls IS NOT NULL AND NOT EXISTS (SELECT FROM membership_change x
       WHERE (x.node_id, x.membership_id, x.number) = (NEW.node_id, NEW.membership_id, NEW.annuls)
         AND (x.kind, x.on_day) = (NEW.kind, NEW.on_day) AND x.annuls IS NULL) THEN
    RAISE EXCEPTION 'what is taken back is a change, and taken back as it was'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.number > 1 AND NOT EXISTS (SELECT FROM membership_change x
       WHERE (x.node_id, x.membership_id, x.number) = (NEW.node_id, NEW.membership_id, NEW.number - 1)) THEN
    RAISE EXCEPTION 'the changes of a membership are numbered without a gap'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM check_membership(NEW.node_id, NEW.membership_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON membership_change
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_membership_change();

-- Where a membership stands on a day, as known at an instant, dues left aside: what its last change in force
-- says. NULL: not applied for yet, not known then, or taken back.
CREATE FUNCTION membership_standing(of_node int, of_membership int, day date,
  known_at timestamptz DEFAULT 'infinity') RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN c.kind IN ('admitted', 'resumed', 'reinstated') THEN 'active' ELSE c.kind END
    FROM membership_change c
   WHERE c.node_id = of_node AND c.membership_id = of_membership AND c.annuls IS NULL
     AND c.recorded_at <= known_at
     AND c.on_day <= CASE WHEN c.kind IN ('left', 'deceased') THEN day - 1 ELSE day END
     AND NOT EXISTS (SELECT FROM membership_change a
                      WHERE a.node_id = of_node AND a.membership_id = of_membership AND a.annuls = c.number
                        AND a.recorded_at <= known_at)
   ORDER BY c.on_day DESC, c.kind IN ('left', 'deceased') DESC, c.number DESC
   LIMIT 1
$$;

-- ---------------------------------------------------------------- meetings

CREATE TABLE meeting (
  node_id     int         NOT NULL REFERENCES node,
  id          int         NOT NULL CHECK (id > 0),
  held_on     date        NOT NULL,
  title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  class_id    int,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, id),
  FOREIGN KEY (node_id, class_id) REFERENCES member_class
);
CREATE INDEX meeting_by_day ON meeting (node_id, held_on);
COMMENT ON COLUMN meeting.class_id IS 'The class whose members were to come; NULL: all.';
CALL make_append_only('meeting');

CREATE TABLE attendance (
  node_id     int         NOT NULL,
  meeting_id  int         NOT NULL,
  party_id    int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  was_there   boolean     NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, meeting_id, party_id, number),
  FOREIGN KEY (node_id, meeting_id) REFERENCES meeting,
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
CREATE INDEX attendance_of_party ON attendance (node_id, party_id, meeting_id);
COMMENT ON TABLE attendance IS 'Who was at a meeting. Corrected by a later row: of one party the highest '
  'number counts.';
CALL make_append_only('attendance');

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON party, party_profile, party_erasure, party_user, head_count, member_class, class_rule,
  membership, membership_change, meeting, attendance TO coopledger_service;
GRANT UPDATE (name, email, iban, address, country, language, updated_at), DELETE ON party_profile
  TO coopledger_service;
GRANT DELETE ON party_user TO coopledger_service;
GRANT UPDATE (title) ON member_class TO coopledger_service;
GRANT UPDATE (until_on, taken_back) ON membership TO coopledger_service;
