-- Collecting by direct debit: under which identifier a node collects, what its members allowed it, and what
-- was collected. Account numbers and names of those who pay stand in mandate_account, and nowhere else: it
-- ends when a party is erased.

-- ---------------------------------------------------------------- who collects

CREATE TABLE creditor (
  node_id     int         NOT NULL REFERENCES node,
  number      int         NOT NULL CHECK (number > 0),
  identifier  text        NOT NULL CHECK (identifier ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$'),
  name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  iban        text        NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bic         text        CHECK (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  account     text        NOT NULL CHECK (length(account) BETWEEN 1 AND 255),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE  creditor IS 'Under which identifier and into which account a node collects. The highest '
  'number counts.';
COMMENT ON COLUMN creditor.account IS 'The path of the account in the books where what is collected arrives.';
CALL make_append_only('creditor');

-- ---------------------------------------------------------------- mandates

CREATE TABLE mandate (
  node_id     int         NOT NULL,
  id          int         NOT NULL CHECK (id > 0),
  party_id    int         NOT NULL,
  reference   text        NOT NULL CHECK (reference ~ '^[A-Za-z0-9/?:().,''+ -]{1,35}$'),
  scheme      text        NOT NULL CHECK (scheme IN ('core', 'b2b')),
  use         text        NOT NULL CHECK (use IN ('recurring', 'one_off')),
  signed_on   date        NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, id),
  UNIQUE (node_id, id, party_id),
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
CREATE UNIQUE INDEX mandate_reference_in_any_case ON mandate (node_id, upper(reference));
CREATE INDEX mandate_of_party ON mandate (node_id, party_id);
COMMENT ON TABLE mandate IS 'Permissions to collect, as signed. What became of each is told by its changes.';
CALL make_append_only('mandate');

CREATE TABLE mandate_account (
  node_id     int         NOT NULL,
  mandate_id  int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  party_id    int         NOT NULL,
  iban        text        NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bic         text        CHECK (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  town        text        CHECK (length(town) BETWEEN 1 AND 70),
  country     text        CHECK (country ~ '^[A-Z]{2}$'),
  street      text        CHECK (length(street) BETWEEN 1 AND 150),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (node_id, mandate_id, number),
  FOREIGN KEY (node_id, mandate_id, party_id) REFERENCES mandate (node_id, id, party_id),
  CONSTRAINT address_is_whole CHECK (num_nonnulls(town, country) IN (0, 2)
    AND (town IS NOT NULL OR street IS NULL))
);
COMMENT ON TABLE  mandate_account IS 'Personal data: from which account is collected, whose it is. Number 1 '
  'as signed, then one for each change. Ends when the party is erased.';
COMMENT ON COLUMN mandate_account.street IS 'Up to two lines; needed where the bank is outside the EEA.';
CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON mandate_account
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_erased BEFORE INSERT ON mandate_account
  FOR EACH ROW EXECUTE FUNCTION keep_erased();

CREATE FUNCTION keep_account() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM party_erasure e WHERE (e.node_id, e.party_id) = (OLD.node_id, OLD.party_id)) THEN
    RAISE EXCEPTION 'the account of a mandate ends when its party is erased, not before'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER only_when_erased BEFORE DELETE ON mandate_account
  FOR EACH ROW EXECUTE FUNCTION keep_account();

CREATE FUNCTION forget_accounts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM mandate_account a WHERE (a.node_id, a.party_id) = (NEW.node_id, NEW.party_id);
  RETURN NULL;
END $$;
CREATE TRIGGER forget_accounts AFTER INSERT ON party_erasure
  FOR EACH ROW EXECUTE FUNCTION forget_accounts();

-- ---------------------------------------------------------------- collections

CREATE TABLE collection (
  node_id         int         NOT NULL REFERENCES node,
  number          int         NOT NULL CHECK (number > 0),
  due_on          date        NOT NULL,
  creditor_number int         NOT NULL,
  message_id      text        NOT NULL CHECK (length(message_id) BETWEEN 1 AND 35),
  recorded_at     timestamptz NOT NULL,
  recorded_by     int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, message_id),
  FOREIGN KEY (node_id, creditor_number) REFERENCES creditor
);
COMMENT ON TABLE collection IS 'What is collected on one day: a proposal until two people approved it. '
  'How it stands follows from its steps.';
CALL make_append_only('collection');

CREATE TABLE collection_skip (
  node_id           int  NOT NULL,
  collection_number int  NOT NULL,
  party_id          int  NOT NULL,
  reason            text NOT NULL CHECK (reason IN ('no_mandate', 'mandate_held', 'mandate_expired',
    'mandate_ended', 'nothing_due', 'on_its_way', 'collected_before', 'bank_would_refuse')),
  words             text NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
  PRIMARY KEY (node_id, collection_number, party_id),
  FOREIGN KEY (node_id, collection_number) REFERENCES collection,
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
COMMENT ON TABLE collection_skip IS 'From whom nothing was proposed to be collected, and why.';
CALL make_append_only('collection_skip');

CREATE TABLE collection_line (
  node_id           int     NOT NULL,
  collection_number int     NOT NULL,
  line              int     NOT NULL CHECK (line > 0),
  mandate_id        int     NOT NULL,
  party_id          int     NOT NULL,
  account_number    int     NOT NULL CHECK (account_number > 0),
  amount_minor      bigint  NOT NULL CHECK (amount_minor BETWEEN 1 AND 99999999999),
  sequence          text    NOT NULL CHECK (sequence IN ('first', 'recurring', 'final', 'one_off')),
  account_changed   boolean NOT NULL,
  end_to_end_id     text    NOT NULL CHECK (length(end_to_end_id) BETWEEN 1 AND 35),
  PRIMARY KEY (node_id, collection_number, line),
  CONSTRAINT a_mandate_is_used_once UNIQUE (node_id, collection_number, mandate_id),
  UNIQUE (node_id, end_to_end_id),
  FOREIGN KEY (node_id, collection_number) REFERENCES collection,
  FOREIGN KEY (node_id, mandate_id, party_id) REFERENCES mandate (node_id, id, party_id)
);
COMMENT ON TABLE  collection_line IS 'One amount under one mandate. In EUR cents; the charges it is for add '
  'up to it.';
COMMENT ON COLUMN collection_line.account_number IS 'Which of the mandate''s accounts; no foreign key, since '
  'that row ends when the party is erased.';
CALL make_append_only('collection_line');

CREATE TABLE collection_charge (
  node_id           int     NOT NULL,
  collection_number int     NOT NULL,
  line              int     NOT NULL,
  charge_number     bigint  NOT NULL,
  amount_minor      bigint  NOT NULL CHECK (amount_minor > 0),
  live              boolean NOT NULL,
  PRIMARY KEY (node_id, collection_number, line, charge_number),
  FOREIGN KEY (node_id, collection_number, line) REFERENCES collection_line,
  FOREIGN KEY (node_id, charge_number) REFERENCES charge
);
CREATE UNIQUE INDEX a_charge_is_collected_once ON collection_charge (node_id, charge_number) WHERE live;
COMMENT ON TABLE  collection_charge IS 'Which charges a line is for.';
COMMENT ON COLUMN collection_charge.live IS 'False once the line was left out or came back, or the '
  'collection was cancelled: then the charge may be collected anew. Follows from the steps.';

CREATE TABLE collection_step (
  node_id           int         NOT NULL,
  collection_number int         NOT NULL,
  number            int         NOT NULL CHECK (number > 0),
  kind              text        NOT NULL CHECK (kind IN ('excluded', 'approved', 'handed_in', 'cancelled',
    'settled', 'returned')),
  line              int,
  on_day            date,
  reason            text        CHECK (length(reason) BETWEEN 1 AND 500),
  code              text        CHECK (code ~ '^[A-Z0-9]{4}$'),
  fee_charge        bigint,
  file_hash         text        CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, collection_number, number),
  FOREIGN KEY (node_id, collection_number) REFERENCES collection,
  FOREIGN KEY (node_id, collection_number, line) REFERENCES collection_line,
  FOREIGN KEY (node_id, fee_charge) REFERENCES charge,
  CONSTRAINT step_is_whole CHECK (
    (line IS NOT NULL) = (kind IN ('excluded', 'returned'))
    AND (on_day IS NOT NULL) = (kind IN ('handed_in', 'settled', 'returned'))
    AND (reason IS NOT NULL) = (kind IN ('excluded', 'cancelled'))
    AND (code IS NOT NULL) = (kind = 'returned') AND (fee_charge IS NULL OR kind = 'returned')
    AND (file_hash IS NOT NULL) = (kind = 'handed_in')),
  CONSTRAINT somebody_approves CHECK (kind <> 'approved' OR recorded_by IS NOT NULL)
);
CREATE UNIQUE INDEX two_different_people_approve ON collection_step (node_id, collection_number, recorded_by)
  WHERE kind = 'approved';
CREATE UNIQUE INDEX a_collection_steps_once ON collection_step (node_id, collection_number, kind)
  WHERE kind IN ('handed_in', 'cancelled', 'settled');
CREATE UNIQUE INDEX a_line_ends_once ON collection_step (node_id, collection_number, line)
  WHERE line IS NOT NULL;
COMMENT ON TABLE  collection_step IS 'What became of a collection and its lines, in order. A line that is '
  'returned before the collection is settled was rejected: no money came.';
COMMENT ON COLUMN collection_step.file_hash IS 'SHA-256 of the file that went to the bank.';
CALL make_append_only('collection_step');

CREATE TABLE collection_payment (
  node_id           int    NOT NULL,
  collection_number int    NOT NULL,
  line              int    NOT NULL,
  payment_number    bigint NOT NULL,
  PRIMARY KEY (node_id, collection_number, line),
  UNIQUE (node_id, payment_number),
  FOREIGN KEY (node_id, collection_number, line) REFERENCES collection_line,
  FOREIGN KEY (node_id, payment_number) REFERENCES payment
);
COMMENT ON TABLE collection_payment IS 'The payment that each line of a settled collection became.';
CALL make_append_only('collection_payment');

CREATE TABLE mandate_change (
  node_id           int         NOT NULL,
  mandate_id        int         NOT NULL,
  number            int         NOT NULL CHECK (number > 0),
  kind              text        NOT NULL CHECK (kind IN ('collected', 'rejected', 'returned',
    'account_changed', 'released', 'cancelled')),
  on_day            date        NOT NULL,
  sequence          text        CHECK (sequence IN ('first', 'recurring', 'final', 'one_off')),
  code              text        CHECK (code ~ '^[A-Z0-9]{4}$'),
  account_number    int         CHECK (account_number > 1),
  collection_number int,
  line              int,
  reason            text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, mandate_id, number),
  FOREIGN KEY (node_id, mandate_id) REFERENCES mandate,
  FOREIGN KEY (node_id, collection_number, line) REFERENCES collection_line,
  CONSTRAINT change_is_whole CHECK ((sequence IS NOT NULL) = (kind = 'collected')
    AND (code IS NOT NULL) = (kind IN ('rejected', 'returned'))
    AND (account_number IS NOT NULL) = (kind = 'account_changed')
    AND num_nonnulls(collection_number, line) IN (0, 2)
    AND (collection_number IS NULL OR kind IN ('collected', 'rejected', 'returned')))
);
COMMENT ON TABLE mandate_change IS 'What happened to a mandate after it was signed, by day. Whether it can '
  'be used, and how, follows from it.';
CALL make_append_only('mandate_change');

-- ---------------------------------------------------------------- what always holds

CREATE FUNCTION check_mandate_change() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.on_day < (SELECT m.signed_on FROM mandate m WHERE (m.node_id, m.id) = (NEW.node_id, NEW.mandate_id))
  THEN
    RAISE EXCEPTION 'nothing happens to a mandate before it is signed'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.number > 1 AND NOT EXISTS (SELECT FROM mandate_change x
       WHERE (x.node_id, x.mandate_id, x.number) = (NEW.node_id, NEW.mandate_id, NEW.number - 1)) THEN
    RAISE EXCEPTION 'the changes of a mandate are numbered without a gap'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.collection_number IS NOT NULL AND NOT EXISTS (SELECT FROM collection_line l
       WHERE (l.node_id, l.collection_number, l.line, l.mandate_id)
             = (NEW.node_id, NEW.collection_number, NEW.line, NEW.mandate_id)) THEN
    RAISE EXCEPTION 'a mandate changes by its own lines' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON mandate_change
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_mandate_change();

CREATE FUNCTION check_collection_line() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.amount_minor IS DISTINCT FROM (SELECT sum(c.amount_minor) FROM collection_charge c
       WHERE c.node_id = NEW.node_id AND c.collection_number = NEW.collection_number
         AND c.line = NEW.line) THEN
    RAISE EXCEPTION 'the charges of line % of collection % do not add up to it', NEW.line,
      NEW.collection_number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER charges_add_up AFTER INSERT ON collection_line DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_collection_line();

CREATE FUNCTION check_collection_charge() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE whole bigint; sum bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND (NOT OLD.live OR NEW.live OR (NEW.node_id, NEW.collection_number, NEW.line,
       NEW.charge_number, NEW.amount_minor) <> (OLD.node_id, OLD.collection_number, OLD.line,
       OLD.charge_number, OLD.amount_minor)) THEN
    RAISE EXCEPTION 'of a charge in a collection nothing changes but that it is let go'
      USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT l.amount_minor INTO whole FROM collection_line l
    JOIN charge c ON c.node_id = l.node_id AND c.number = NEW.charge_number AND c.debtor_id = l.party_id
     AND c.gross_minor - c.waived_minor >= NEW.amount_minor
    JOIN unit u ON u.id = c.unit_id AND u.code = 'EUR'
   WHERE (l.node_id, l.collection_number, l.line) = (NEW.node_id, NEW.collection_number, NEW.line);
  SELECT sum(x.amount_minor) INTO sum FROM collection_charge x
   WHERE (x.node_id, x.collection_number, x.line) = (NEW.node_id, NEW.collection_number, NEW.line);
  IF whole IS DISTINCT FROM sum THEN
    RAISE EXCEPTION 'a line collects charges of its own debtor in EUR, which add up to it'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.live = EXISTS (SELECT FROM collection_step s
       WHERE s.node_id = NEW.node_id AND s.collection_number = NEW.collection_number
         AND (s.kind = 'cancelled' OR s.line = NEW.line)) THEN
    RAISE EXCEPTION 'a charge is let go when its line or collection ends, neither before nor later'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER charges_add_up AFTER INSERT OR UPDATE ON collection_charge
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_collection_charge();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON collection_charge
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_collection() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM collection_line l
                  WHERE (l.node_id, l.collection_number) = (NEW.node_id, NEW.number)) THEN
    RAISE EXCEPTION 'a collection has lines' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_lines AFTER INSERT ON collection DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_collection();

-- What became of a collection: each step in its turn.
CREATE FUNCTION check_collection_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE s record; state text := 'proposed'; approvals int := 0; approved_on date; last int := 0; fault text;
BEGIN
  FOR s IN SELECT x.number, x.kind, x.line, x.on_day, c.due_on,
                  (x.recorded_at AT TIME ZONE 'UTC')::date AS recorded_on
             FROM collection_step x
             JOIN collection c ON (c.node_id, c.number) = (x.node_id, x.collection_number)
            WHERE (x.node_id, x.collection_number) = (NEW.node_id, NEW.collection_number)
            ORDER BY x.number
  LOOP
    last := last + 1;
    fault := CASE
      WHEN s.number <> last THEN 'its steps have a gap'
      WHEN s.kind = 'excluded' AND (state <> 'proposed' OR approvals > 0)
        THEN 'lines are left out before anybody approves'
      WHEN s.kind = 'approved' AND state <> 'proposed' THEN 'a proposal is approved, by two'
      WHEN s.kind = 'handed_in' AND state <> 'approved' THEN 'two people approve before it is handed in'
      -- Days here are those of UTC: the node's zone, which may change, is a day away at most.
      WHEN s.kind = 'handed_in' AND (s.on_day > s.due_on OR s.on_day < approved_on - 1
                                     OR s.on_day > s.recorded_on + 1)
        THEN 'it goes to the bank once it is approved, and before the bank debits'
      WHEN s.kind = 'cancelled' AND state NOT IN ('proposed', 'approved')
        THEN 'what was handed in cannot be cancelled'
      WHEN s.kind = 'settled' AND state <> 'handed_in' THEN 'it settles once, after it was handed in'
      WHEN s.kind = 'returned' AND state NOT IN ('handed_in', 'settled')
        THEN 'nothing comes back that was not handed in'
    END;
    EXIT WHEN fault IS NOT NULL;
    IF s.kind = 'approved' THEN approvals := approvals + 1; approved_on := s.recorded_on; END IF;
    state := CASE WHEN s.kind = 'approved' THEN CASE WHEN approvals = 2 THEN 'approved' ELSE state END
                  WHEN s.kind IN ('excluded', 'returned') THEN state ELSE s.kind END;
  END LOOP;
  IF fault IS NULL AND EXISTS (SELECT FROM collection_charge c
       WHERE (c.node_id, c.collection_number) = (NEW.node_id, NEW.collection_number)
         AND c.live AND (NEW.kind = 'cancelled' OR c.line = NEW.line)) THEN
    fault := 'it still holds charges that it let go';
  END IF;
  IF fault IS NULL AND NEW.kind = 'settled' AND EXISTS (
       SELECT FROM collection_line l
        WHERE (l.node_id, l.collection_number) = (NEW.node_id, NEW.collection_number)
          AND EXISTS (SELECT FROM collection_payment p WHERE (p.node_id, p.collection_number, p.line)
                            = (l.node_id, l.collection_number, l.line))
              = EXISTS (SELECT FROM collection_step x WHERE (x.node_id, x.collection_number, x.line)
                            = (l.node_id, l.collection_number, l.line) AND x.number < NEW.number)) THEN
    fault := 'each line that stands is paid, and no other';
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'collection % of node %: %', NEW.collection_number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON collection_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_collection_step();

CREATE FUNCTION check_collection_payment() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM collection_line l
                   JOIN payment p ON p.node_id = l.node_id AND p.number = NEW.payment_number
                    AND p.kind = 'money' AND p.payer_id = l.party_id AND p.amount_minor = l.amount_minor
                  WHERE (l.node_id, l.collection_number, l.line)
                        = (NEW.node_id, NEW.collection_number, NEW.line))
     OR NOT EXISTS (SELECT FROM collection_step s WHERE (s.node_id, s.collection_number, s.kind)
                        = (NEW.node_id, NEW.collection_number, 'settled')) THEN
    RAISE EXCEPTION 'a line of a settled collection became a payment of its debtor over its amount'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_the_lines AFTER INSERT ON collection_payment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_collection_payment();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON creditor, mandate, mandate_account, mandate_change, collection, collection_skip,
  collection_line, collection_charge, collection_step, collection_payment TO coopledger_service;
GRANT DELETE ON mandate_account TO coopledger_service;
GRANT UPDATE (live) ON collection_charge TO coopledger_service;

COMMENT ON TABLE party_profile IS 'Personal data of a party; beside it only mandate_account has any. Rows '
  'change, and go when a person is erased.';
