-- Reminders of unpaid dues: levels as data, pauses, payments that were noticed and not matched yet, and an
-- outbox of messages. A message names its member by number; the letter is written when it leaves and is not
-- kept, so that erasing a person needs nothing here.

-- ---------------------------------------------------------------- what is said, and when

CREATE TABLE reminder_setting (
  node_id       int     PRIMARY KEY REFERENCES node,
  sends         boolean NOT NULL,
  minimum_minor bigint  NOT NULL CHECK (minimum_minor >= 0),
  reply_to      text    CHECK (length(reply_to) <= 254 AND reply_to ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  language      text    NOT NULL CHECK (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$')
);
COMMENT ON TABLE  reminder_setting IS 'How a node reminds. Without a row nothing is ever sent.';
COMMENT ON COLUMN reminder_setting.sends IS 'Messages of this node leave, if the operator has set up a '
  'way.';
COMMENT ON COLUMN reminder_setting.minimum_minor IS 'Nobody is reminded of less of the node''s base unit.';
COMMENT ON COLUMN reminder_setting.language IS 'Of those whose language no text is in.';

CREATE TABLE reminder_level (
  node_id     int         NOT NULL REFERENCES node,
  level       int         NOT NULL CHECK (level BETWEEN 1 AND 9),
  number      int         NOT NULL CHECK (number > 0),
  from_on     date        NOT NULL,
  closed      boolean     NOT NULL,
  after_days  int         NOT NULL CHECK (after_days BETWEEN 1 AND 3660),
  fee_minor   bigint      CHECK (fee_minor > 0),
  fee_unit_id int         REFERENCES unit,
  charges_fee boolean     NOT NULL,
  decision    text        NOT NULL CHECK (length(decision) <= 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, level, number),
  CONSTRAINT fee_has_a_unit CHECK (num_nonnulls(fee_minor, fee_unit_id) IN (0, 2)),
  CONSTRAINT only_a_fee_is_charged CHECK (NOT charges_fee OR fee_minor IS NOT NULL)
);
COMMENT ON TABLE reminder_level IS 'After how many days a member is reminded, from a day on. On a day '
  'the latest '
  'from_on of a level counts, and of one from_on the highest number; a closed one means there is no '
  'such level.';
CALL make_append_only('reminder_level');

CREATE TABLE reminder_text (
  node_id  int  NOT NULL,
  level    int  NOT NULL,
  number   int  NOT NULL,
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  subject  text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200 AND subject !~ '[[:cntrl:]]'),
  body     text NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
  PRIMARY KEY (node_id, level, number, language),
  FOREIGN KEY (node_id, level, number) REFERENCES reminder_level
);
COMMENT ON TABLE reminder_text IS 'What a reminder says in a language; {name} and the like are filled '
  'in when it '
  'leaves.';
CALL make_append_only('reminder_text');

-- ---------------------------------------------------------------- who is not reminded

CREATE TABLE reminder_pause (
  node_id     int         NOT NULL,
  party_id    int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  from_on     date        NOT NULL,
  until_on    date        CHECK (until_on >= from_on),
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, party_id, number),
  FOREIGN KEY (node_id, party_id) REFERENCES party
);
COMMENT ON TABLE reminder_pause IS 'Nobody reminds this member from a day on, until a day or until it '
  'is ended.';
CALL make_append_only('reminder_pause');

CREATE TABLE reminder_pause_end (
  node_id      int         NOT NULL,
  party_id     int         NOT NULL,
  pause_number int         NOT NULL,
  last_on      date        NOT NULL,
  reason       text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, party_id, pause_number),
  FOREIGN KEY (node_id, party_id, pause_number) REFERENCES reminder_pause
);
COMMENT ON TABLE reminder_pause_end IS 'A pause that ended before its day; before its first day: that '
  'never was.';
CALL make_append_only('reminder_pause_end');

CREATE TABLE noticed_payment (
  node_id      int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  payer_id     int         NOT NULL,
  unit_id      int         NOT NULL REFERENCES unit,
  amount_minor bigint      NOT NULL CHECK (amount_minor > 0),
  noticed_on   date        NOT NULL,
  reference    text        CHECK (reference ~ '^[A-Z0-9]{1,35}$'),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, payer_id) REFERENCES party
);
CREATE INDEX noticed_payment_of_payer ON noticed_payment (node_id, payer_id);
COMMENT ON TABLE noticed_payment IS 'Money that came in and is not matched with dues yet: whoever sent '
  'it is not '
  'reminded.';
CALL make_append_only('noticed_payment');

CREATE TABLE noticed_payment_end (
  node_id        int         NOT NULL,
  noticed_number int         NOT NULL,
  payment_number bigint,
  reason         text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, noticed_number),
  FOREIGN KEY (node_id, noticed_number) REFERENCES noticed_payment,
  FOREIGN KEY (node_id, payment_number) REFERENCES payment,
  CONSTRAINT matched_or_explained CHECK (num_nonnulls(payment_number, reason) = 1)
);
COMMENT ON TABLE noticed_payment_end IS 'Noticed payments that were recorded, or were something else.';
CALL make_append_only('noticed_payment_end');

-- ---------------------------------------------------------------- messages

CREATE TABLE message (
  node_id      int         NOT NULL REFERENCES node,
  number       int         NOT NULL CHECK (number > 0),
  party_id     int         NOT NULL,
  unit_id      int         NOT NULL REFERENCES unit,
  level        int         NOT NULL,
  level_number int         NOT NULL,
  as_of        date        NOT NULL,
  owed_minor   bigint      NOT NULL CHECK (owed_minor > 0),
  fee_charge   bigint,
  made_at      timestamptz NOT NULL,
  made_by      int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  FOREIGN KEY (node_id, level, level_number) REFERENCES reminder_level,
  FOREIGN KEY (node_id, fee_charge) REFERENCES charge
);
CREATE INDEX message_of_party ON message (node_id, party_id);
COMMENT ON TABLE  message IS 'Reminders that were or will be sent. Holds no name, address or text.';
COMMENT ON COLUMN message.owed_minor IS 'What was overdue on that day.';
COMMENT ON COLUMN message.fee_charge IS 'What was charged for it, if anything; reversed if it does not '
  'leave.';
CALL make_append_only('message');

CREATE TABLE message_charge (
  node_id        int    NOT NULL,
  message_number int    NOT NULL,
  charge_number  bigint NOT NULL,
  open_minor     bigint NOT NULL CHECK (open_minor > 0),
  PRIMARY KEY (node_id, message_number, charge_number),
  FOREIGN KEY (node_id, message_number) REFERENCES message,
  FOREIGN KEY (node_id, charge_number) REFERENCES charge
);
COMMENT ON TABLE message_charge IS 'What a message is about, and what of it was open then.';
CALL make_append_only('message_charge');

CREATE TABLE message_end (
  node_id        int         NOT NULL,
  message_number int         NOT NULL,
  outcome        text        NOT NULL CHECK (outcome IN ('sent', 'failed', 'dropped')),
  reason         text        CHECK (length(reason) BETWEEN 1 AND 500),
  ended_at       timestamptz NOT NULL,
  ended_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, message_number),
  FOREIGN KEY (node_id, message_number) REFERENCES message,
  CONSTRAINT says_why CHECK (outcome = 'sent' OR reason IS NOT NULL)
);
COMMENT ON TABLE message_end IS 'What became of a message; without a row it waits.';
CALL make_append_only('message_end');

CREATE TABLE message_delivery (
  node_id         int         NOT NULL,
  message_number  int         NOT NULL,
  failures        int         NOT NULL DEFAULT 0 CHECK (failures >= 0),
  next_attempt_at timestamptz NOT NULL,
  leased_until    timestamptz,
  last_outcome    text        CHECK (length(last_outcome) <= 500),
  PRIMARY KEY (node_id, message_number),
  FOREIGN KEY (node_id, message_number) REFERENCES message
);
CREATE INDEX message_delivery_due ON message_delivery (next_attempt_at);
COMMENT ON TABLE message_delivery IS 'Attempts to send the messages that wait. The row goes when the '
  'message '
  'ends.';

CREATE FUNCTION check_message() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.owed_minor IS DISTINCT FROM (SELECT sum(c.open_minor) FROM message_charge c
       WHERE c.node_id = NEW.node_id AND c.message_number = NEW.number) THEN
    RAISE EXCEPTION 'what message % of node % is about does not add up', NEW.number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_message();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON reminder_setting, reminder_level, reminder_text, reminder_pause, reminder_pause_end,
  noticed_payment, noticed_payment_end, message, message_charge, message_end, message_delivery
  TO coopledger_service;
GRANT UPDATE (sends, minimum_minor, reply_to, language) ON reminder_setting TO coopledger_service;
GRANT UPDATE (failures, next_attempt_at, leased_until, last_outcome), DELETE ON message_delivery
  TO coopledger_service;
