-- Reconciling: files that wait for an answer are read again; a person signs that books and bank agree; the
-- till is counted.

-- ---------------------------------------------------------------- files that are read again

CREATE OR REPLACE FUNCTION check_bank_import_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE before text;
BEGIN
  IF NEW.number > 1 THEN
    SELECT s.kind INTO before FROM bank_import_step s
     WHERE (s.node_id, s.import_number, s.number) = (NEW.node_id, NEW.import_number, NEW.number - 1);
  END IF;
  IF NOT (NEW.kind IN ('read', 'unreadable') AND (NEW.number = 1 OR before = 'unreadable')
          OR NEW.kind IN ('taken_in', 'dropped') AND before = 'read'
          OR NEW.kind = 'undone' AND before = 'taken_in') IS TRUE THEN
    RAISE EXCEPTION 'a file is read, again if it could not be, then taken in or dropped, then perhaps undone'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- ---------------------------------------------------------------- signed

CREATE TABLE bank_signoff (
  node_id            int         NOT NULL,
  number             int         NOT NULL CHECK (number > 0),
  bank_account       int         NOT NULL,
  as_of              date        NOT NULL,
  books_minor        bigint      NOT NULL,
  uncleared_count    bigint      NOT NULL CHECK (uncleared_count >= 0),
  uncleared_minor    bigint      NOT NULL,
  unbooked_count     bigint      NOT NULL CHECK (unbooked_count >= 0),
  unbooked_minor     bigint      NOT NULL,
  beginning_minor    bigint      NOT NULL,
  bank_minor         bigint      NOT NULL,
  difference_minor   bigint      NOT NULL,
  explanation        text        CHECK (length(explanation) BETWEEN 1 AND 2000),
  last_entry         bigint      NOT NULL CHECK (last_entry >= 0),
  last_event         bigint      NOT NULL CHECK (last_event >= 0),
  import_number      int,
  statement_position int,
  statement          text        NOT NULL CHECK (length(statement) > 0),
  statement_hash     text        NOT NULL,
  live               boolean     NOT NULL,
  recorded_at        timestamptz NOT NULL,
  recorded_by        int         NOT NULL REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account,
  FOREIGN KEY (node_id, import_number, statement_position) REFERENCES bank_statement,
  CONSTRAINT the_hash_is_that_of_the_statement
    CHECK (statement_hash = encode(sha256(convert_to(statement, 'UTF8')), 'hex')),
  CONSTRAINT what_is_signed_adds_up
    CHECK (books_minor::numeric - uncleared_minor + unbooked_minor - beginning_minor + difference_minor
           = bank_minor),
  CONSTRAINT a_difference_is_explained CHECK (difference_minor = 0 OR explanation IS NOT NULL),
  CONSTRAINT a_statement_has_its_place CHECK ((import_number IS NULL) = (statement_position IS NULL))
);
CREATE UNIQUE INDEX a_day_is_signed_once ON bank_signoff (node_id, bank_account, as_of) WHERE live;
COMMENT ON TABLE  bank_signoff IS 'A person signs that the books and the bank agreed as of a day, with what '
  'was signed. Whatever changes that day afterwards is seen against it.';
COMMENT ON COLUMN bank_signoff.statement IS 'The reconciliation as it was signed, as text; it names nobody.';
COMMENT ON COLUMN bank_signoff.last_event IS 'What the outbox had told by then: what came later came after.';

CREATE TABLE bank_countersignature (
  node_id        int         NOT NULL,
  signoff_number int         NOT NULL,
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         NOT NULL REFERENCES user_account,
  PRIMARY KEY (node_id, signoff_number, recorded_by),
  FOREIGN KEY (node_id, signoff_number) REFERENCES bank_signoff
);
COMMENT ON TABLE bank_countersignature IS 'Others who looked at what was signed and agree.';
CALL make_append_only('bank_countersignature');

CREATE TABLE bank_signoff_end (
  node_id        int         NOT NULL,
  signoff_number int         NOT NULL,
  reason         text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, signoff_number),
  FOREIGN KEY (node_id, signoff_number) REFERENCES bank_signoff
);
COMMENT ON TABLE bank_signoff_end IS 'Signatures that were withdrawn.';
CALL make_append_only('bank_signoff_end');

CREATE FUNCTION keep_bank_signoff() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT OLD.live OR NEW.live OR to_jsonb(NEW) - 'live' IS DISTINCT FROM to_jsonb(OLD) - 'live' THEN
    RAISE EXCEPTION 'of what was signed nothing changes but that it is withdrawn'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_ends BEFORE UPDATE ON bank_signoff FOR EACH ROW EXECUTE FUNCTION keep_bank_signoff();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON bank_signoff
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_bank_signoff() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.live = EXISTS (SELECT FROM bank_signoff_end e
                         WHERE (e.node_id, e.signoff_number) = (NEW.node_id, NEW.number)) THEN
    RAISE EXCEPTION 'signature % of node % counts until it is withdrawn', NEW.number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER counts AFTER INSERT OR UPDATE ON bank_signoff
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_signoff();

CREATE FUNCTION check_bank_countersignature() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM bank_signoff s
              WHERE (s.node_id, s.number, s.recorded_by)
                    = (NEW.node_id, NEW.signoff_number, NEW.recorded_by)) THEN
    RAISE EXCEPTION 'nobody countersigns what they signed'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_another AFTER INSERT ON bank_countersignature
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_countersignature();

GRANT SELECT, INSERT ON bank_signoff, bank_countersignature, bank_signoff_end TO coopledger_service;
GRANT UPDATE (live) ON bank_signoff TO coopledger_service;

-- ---------------------------------------------------------------- counted

CREATE TABLE bank_count (
  node_id      int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  bank_account int         NOT NULL,
  counted_on   date        NOT NULL,
  total_minor  bigint      NOT NULL CHECK (total_minor >= 0),
  live         boolean     NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         NOT NULL REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account
);
CREATE UNIQUE INDEX a_till_is_counted_once_a_day ON bank_count (node_id, bank_account, counted_on) WHERE live;
COMMENT ON TABLE bank_count IS 'What was in the till. It stands as the statement of its account: a closing '
  'balance, and no lines.';

CREATE TABLE bank_count_piece (
  node_id      int    NOT NULL,
  count_number int    NOT NULL,
  value_minor  bigint NOT NULL CHECK (value_minor > 0),
  pieces       bigint NOT NULL CHECK (pieces BETWEEN 0 AND 1000000000),
  PRIMARY KEY (node_id, count_number, value_minor),
  FOREIGN KEY (node_id, count_number) REFERENCES bank_count
);
COMMENT ON TABLE bank_count_piece IS 'Coins and notes of a count, by their value.';
CALL make_append_only('bank_count_piece');

CREATE TABLE bank_count_witness (
  node_id      int         NOT NULL,
  count_number int         NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         NOT NULL REFERENCES user_account,
  PRIMARY KEY (node_id, count_number, recorded_by),
  FOREIGN KEY (node_id, count_number) REFERENCES bank_count
);
COMMENT ON TABLE bank_count_witness IS 'Others who were there when it was counted.';
CALL make_append_only('bank_count_witness');

CREATE TABLE bank_count_entry (
  node_id      int         NOT NULL,
  count_number int         NOT NULL,
  entry_number bigint      NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, entry_number),
  FOREIGN KEY (node_id, count_number) REFERENCES bank_count,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry
);
CREATE INDEX bank_count_entry_by_count ON bank_count_entry (node_id, count_number);
COMMENT ON TABLE bank_count_entry IS 'Entries by which somebody booked what a count differed from the books.';
CALL make_append_only('bank_count_entry');

CREATE TABLE bank_count_end (
  node_id      int         NOT NULL,
  count_number int         NOT NULL,
  reason       text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, count_number),
  FOREIGN KEY (node_id, count_number) REFERENCES bank_count
);
COMMENT ON TABLE bank_count_end IS 'Counts that were withdrawn.';
CALL make_append_only('bank_count_end');

CREATE FUNCTION keep_bank_count() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT OLD.live OR NEW.live OR to_jsonb(NEW) - 'live' IS DISTINCT FROM to_jsonb(OLD) - 'live' THEN
    RAISE EXCEPTION 'of a count nothing changes but that it is withdrawn'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_ends BEFORE UPDATE ON bank_count FOR EACH ROW EXECUTE FUNCTION keep_bank_count();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON bank_count
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A count comes to its pieces, is one of cash, and stands until it is withdrawn.
CREATE FUNCTION check_bank_count() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  SELECT CASE
    WHEN (SELECT a.kind FROM bank_account a
           WHERE (a.node_id, a.number) = (c.node_id, c.bank_account)) IS DISTINCT FROM 'cash'
      THEN 'only cash is counted'
    WHEN c.live = EXISTS (SELECT FROM bank_count_end e
                           WHERE (e.node_id, e.count_number) = (c.node_id, c.number))
      THEN 'it stands until it is withdrawn'
    WHEN c.total_minor <> coalesce((SELECT sum(p.value_minor::numeric * p.pieces) FROM bank_count_piece p
                           WHERE (p.node_id, p.count_number) = (c.node_id, c.number)), 0)
      THEN 'its pieces come to its total'
    END INTO fault
    FROM bank_count c
   WHERE c.node_id = NEW.node_id AND c.number = (to_jsonb(NEW)->>TG_ARGV[0])::int;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'a count of node %: %', NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT OR UPDATE ON bank_count
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_count('number');
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON bank_count_piece
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_count('count_number');

CREATE FUNCTION check_bank_count_witness() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM bank_count c
              WHERE (c.node_id, c.number, c.recorded_by) = (NEW.node_id, NEW.count_number, NEW.recorded_by))
  THEN
    RAISE EXCEPTION 'nobody witnesses what they counted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_another AFTER INSERT ON bank_count_witness
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_count_witness();

CREATE FUNCTION check_bank_count_entry() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM bank_count c
                   JOIN bank_account a ON a.node_id = c.node_id AND a.number = c.bank_account
                   JOIN posting p ON p.node_id = a.node_id AND p.account_id = a.account_id
                                 AND p.entry_number = NEW.entry_number
                  WHERE (c.node_id, c.number) = (NEW.node_id, NEW.count_number)) THEN
    RAISE EXCEPTION 'an entry books the difference of a count in its account'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_of_the_till AFTER INSERT ON bank_count_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_count_entry();

GRANT SELECT, INSERT ON bank_count, bank_count_piece, bank_count_witness, bank_count_entry, bank_count_end
  TO coopledger_service;
GRANT UPDATE (live) ON bank_count TO coopledger_service;
