-- The bank: which of a node's accounts somebody else keeps books of as well, what their statements say, and
-- which posting of the node's books each line of a statement is. Names and account numbers of those who paid
-- stand in bank_line, bank_detail and in the files themselves: a bank's statement is a document that a
-- co-operative keeps, whole.

-- ---------------------------------------------------------------- accounts that have statements

CREATE TABLE bank_account (
  node_id     int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  account_id  int         NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('bank', 'cash', 'local', 'neighbour')),
  identifier  text        CHECK (identifier ~ '^[A-Z0-9/._-]{1,40}$'),
  title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, account_id),
  FOREIGN KEY (node_id, account_id) REFERENCES account (node_id, id)
);
CREATE INDEX bank_account_by_identifier ON bank_account (node_id, identifier) WHERE identifier IS NOT NULL;
COMMENT ON TABLE  bank_account IS 'Accounts of the books of which somebody else says how they stand: a bank, '
  'a count of the till, the keeper of a local currency, another node.';
COMMENT ON COLUMN bank_account.identifier IS 'What statements call it: IBAN or national number, without '
  'blanks, in capitals. One identifier has an account for each unit at most.';
CALL make_append_only('bank_account');

CREATE TABLE bank_account_trait (
  node_id      int         NOT NULL,
  bank_account int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  kind         text        NOT NULL CHECK (kind IN ('flips_reversals', 'reading_profile', 'closed')),
  value        jsonb       NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, bank_account, number),
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account
);
COMMENT ON TABLE bank_account_trait IS 'What was learned or said of an account and its bank, for the files '
  'to come. The highest number of a kind counts (for reading profiles: of a kind and its fingerprint).';
CALL make_append_only('bank_account_trait');

-- ---------------------------------------------------------------- files that came in

CREATE TABLE bank_import (
  node_id      int         NOT NULL REFERENCES node,
  number       int         NOT NULL CHECK (number > 0),
  file_name    text        NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  file_hash    text        NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  file_bytes   bytea       NOT NULL CHECK (length(file_bytes) BETWEEN 1 AND 67108864),
  bank_account int,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account,
  CONSTRAINT the_hash_is_that_of_the_file CHECK (file_hash = encode(sha256(file_bytes), 'hex'))
);
CREATE INDEX bank_import_by_hash ON bank_import (node_id, file_hash);
COMMENT ON TABLE  bank_import IS 'Files of banks as they came in, kept whole.';
COMMENT ON COLUMN bank_import.bank_account IS 'Which account it is of, where somebody said so because the '
  'file does not.';
CALL make_append_only('bank_import');

CREATE TABLE bank_import_step (
  node_id       int         NOT NULL,
  import_number int         NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  kind          text        NOT NULL CHECK (kind IN ('read', 'unreadable', 'taken_in', 'dropped', 'undone')),
  code          text        CHECK (code ~ '^[a-z_]{1,60}$'),
  words         text        CHECK (length(words) BETWEEN 1 AND 2000),
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  PRIMARY KEY (node_id, import_number, number),
  FOREIGN KEY (node_id, import_number) REFERENCES bank_import,
  CONSTRAINT step_is_whole CHECK ((code IS NOT NULL) = (kind = 'unreadable')
    AND (words IS NOT NULL OR kind IN ('read', 'taken_in')))
);
COMMENT ON TABLE bank_import_step IS 'What became of a file: it was read and can be looked at, was taken '
  'in or dropped, and what was taken in may be undone.';
CALL make_append_only('bank_import_step');

CREATE TABLE bank_statement (
  node_id          int     NOT NULL,
  import_number    int     NOT NULL,
  position         int     NOT NULL CHECK (position > 0),
  bank_account     int,
  file_kind        text    NOT NULL CHECK (file_kind IN ('camt052', 'camt053', 'camt054', 'mt940', 'mt942',
    'ofx', 'qif', 'csv')),
  purpose          text    NOT NULL CHECK (purpose IN ('booked', 'interim', 'details')),
  account          text    NOT NULL CHECK (length(account) <= 100),
  currency         text    NOT NULL CHECK (length(currency) <= 10),
  bank_id          text    NOT NULL CHECK (length(bank_id) <= 100),
  sequence         text    NOT NULL CHECK (length(sequence) <= 40),
  opening_minor    bigint,
  opening_on       date,
  closing_minor    bigint,
  closing_on       date,
  first_day        date,
  last_day         date,
  line_count       int     NOT NULL CHECK (line_count >= 0),
  sum_minor        bigint  NOT NULL,
  proof            text    NOT NULL CHECK (proof IN ('holds', 'flipped', 'contradicts', 'unprovable')),
  difference_minor bigint  NOT NULL,
  PRIMARY KEY (node_id, import_number, position),
  FOREIGN KEY (node_id, import_number) REFERENCES bank_import,
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account,
  CONSTRAINT what_holds_adds_up CHECK (proof NOT IN ('holds', 'flipped')
    OR (opening_minor + sum_minor = closing_minor) IS TRUE),
  CONSTRAINT what_differs_says_by_how_much CHECK ((difference_minor <> 0) = (proof = 'contradicts')
    AND (proof <> 'contradicts' OR (closing_minor - opening_minor - sum_minor = difference_minor) IS TRUE))
);
CREATE INDEX bank_statement_by_account ON bank_statement (node_id, bank_account, closing_on);
COMMENT ON TABLE  bank_statement IS 'A statement that a file holds, and whether it proves itself: opening + '
  'booked lines = closing. Minor units of the account; positive: the bank owes the co-operative.';
COMMENT ON COLUMN bank_statement.bank_account IS 'Nothing: no account of the node has this identifier.';
CALL make_append_only('bank_statement');

CREATE TABLE bank_note (
  node_id       int  NOT NULL,
  import_number int  NOT NULL,
  number        int  NOT NULL CHECK (number > 0),
  code          text NOT NULL CHECK (code ~ '^[a-z0-9_]{1,60}$'),
  place         text NOT NULL CHECK (length(place) <= 200),
  words         text NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
  PRIMARY KEY (node_id, import_number, number),
  FOREIGN KEY (node_id, import_number) REFERENCES bank_import
);
COMMENT ON TABLE bank_note IS 'What a treasurer should see of a file, and stops nothing.';
CALL make_append_only('bank_note');

CREATE TABLE bank_line (
  node_id            int      NOT NULL,
  number             bigint   NOT NULL CHECK (number > 0),
  import_number      int      NOT NULL,
  statement_position int      NOT NULL,
  position           int      NOT NULL CHECK (position > 0),
  bank_account       int,
  status             text     NOT NULL CHECK (status IN ('booked', 'pending', 'information')),
  booked_on          date     NOT NULL,
  valued_on          date,
  amount_minor       bigint   NOT NULL,
  charges_minor      bigint   NOT NULL,
  is_reversal        boolean  NOT NULL,
  key                text     NOT NULL CHECK (key ~ '^[0-9a-f]{64}$'),
  occurrence         int      NOT NULL CHECK (occurrence > 0),
  bank_id            text     NOT NULL,
  code               text     NOT NULL,
  words              text     NOT NULL,
  place              text     NOT NULL,
  raw                text     NOT NULL,
  batch_message      text     NOT NULL,
  batch_group        text     NOT NULL,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, import_number, statement_position, position),
  FOREIGN KEY (node_id, import_number, statement_position) REFERENCES bank_statement
);
CREATE INDEX bank_line_by_key ON bank_line (node_id, bank_account, key, occurrence);
CREATE INDEX bank_line_by_day ON bank_line (node_id, bank_account, booked_on, number);
COMMENT ON TABLE  bank_line IS 'Lines of statements, as files gave them. The same line in two files is two '
  'rows with the same key and occurrence; bank_live_line says which of them counts.';
COMMENT ON COLUMN bank_line.charges_minor IS 'What the bank took for it besides, positive: a cost. It is '
  'part of the amount already.';
COMMENT ON COLUMN bank_line.raw IS 'The text of the file that the line was read from.';
CALL make_append_only('bank_line');

CREATE TABLE bank_detail (
  node_id         int    NOT NULL,
  line_number     bigint NOT NULL,
  part            int    NOT NULL CHECK (part > 0),
  amount_minor    bigint,
  name            text   NOT NULL,
  ultimate_name   text   NOT NULL,
  account         text   NOT NULL,
  bank            text   NOT NULL,
  structured      text   NOT NULL,
  end_to_end      text   NOT NULL,
  mandate         text   NOT NULL,
  creditor        text   NOT NULL,
  instruction     text   NOT NULL,
  message         text   NOT NULL,
  payment_group   text   NOT NULL,
  bank_reference  text   NOT NULL,
  unique_reference text  NOT NULL,
  words           text   NOT NULL,
  return_code     text   NOT NULL CHECK (return_code ~ '^([A-Z0-9]{4})?$'),
  charges_minor   bigint NOT NULL,
  PRIMARY KEY (node_id, line_number, part),
  FOREIGN KEY (node_id, line_number) REFERENCES bank_line
);
COMMENT ON TABLE bank_detail IS 'The payments inside a line: one usually, many in a batch, none where the '
  'bank gives them elsewhere.';
CALL make_append_only('bank_detail');

-- ---------------------------------------------------------------- which lines count

CREATE TABLE bank_live_line (
  node_id      int    NOT NULL,
  bank_account int    NOT NULL,
  key          text   NOT NULL,
  occurrence   int    NOT NULL,
  line_number  bigint NOT NULL,
  PRIMARY KEY (node_id, bank_account, key, occurrence),
  UNIQUE (node_id, line_number),
  FOREIGN KEY (node_id, line_number) REFERENCES bank_line,
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account
);
COMMENT ON TABLE bank_live_line IS 'Each line of an account once, whatever number of files hold it: those of '
  'files that were taken in and not undone.';

CREATE TABLE bank_line_step (
  node_id     int         NOT NULL,
  line_number bigint      NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  kind        text        NOT NULL CHECK (kind IN ('ignored', 'reopened')),
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, line_number, number),
  FOREIGN KEY (node_id, line_number) REFERENCES bank_line
);
COMMENT ON TABLE bank_line_step IS 'Lines that somebody set aside, for a reason, and took up again.';
CALL make_append_only('bank_line_step');

-- ---------------------------------------------------------------- which posting a line is

CREATE TABLE bank_match (
  node_id     int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  line_number bigint      NOT NULL,
  method      text        NOT NULL CHECK (method IN ('posting', 'reference', 'own_order', 'payer', 'similar',
    'rule', 'transfer', 'hand')),
  is_attended boolean     NOT NULL,
  reasons     jsonb       NOT NULL,
  live        boolean     NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, line_number) REFERENCES bank_line,
  CONSTRAINT alone_only_on_proof CHECK (is_attended
    OR method IN ('posting', 'reference', 'own_order', 'rule'))
);
CREATE UNIQUE INDEX a_line_is_matched_once ON bank_match (node_id, line_number) WHERE live;
COMMENT ON TABLE  bank_match IS 'What a line was found to be: postings of the books that come to its amount.';
COMMENT ON COLUMN bank_match.is_attended IS 'True: a person decided. Else it was certain.';

CREATE TABLE bank_match_part (
  node_id        int      NOT NULL,
  match_number   int      NOT NULL,
  part           int      NOT NULL CHECK (part > 0),
  entry_number   int      NOT NULL,
  posting_line   smallint NOT NULL,
  amount_minor   bigint   NOT NULL CHECK (amount_minor <> 0),
  made           text     NOT NULL CHECK (made IN ('found', 'payment', 'return', 'settlement', 'entry')),
  payment_number bigint,
  collection_number int,
  collection_line   int,
  PRIMARY KEY (node_id, match_number, part),
  FOREIGN KEY (node_id, match_number) REFERENCES bank_match,
  FOREIGN KEY (node_id, payment_number) REFERENCES payment,
  CONSTRAINT part_is_whole CHECK ((payment_number IS NOT NULL) = (made = 'payment')
    AND (collection_number IS NOT NULL) = (made IN ('return', 'settlement'))
    AND (collection_line IS NULL OR made = 'return'))
);
CREATE INDEX bank_match_part_by_posting ON bank_match_part (node_id, entry_number, posting_line);
COMMENT ON TABLE  bank_match_part IS 'Postings to the account that a line is, with the part of its amount.';
COMMENT ON COLUMN bank_match_part.made IS 'Whether the posting was there, or was made for the line: as a '
  'payment of dues, a return or settlement of a direct debit, or an entry.';
CALL make_append_only('bank_match_part');

CREATE TABLE bank_match_end (
  node_id      int         NOT NULL,
  match_number int         NOT NULL,
  reason       text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, match_number),
  FOREIGN KEY (node_id, match_number) REFERENCES bank_match
);
COMMENT ON TABLE bank_match_end IS 'Matches that were undone.';
CALL make_append_only('bank_match_end');

CREATE TABLE bank_payer (
  node_id      int         NOT NULL,
  account_hash text        NOT NULL CHECK (account_hash ~ '^[0-9a-f]{64}$'),
  party_id     int         NOT NULL,
  match_number int         NOT NULL,
  recorded_at  timestamptz NOT NULL,
  PRIMARY KEY (node_id, account_hash, party_id, match_number),
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  FOREIGN KEY (node_id, match_number) REFERENCES bank_match
);
COMMENT ON TABLE bank_payer IS 'From which accounts members were paid for, as a keyed hash of the account '
  'number: an account may pay for several members, a member may use several. Counts while its match does.';
CALL make_append_only('bank_payer');

-- ---------------------------------------------------------------- what always holds

CREATE FUNCTION check_bank_import_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE before text;
BEGIN
  IF NEW.number > 1 THEN
    SELECT s.kind INTO before FROM bank_import_step s
     WHERE (s.node_id, s.import_number, s.number) = (NEW.node_id, NEW.import_number, NEW.number - 1);
  END IF;
  IF NOT (NEW.kind IN ('read', 'unreadable') AND NEW.number = 1
          OR NEW.kind IN ('taken_in', 'dropped') AND before = 'read'
          OR NEW.kind = 'undone' AND before = 'taken_in') IS TRUE THEN
    RAISE EXCEPTION 'a file is read, then taken in or dropped, then perhaps undone'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON bank_import_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_import_step();

-- A line counts if it is what its row says, and of a file that was taken in: looked at for all that one
-- statement adds, since files have many lines. It stops to count when no file that counts holds it and
-- nothing is matched with it.
CREATE FUNCTION check_bank_lines_counting() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM added a
              WHERE NOT EXISTS (
                    SELECT FROM bank_line l
                      JOIN bank_import_step s ON s.node_id = l.node_id AND s.import_number = l.import_number
                       AND s.kind = 'taken_in'
                      JOIN bank_statement t ON t.node_id = l.node_id AND t.import_number = l.import_number
                       AND t.position = l.statement_position AND t.purpose = 'booked'
                     WHERE (l.node_id, l.number, l.bank_account, l.key, l.occurrence)
                           = (a.node_id, a.line_number, a.bank_account, a.key, a.occurrence)
                       AND l.status = 'booked')) THEN
    RAISE EXCEPTION 'only booked lines of files that were taken in count'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER counts AFTER INSERT ON bank_live_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_bank_lines_counting();

CREATE FUNCTION check_bank_line_counting_no_more() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM bank_match m
              WHERE (m.node_id, m.line_number) = (OLD.node_id, OLD.line_number) AND m.live) THEN
    RAISE EXCEPTION 'a line that is matched counts' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER counts_no_more AFTER DELETE ON bank_live_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_line_counting_no_more();
CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON bank_live_line
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_bank_match() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT OLD.live OR NEW.live OR (NEW.node_id, NEW.number, NEW.line_number, NEW.method, NEW.is_attended,
       NEW.reasons, NEW.recorded_at, NEW.recorded_by) IS DISTINCT FROM (OLD.node_id, OLD.number,
       OLD.line_number, OLD.method, OLD.is_attended, OLD.reasons, OLD.recorded_at, OLD.recorded_by) THEN
    RAISE EXCEPTION 'of a match nothing changes but that it ends' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_ends BEFORE UPDATE ON bank_match FOR EACH ROW EXECUTE FUNCTION keep_bank_match();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON bank_match
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_bank_match() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN NEW.live = EXISTS (SELECT FROM bank_match_end e
                             WHERE (e.node_id, e.match_number) = (NEW.node_id, NEW.number))
      THEN 'it counts until it is undone'
    WHEN NEW.live AND NOT EXISTS (SELECT FROM bank_live_line l
                             WHERE (l.node_id, l.line_number) = (NEW.node_id, NEW.line_number))
      THEN 'only a line that counts is matched'
    WHEN NEW.live AND (SELECT s.kind FROM bank_line_step s
                        WHERE (s.node_id, s.line_number) = (NEW.node_id, NEW.line_number)
                        ORDER BY s.number DESC LIMIT 1) = 'ignored'
      THEN 'a line that is set aside is not matched'
    WHEN (SELECT sum(p.amount_minor) FROM bank_match_part p
           WHERE (p.node_id, p.match_number) = (NEW.node_id, NEW.number))
         IS DISTINCT FROM (SELECT l.amount_minor FROM bank_line l
           WHERE (l.node_id, l.number) = (NEW.node_id, NEW.line_number))
      THEN 'its postings come to the amount of the line'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'match % of node %: %', NEW.number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT OR UPDATE ON bank_match
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_match();

-- Lines clear postings of their own account, in the posting's direction, and never more than there is: looked
-- at for all parts that one statement adds.
CREATE FUNCTION check_bank_match_parts() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
      SELECT FROM added n
        LEFT JOIN LATERAL (
             SELECT p.amount_minor
               FROM bank_match m
               JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number
               JOIN bank_account a ON a.node_id = l.node_id AND a.number = l.bank_account
               JOIN posting p ON p.node_id = m.node_id AND p.entry_number = n.entry_number
                AND p.line = n.posting_line AND p.account_id = a.account_id
              WHERE m.node_id = n.node_id AND m.number = n.match_number) posted ON true
       CROSS JOIN LATERAL (
             SELECT sum(x.amount_minor) AS cleared,
                    count(*) FILTER (WHERE sign(x.amount_minor) <> sign(posted.amount_minor)) AS opposite
               FROM bank_match_part x
               JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
              WHERE (x.node_id, x.entry_number, x.posting_line)
                    = (n.node_id, n.entry_number, n.posting_line)) so_far
       WHERE posted.amount_minor IS NULL OR so_far.opposite > 0
          OR abs(so_far.cleared) > abs(posted.amount_minor)) THEN
    RAISE EXCEPTION 'a line clears a posting of its own account, at most once and in its direction'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER clears AFTER INSERT ON bank_match_part REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_bank_match_parts();

CREATE FUNCTION check_bank_line_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE before text;
BEGIN
  SELECT s.kind INTO before FROM bank_line_step s
   WHERE (s.node_id, s.line_number, s.number) = (NEW.node_id, NEW.line_number, NEW.number - 1);
  IF (NEW.kind = 'ignored') = (coalesce(before, 'reopened') = 'ignored')
     OR (NEW.number > 1) <> (before IS NOT NULL)
     OR NEW.kind = 'ignored'
        AND NOT EXISTS (SELECT FROM bank_line_step s WHERE (s.node_id, s.line_number, s.number)
              = (NEW.node_id, NEW.line_number, NEW.number + 1))
        AND EXISTS (SELECT FROM bank_match m
              WHERE (m.node_id, m.line_number) = (NEW.node_id, NEW.line_number) AND m.live) THEN
    RAISE EXCEPTION 'a line that is not matched is set aside, and then taken up again'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON bank_line_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bank_line_step();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON bank_account, bank_account_trait, bank_import, bank_import_step, bank_statement,
  bank_note, bank_line, bank_detail, bank_live_line, bank_line_step, bank_match, bank_match_part,
  bank_match_end, bank_payer TO coopledger_service;
GRANT DELETE ON bank_live_line TO coopledger_service;
GRANT UPDATE (live) ON bank_match TO coopledger_service;
