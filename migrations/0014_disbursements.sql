-- Payments that leave: what is proposed to be paid, who agreed, the file that went to the bank, and what
-- became of each order. Names and accounts of those who are paid stand in disbursement_payee and in the file
-- itself, and nowhere else: both end when a party is erased. That an order was paid, or came back, is told by
-- the lines of the bank that were found to be it (bank_match_part).

-- ---------------------------------------------------------------- what is to be paid

CREATE TABLE disbursement (
  node_id      int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  bank_account int         NOT NULL,
  requested_on date        NOT NULL,
  title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  debtor_name  text        NOT NULL CHECK (length(debtor_name) BETWEEN 1 AND 200),
  bic          text        CHECK (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  message_id   text        NOT NULL CHECK (length(message_id) BETWEEN 1 AND 35),
  orders       int         NOT NULL CHECK (orders BETWEEN 1 AND 1000),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, message_id),
  FOREIGN KEY (node_id, bank_account) REFERENCES bank_account
);
COMMENT ON TABLE  disbursement IS 'What is paid from one account on one day: a proposal until two people '
  'approved it. How it stands follows from its steps.';
COMMENT ON COLUMN disbursement.debtor_name IS 'The co-operative, as its bank knows it.';
COMMENT ON COLUMN disbursement.orders IS 'How many it was proposed with: none is added later.';
COMMENT ON COLUMN disbursement.bic IS 'Of its own bank, where that wants to be named.';
CALL make_append_only('disbursement');

CREATE TABLE disbursement_order (
  node_id             int    NOT NULL,
  disbursement_number int    NOT NULL,
  number              int    NOT NULL CHECK (number > 0),
  amount_minor        bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 99999999999),
  purpose             text   NOT NULL CHECK (purpose IN ('supplier_bill', 'refund', 'payout')),
  account_id          int    NOT NULL,
  party_id            int,
  source              text   CHECK (length(source) BETWEEN 1 AND 100),
  fund                text,
  cost_object         text,
  tax_code            text,
  end_to_end_id       text   NOT NULL CHECK (length(end_to_end_id) BETWEEN 1 AND 35),
  PRIMARY KEY (node_id, disbursement_number, number),
  UNIQUE (node_id, end_to_end_id),
  FOREIGN KEY (node_id, disbursement_number) REFERENCES disbursement,
  FOREIGN KEY (node_id, account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
CREATE INDEX disbursement_order_of_party ON disbursement_order (node_id, party_id) WHERE party_id IS NOT NULL;
COMMENT ON TABLE  disbursement_order IS 'One payment, in EUR cents. account_id is what it settles: the other '
  'side of its entry, a liability or an expense.';
COMMENT ON COLUMN disbursement_order.source IS 'What it rests on, as we file it: the number of a bill.';
COMMENT ON COLUMN disbursement_order.end_to_end_id IS 'Its own name, which comes back with the bank''s '
  'statement; says nothing of who is paid.';
CALL make_append_only('disbursement_order');

CREATE TABLE disbursement_payee (
  node_id             int  NOT NULL,
  disbursement_number int  NOT NULL,
  order_number        int  NOT NULL,
  party_id            int,
  name                text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  iban                text NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bic                 text CHECK (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  street              text CHECK (length(street) BETWEEN 1 AND 70),
  building            text CHECK (length(building) BETWEEN 1 AND 16),
  post_code           text CHECK (length(post_code) BETWEEN 1 AND 16),
  town                text CHECK (length(town) BETWEEN 1 AND 70),
  country             text CHECK (country ~ '^[A-Z]{2}$'),
  remittance          text CHECK (length(remittance) BETWEEN 1 AND 500),
  reference           text CHECK (reference ~ '^[A-Z0-9]{1,35}$'),
  PRIMARY KEY (node_id, disbursement_number, order_number),
  FOREIGN KEY (node_id, disbursement_number, order_number) REFERENCES disbursement_order,
  CONSTRAINT address_is_structured CHECK (num_nonnulls(town, country) IN (0, 2)
    AND (town IS NOT NULL OR num_nonnulls(street, building, post_code) = 0)),
  CONSTRAINT text_or_reference CHECK (num_nonnulls(remittance, reference) < 2)
);
COMMENT ON TABLE disbursement_payee IS 'Personal data: who is paid, into which account, and what they read. '
  'Ends when the party is erased.';
CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON disbursement_payee
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_erased BEFORE INSERT ON disbursement_payee
  FOR EACH ROW EXECUTE FUNCTION keep_erased();

CREATE TABLE disbursement_step (
  node_id             int         NOT NULL,
  disbursement_number int         NOT NULL,
  number              int         NOT NULL CHECK (number > 0),
  kind                text        NOT NULL CHECK (kind IN ('left_out', 'approved', 'withdrawn', 'exported',
    'cancelled', 'not_taken')),
  order_number        int,
  reason              text        CHECK (length(reason) BETWEEN 1 AND 500),
  file_hash           text        CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  recorded_at         timestamptz NOT NULL,
  recorded_by         int         REFERENCES user_account,
  PRIMARY KEY (node_id, disbursement_number, number),
  FOREIGN KEY (node_id, disbursement_number) REFERENCES disbursement,
  FOREIGN KEY (node_id, disbursement_number, order_number) REFERENCES disbursement_order,
  CONSTRAINT step_is_whole CHECK (
    (order_number IS NOT NULL OR kind <> 'left_out') AND (order_number IS NULL OR kind IN ('left_out',
      'not_taken'))
    AND (reason IS NOT NULL) = (kind IN ('left_out', 'withdrawn', 'cancelled', 'not_taken'))
    AND (file_hash IS NOT NULL) = (kind = 'exported')),
  CONSTRAINT somebody_decides CHECK (kind NOT IN ('approved', 'withdrawn', 'not_taken')
    OR recorded_by IS NOT NULL)
);
CREATE UNIQUE INDEX a_disbursement_steps_once ON disbursement_step (node_id, disbursement_number, kind)
  WHERE kind IN ('exported', 'cancelled');
CREATE UNIQUE INDEX an_order_is_left_out_once
  ON disbursement_step (node_id, disbursement_number, order_number) WHERE kind = 'left_out';
CREATE UNIQUE INDEX each_says_it_once ON disbursement_step (node_id, disbursement_number,
  coalesce(order_number, 0), recorded_by) WHERE kind = 'not_taken';
COMMENT ON TABLE  disbursement_step IS 'What became of a proposal, in order. Leaving an order out ends the '
  'approvals before it; what two people call not taken by the bank is rejected.';
COMMENT ON COLUMN disbursement_step.file_hash IS 'SHA-256 of the file for the bank.';
CALL make_append_only('disbursement_step');

CREATE TABLE disbursement_file (
  node_id             int   NOT NULL,
  disbursement_number int   NOT NULL,
  bytes               bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 2900000),
  PRIMARY KEY (node_id, disbursement_number),
  FOREIGN KEY (node_id, disbursement_number) REFERENCES disbursement
);
COMMENT ON TABLE disbursement_file IS 'Personal data: the file for the bank, as it was made. Ends when '
  'somebody in it is erased; its hash stays.';
CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON disbursement_file
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- which lines of the bank are orders

ALTER TABLE bank_match_part
  ADD COLUMN disbursement_number int,
  ADD COLUMN order_number        int,
  ADD COLUMN return_code         text CHECK (return_code ~ '^[A-Z0-9]{4}$'),
  DROP CONSTRAINT bank_match_part_made_check,
  DROP CONSTRAINT part_is_whole,
  ADD CONSTRAINT bank_match_part_made_check CHECK (made IN ('found', 'payment', 'return', 'settlement',
    'entry', 'order', 'order_return')),
  ADD CONSTRAINT part_is_whole CHECK (
    ((payment_number IS NOT NULL) = (made = 'payment') OR made IN ('order', 'order_return'))
    AND (collection_number IS NOT NULL) = (made IN ('return', 'settlement'))
    AND (collection_line IS NULL OR made = 'return')
    AND (disbursement_number IS NOT NULL) = (made IN ('order', 'order_return'))
    AND (order_number IS NOT NULL) = (disbursement_number IS NOT NULL)
    AND (return_code IS NOT NULL) = (made = 'order_return')),
  ADD CONSTRAINT is_of_an_order FOREIGN KEY (node_id, disbursement_number, order_number)
    REFERENCES disbursement_order;
CREATE INDEX bank_match_part_of_order ON bank_match_part (node_id, disbursement_number, order_number)
  WHERE disbursement_number IS NOT NULL;
COMMENT ON COLUMN bank_match_part.made IS 'Whether the posting was there, or was made for the line: as a '
  'payment of dues, a return or settlement of a direct debit, an entry, an order of ours that was paid, or '
  'one that came back.';
COMMENT ON COLUMN bank_match_part.payment_number IS 'The payment that was made; of an order, where it is a '
  'refund of what a member paid ahead.';

-- ---------------------------------------------------------------- what always holds

CREATE FUNCTION keep_payee() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM party_erasure e
                   JOIN disbursement_order o ON o.node_id = e.node_id AND o.party_id = e.party_id
                  WHERE (o.node_id, o.disbursement_number) = (OLD.node_id, OLD.disbursement_number)
                    AND (TG_TABLE_NAME = 'disbursement_file'
                         OR o.number = (to_jsonb(OLD) ->> 'order_number')::int)) THEN
    RAISE EXCEPTION 'who is paid, and the file with it, end when a party of it is erased, not before'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER only_when_erased BEFORE DELETE ON disbursement_payee
  FOR EACH ROW EXECUTE FUNCTION keep_payee();
CREATE TRIGGER only_when_erased BEFORE DELETE ON disbursement_file
  FOR EACH ROW EXECUTE FUNCTION keep_payee();

CREATE FUNCTION forget_payees() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM disbursement_file f
   WHERE f.node_id = NEW.node_id
     AND EXISTS (SELECT FROM disbursement_order o
                  WHERE o.node_id = f.node_id AND o.disbursement_number = f.disbursement_number
                    AND o.party_id = NEW.party_id
                    AND NOT EXISTS (SELECT FROM disbursement_step s
                          WHERE (s.node_id, s.disbursement_number, s.order_number, s.kind)
                                = (o.node_id, o.disbursement_number, o.number, 'left_out')));
  DELETE FROM disbursement_payee p WHERE (p.node_id, p.party_id) = (NEW.node_id, NEW.party_id);
  RETURN NULL;
END $$;
CREATE TRIGGER forget_payees AFTER INSERT ON party_erasure
  FOR EACH ROW EXECUTE FUNCTION forget_payees();

CREATE FUNCTION check_disbursement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.orders <> (SELECT count(*) FROM disbursement_order o
                     WHERE (o.node_id, o.disbursement_number) = (NEW.node_id, NEW.number))
     OR NOT EXISTS (SELECT FROM bank_account b
                      JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
                      JOIN unit u ON u.id = a.unit_id AND u.code = 'EUR'
                     WHERE (b.node_id, b.number) = (NEW.node_id, NEW.bank_account)
                       AND b.identifier IS NOT NULL) THEN
    RAISE EXCEPTION 'a disbursement has orders, and is paid from an account in EUR with an identifier'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON disbursement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_disbursement();

-- Orders come with their proposal and their payee, and settle a liability or an expense in EUR.
CREATE FUNCTION check_disbursement_order() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN NOT EXISTS (SELECT FROM account a JOIN unit u ON u.id = a.unit_id AND u.code = 'EUR'
                      WHERE (a.node_id, a.id) = (NEW.node_id, NEW.account_id)
                        AND a.type IN ('liability', 'expense'))
      THEN 'it settles a liability or an expense in EUR'
    WHEN NEW.number > 1 AND NOT EXISTS (SELECT FROM disbursement_order o
           WHERE (o.node_id, o.disbursement_number, o.number)
                 = (NEW.node_id, NEW.disbursement_number, NEW.number - 1))
      THEN 'its number follows on another'
    WHEN NOT EXISTS (SELECT FROM disbursement_payee p
           WHERE (p.node_id, p.disbursement_number, p.order_number)
                 = (NEW.node_id, NEW.disbursement_number, NEW.number)
             AND p.party_id IS NOT DISTINCT FROM NEW.party_id)
         AND NOT EXISTS (SELECT FROM party_erasure e
           WHERE (e.node_id, e.party_id) = (NEW.node_id, NEW.party_id))
      THEN 'somebody is paid by it'
    WHEN NEW.number > (SELECT d.orders FROM disbursement d
           WHERE (d.node_id, d.number) = (NEW.node_id, NEW.disbursement_number))
      THEN 'nothing is added to a proposal'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'order % of disbursement %: %', NEW.number, NEW.disbursement_number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON disbursement_order DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_disbursement_order();

-- Whether two people say that the bank did not take an order.
CREATE FUNCTION is_rejected_order(node int, disbursement int, wanted int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT count(DISTINCT s.recorded_by) > 1
    FROM disbursement_step s
   WHERE (s.node_id, s.disbursement_number, s.kind) = (node, disbursement, 'not_taken')
     AND coalesce(s.order_number, wanted) = wanted
$$;

-- What became of a proposal: each step in its turn, and by whom it may be done.
CREATE FUNCTION check_disbursement_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE s record; state text := 'proposed'; approvers int[] := '{}'; last int := 0; left_out int := 0;
  orders int; fault text;
BEGIN
  SELECT d.orders INTO orders FROM disbursement d
   WHERE (d.node_id, d.number) = (NEW.node_id, NEW.disbursement_number);
  FOR s IN SELECT x.number, x.kind, x.recorded_by, x.recorded_at, d.recorded_by AS written_by
             FROM disbursement_step x
             JOIN disbursement d ON (d.node_id, d.number) = (x.node_id, x.disbursement_number)
            WHERE (x.node_id, x.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
            ORDER BY x.number
  LOOP
    last := last + 1;
    left_out := left_out + (s.kind = 'left_out')::int;
    fault := CASE
      WHEN s.number <> last THEN 'its steps have a gap'
      WHEN s.kind = 'left_out' AND (state <> 'proposed' OR left_out >= orders)
        THEN 'orders are left out before two people approved, and one is left'
      WHEN s.kind = 'approved' AND state <> 'proposed' THEN 'a proposal is approved, by two'
      WHEN s.kind = 'approved' AND s.recorded_by = ANY (approvers) THEN 'two different people approve'
      WHEN s.kind = 'approved' AND s.recorded_by = s.written_by THEN 'nobody approves what they wrote'
      WHEN s.kind = 'approved' AND EXISTS (
             SELECT FROM disbursement_order o
               JOIN party_user u ON u.node_id = o.node_id AND u.party_id = o.party_id
                AND u.user_id = s.recorded_by AND u.linked_at <= s.recorded_at
              WHERE (o.node_id, o.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
                AND NOT EXISTS (SELECT FROM disbursement_step y
                      WHERE (y.node_id, y.disbursement_number, y.order_number)
                            = (o.node_id, o.disbursement_number, o.number)
                        AND y.kind = 'left_out' AND y.number < s.number))
        THEN 'nobody approves what pays them'
      WHEN s.kind = 'withdrawn' AND (state NOT IN ('proposed', 'approved')
                                     OR NOT s.recorded_by = ANY (approvers))
        THEN 'an approval is withdrawn by whoever gave it, before the file is made'
      WHEN s.kind = 'exported' AND state <> 'approved' THEN 'two people approve before the file is made'
      WHEN s.kind = 'cancelled' AND state NOT IN ('proposed', 'approved')
        THEN 'what went to the bank cannot be cancelled'
      WHEN s.kind = 'not_taken' AND state <> 'exported' THEN 'the bank did not get it'
    END;
    EXIT WHEN fault IS NOT NULL;
    approvers := CASE s.kind WHEN 'approved' THEN approvers || s.recorded_by
                             WHEN 'withdrawn' THEN array_remove(approvers, s.recorded_by)
                             WHEN 'left_out' THEN '{}' ELSE approvers END;
    state := CASE WHEN s.kind IN ('exported', 'cancelled') THEN s.kind
                  WHEN state IN ('exported', 'cancelled') THEN state
                  WHEN cardinality(approvers) > 1 THEN 'approved' ELSE 'proposed' END;
  END LOOP;
  IF fault IS NULL AND NEW.kind = 'not_taken' AND EXISTS (
       SELECT FROM bank_match_part p
         JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number AND m.live
        WHERE (p.node_id, p.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
          AND is_rejected_order(p.node_id, p.disbursement_number, p.order_number)) THEN
    fault := 'the bank took an order that is called not taken';
  END IF;
  IF fault IS NULL AND NEW.kind = 'exported' AND NOT EXISTS (
       SELECT FROM disbursement_file f
        WHERE (f.node_id, f.disbursement_number) = (NEW.node_id, NEW.disbursement_number)
          AND encode(sha256(f.bytes), 'hex') = NEW.file_hash)
     AND NOT EXISTS (
       SELECT FROM disbursement_order o
         JOIN party_erasure e ON e.node_id = o.node_id AND e.party_id = o.party_id
        WHERE (o.node_id, o.disbursement_number) = (NEW.node_id, NEW.disbursement_number)) THEN
    fault := 'its file is kept, with the hash that is told of it';
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'disbursement % of node %: %', NEW.disbursement_number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON disbursement_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_disbursement_step();

CREATE FUNCTION check_disbursement_file() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM disbursement_step s
                  WHERE (s.node_id, s.disbursement_number, s.kind, s.file_hash)
                        = (NEW.node_id, NEW.disbursement_number, 'exported',
                           encode(sha256(NEW.bytes), 'hex'))) THEN
    RAISE EXCEPTION 'a file is kept when it is made, with its hash'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_the_files AFTER INSERT ON disbursement_file
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_disbursement_file();

-- A line of the bank is an order that went there, whole, from its account, once; what came back was paid.
CREATE FUNCTION check_order_part() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE told record; paid bigint; came_back bigint; fault text;
BEGIN
  IF NEW.disbursement_number IS NULL THEN RETURN NULL; END IF;
  SELECT o.amount_minor, d.bank_account, l.bank_account AS line_account, m.live INTO told
    FROM bank_match m
    JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number
    JOIN disbursement d ON d.node_id = m.node_id AND d.number = NEW.disbursement_number
    JOIN disbursement_order o ON o.node_id = d.node_id AND o.disbursement_number = d.number
     AND o.number = NEW.order_number
   WHERE (m.node_id, m.number) = (NEW.node_id, NEW.match_number);
  SELECT count(*) FILTER (WHERE p.made = 'order'), count(*) FILTER (WHERE p.made = 'order_return')
    INTO paid, came_back
    FROM bank_match_part p
    JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number AND m.live
   WHERE (p.node_id, p.disbursement_number, p.order_number)
         = (NEW.node_id, NEW.disbursement_number, NEW.order_number);
  fault := CASE
    WHEN told.bank_account IS DISTINCT FROM told.line_account THEN 'it is paid from the account of its file'
    WHEN NEW.amount_minor <> CASE NEW.made WHEN 'order' THEN -told.amount_minor ELSE told.amount_minor END
      THEN 'it is paid, and comes back, in one piece'
    WHEN NOT EXISTS (SELECT FROM disbursement_step s
           WHERE (s.node_id, s.disbursement_number, s.kind)
                 = (NEW.node_id, NEW.disbursement_number, 'exported'))
         OR EXISTS (SELECT FROM disbursement_step s
           WHERE (s.node_id, s.disbursement_number, s.order_number, s.kind)
                 = (NEW.node_id, NEW.disbursement_number, NEW.order_number, 'left_out'))
      THEN 'it did not go to the bank'
    WHEN told.live AND is_rejected_order(NEW.node_id, NEW.disbursement_number, NEW.order_number)
      THEN 'the bank did not take it'
    WHEN paid > 1 OR came_back > 1 OR came_back > paid
      THEN 'it is paid once, and comes back once after that'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'order % of disbursement %: %', NEW.order_number, NEW.disbursement_number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_the_orders AFTER INSERT ON bank_match_part
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_order_part();

CREATE FUNCTION check_undone_order() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM bank_match_part p
               JOIN bank_match_part b ON b.node_id = p.node_id AND b.order_number = p.order_number
                AND b.disbursement_number = p.disbursement_number AND b.made = 'order_return'
               JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
              WHERE (p.node_id, p.match_number) = (NEW.node_id, NEW.number) AND p.made = 'order'
                AND NOT NEW.live) THEN
    RAISE EXCEPTION 'what came back was paid' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER came_back_after AFTER UPDATE ON bank_match
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_undone_order();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON disbursement, disbursement_order, disbursement_payee, disbursement_step,
  disbursement_file TO coopledger_service;
GRANT DELETE ON disbursement_payee, disbursement_file TO coopledger_service;

COMMENT ON TABLE party_profile IS 'Personal data of a party; beside it only mandate_account, '
  'disbursement_payee and disbursement_file have any. Rows change, and go when a person is erased.';
