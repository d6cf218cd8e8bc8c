-- Dues: tiers with dated prices, what memberships pay, concessions, charges, payments and what is owed.
-- A charge or payment is never changed: a charge is reversed, a payment returned, each by a row of its own.

-- ---------------------------------------------------------------- where dues are booked

CREATE TABLE dues_accounts (
  node_id     int  PRIMARY KEY REFERENCES node,
  receivable  text NOT NULL CHECK (length(receivable) BETWEEN 1 AND 255),
  prepaid     text NOT NULL CHECK (length(prepaid) BETWEEN 1 AND 255),
  income      text NOT NULL CHECK (length(income) BETWEEN 1 AND 255),
  solidarity  text NOT NULL CHECK (length(solidarity) BETWEEN 1 AND 255),
  written_off text NOT NULL CHECK (length(written_off) BETWEEN 1 AND 255),
  CHECK (receivable <> prepaid)
);
COMMENT ON TABLE dues_accounts IS 'The paths of the accounts in which a node books its dues.';

-- ---------------------------------------------------------------- tiers, prices, rates

CREATE TABLE tier (
  node_id        int         NOT NULL REFERENCES node,
  id             int         NOT NULL CHECK (id > 0),
  code           text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  title          text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  interval_name  text        NOT NULL CHECK (interval_name IN ('month', 'quarter', 'year', 'flexible')),
  proration      text        NOT NULL CHECK (proration IN ('by_days', 'whole_periods')),
  due_after_days int         NOT NULL CHECK (due_after_days BETWEEN 0 AND 366),
  unit_id        int         NOT NULL REFERENCES unit,
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, id),
  UNIQUE (node_id, code)
);
COMMENT ON TABLE tier IS 'Levels of dues. What they cost is dated: tier_price.';

CREATE FUNCTION keep_tier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.node_id, NEW.id, NEW.code, NEW.interval_name, NEW.proration, NEW.due_after_days, NEW.unit_id)
     <> (OLD.node_id, OLD.id, OLD.code, OLD.interval_name, OLD.proration, OLD.due_after_days,
         OLD.unit_id) THEN
    RAISE EXCEPTION 'a tier keeps all but its title' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_tier BEFORE UPDATE ON tier FOR EACH ROW EXECUTE FUNCTION keep_tier();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON tier
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE tier_price (
  node_id           int         NOT NULL,
  tier_id           int         NOT NULL,
  number            int         NOT NULL CHECK (number > 0),
  from_on           date        NOT NULL,
  closed            boolean     NOT NULL,
  minimum_minor     bigint      NOT NULL CHECK (minimum_minor >= 0),
  suggested_minor   bigint      NOT NULL CHECK (suggested_minor >= minimum_minor),
  joining_minor     bigint      NOT NULL CHECK (joining_minor >= 0),
  local_unit_id     int         REFERENCES unit,
  local_numerator   bigint,
  local_denominator bigint,
  decision          text        NOT NULL CHECK (length(decision) <= 500),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, tier_id, number),
  FOREIGN KEY (node_id, tier_id) REFERENCES tier,
  CONSTRAINT local_part_is_a_share CHECK (num_nonnulls(local_unit_id, local_numerator, local_denominator) = 0
    OR (num_nonnulls(local_unit_id, local_numerator, local_denominator) = 3
        AND local_numerator BETWEEN 1 AND local_denominator))
);
COMMENT ON TABLE tier_price IS 'What a tier costs a whole period from a day on. On a day the latest from_on '
  'counts, and of one from_on the highest number; a closed one means no price.';
CALL make_append_only('tier_price');

CREATE TABLE unit_rate (
  node_id      int         NOT NULL REFERENCES node,
  number       int         NOT NULL CHECK (number > 0),
  from_unit_id int         NOT NULL REFERENCES unit,
  to_unit_id   int         NOT NULL REFERENCES unit CHECK (to_unit_id <> from_unit_id),
  from_on      date        NOT NULL,
  numerator    bigint      NOT NULL CHECK (numerator > 0),
  denominator  bigint      NOT NULL CHECK (denominator > 0),
  decision     text        NOT NULL CHECK (length(decision) <= 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE unit_rate IS 'Units of one unit for one of another from a day on: dues in a local unit, '
  'hours that count as money.';
CALL make_append_only('unit_rate');

-- ---------------------------------------------------------------- what a membership pays

CREATE TABLE subscription (
  node_id       int         NOT NULL,
  membership_id int         NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  from_on       date        NOT NULL,
  tier_id       int,
  chosen_minor  bigint      CHECK (chosen_minor >= 0),
  payer_id      int         NOT NULL,
  instalments   int         NOT NULL CHECK (instalments BETWEEN 1 AND 12),
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  PRIMARY KEY (node_id, membership_id, number),
  FOREIGN KEY (node_id, membership_id) REFERENCES membership,
  FOREIGN KEY (node_id, tier_id) REFERENCES tier,
  FOREIGN KEY (node_id, payer_id) REFERENCES party
);
COMMENT ON TABLE subscription IS 'Which tier a membership pays from a day on, how much and who pays; without '
  'a tier the dues end. On a day the latest from_on counts, and of one from_on the highest number.';
CALL make_append_only('subscription');

CREATE TABLE concession (
  node_id       int         NOT NULL,
  membership_id int         NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  from_on       date        NOT NULL,
  until_on      date        CHECK (until_on >= from_on),
  numerator     bigint      NOT NULL CHECK (numerator > 0),
  denominator   bigint      NOT NULL CHECK (denominator >= numerator),
  reason        text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  review_on     date,
  decision      text        NOT NULL CHECK (length(decision) <= 500),
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  PRIMARY KEY (node_id, membership_id, number),
  FOREIGN KEY (node_id, membership_id) REFERENCES membership
);
COMMENT ON TABLE concession IS 'A share of the dues that is waived, for a reason: solidarity, not debt.';
CALL make_append_only('concession');

CREATE TABLE concession_end (
  node_id           int         NOT NULL,
  membership_id     int         NOT NULL,
  concession_number int         NOT NULL,
  last_on           date        NOT NULL,
  reason            text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at       timestamptz NOT NULL,
  recorded_by       int         REFERENCES user_account,
  PRIMARY KEY (node_id, membership_id, concession_number),
  FOREIGN KEY (node_id, membership_id, concession_number) REFERENCES concession
);
COMMENT ON TABLE concession_end IS 'A concession that ended before its day; before its first day: that never '
  'held.';
CALL make_append_only('concession_end');

-- ---------------------------------------------------------------- charges

CREATE TABLE charge_run (
  node_id          int         NOT NULL REFERENCES node,
  number           int         NOT NULL CHECK (number > 0),
  period_first     date        NOT NULL,
  period_last      date        NOT NULL,
  corrections_from date        NOT NULL CHECK (corrections_from <= period_first),
  recorded_at      timestamptz NOT NULL,
  recorded_by      int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  CHECK (period_first <= period_last)
);
COMMENT ON TABLE charge_run IS 'Runs that raised the dues of a period and mended those of earlier ones.';
CALL make_append_only('charge_run');

CREATE TABLE charge (
  node_id       int         NOT NULL,
  number        bigint      NOT NULL CHECK (number > 0),
  run_number    int,
  kind          text        NOT NULL CHECK (kind IN ('dues', 'joining', 'obligation', 'other')),
  membership_id int,
  member_id     int         NOT NULL,
  debtor_id     int         NOT NULL,
  unit_id       int         NOT NULL,
  period_first  date        NOT NULL,
  period_last   date        NOT NULL CHECK (period_last >= period_first),
  due_on        date        NOT NULL,
  part          int         NOT NULL CHECK (part > 0),
  parts         int         NOT NULL CHECK (parts >= part),
  version       int         NOT NULL CHECK (version > 0),
  gross_minor   bigint      NOT NULL CHECK (gross_minor >= 0),
  waived_minor  bigint      NOT NULL CHECK (waived_minor BETWEEN 0 AND gross_minor),
  prepaid_minor bigint      NOT NULL CHECK (prepaid_minor BETWEEN 0 AND gross_minor - waived_minor),
  why           text        NOT NULL CHECK (length(why) BETWEEN 1 AND 1000),
  entry_number  int,
  recorded_at   timestamptz NOT NULL,
  recorded_by   int,
  PRIMARY KEY (node_id, number),
  CONSTRAINT a_period_is_charged_once
    UNIQUE (node_id, membership_id, kind, period_first, unit_id, part, version),
  CONSTRAINT is_booked CHECK ((entry_number IS NULL) = (gross_minor = 0)),
  CONSTRAINT has_a_membership CHECK (membership_id IS NOT NULL OR kind IN ('obligation', 'other'))
);
CREATE INDEX charge_of_debtor ON charge (node_id, debtor_id, unit_id, due_on);
COMMENT ON TABLE  charge IS 'What somebody owes, and why. member_id is whom it is for, debtor_id who pays.';
COMMENT ON COLUMN charge.version IS 'Counts how often the same due was charged: anew after each reversal.';
COMMENT ON COLUMN charge.waived_minor IS 'Solidarity: part of the gross amount that nobody owes.';
COMMENT ON COLUMN charge.prepaid_minor IS 'What of it was booked against money paid ahead.';
CALL make_append_only('charge');

-- What a charge refers to is there, and a membership is the member's own: by one check per statement over the
-- rows it added, as for entries, since a run adds thousands and nothing that they refer to is ever deleted.
CREATE FUNCTION check_charges_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text;
BEGIN
  SELECT format('charge %s of node %s', c.number, c.node_id) INTO broken
    FROM added c
    LEFT JOIN public.party m ON m.node_id = c.node_id AND m.id = c.member_id
    LEFT JOIN public.party d ON d.node_id = c.node_id AND d.id = c.debtor_id
    LEFT JOIN public.membership s ON s.node_id = c.node_id AND s.id = c.membership_id
    LEFT JOIN public.entry e ON e.node_id = c.node_id AND e.number = c.entry_number
   WHERE m.id IS NULL OR d.id IS NULL
      OR (c.membership_id IS NOT NULL AND s.party_id IS DISTINCT FROM c.member_id)
      OR (c.entry_number IS NOT NULL AND e.number IS NULL)
   LIMIT 1;
  IF broken IS NULL THEN
    SELECT format('charges of node %s', c.node_id) INTO broken
      FROM (SELECT DISTINCT node_id, unit_id, run_number, recorded_by FROM added) c
     WHERE NOT EXISTS (SELECT FROM public.node n WHERE n.id = c.node_id)
        OR NOT EXISTS (SELECT FROM public.unit u WHERE u.id = c.unit_id)
        OR (c.run_number IS NOT NULL AND NOT EXISTS (
              SELECT FROM public.charge_run r WHERE r.node_id = c.node_id AND r.number = c.run_number))
        OR (c.recorded_by IS NOT NULL AND NOT EXISTS (
              SELECT FROM public.user_account u WHERE u.id = c.recorded_by))
     LIMIT 1;
  END IF;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'a charge is of a member, a debtor, a membership, a unit, a run, a user and an entry '
      'that are there: %', broken USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_added AFTER INSERT ON charge REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_charges_added();

CREATE TABLE charge_reversal (
  node_id       int         NOT NULL,
  charge_number bigint      NOT NULL,
  run_number    int,
  reversed_on   date        NOT NULL,
  reason        text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  entry_number  int,
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  PRIMARY KEY (node_id, charge_number),
  FOREIGN KEY (node_id, charge_number) REFERENCES charge,
  FOREIGN KEY (node_id, run_number) REFERENCES charge_run,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number)
);
COMMENT ON TABLE charge_reversal IS 'Charges that were wrong, and the entries that took them back.';
CALL make_append_only('charge_reversal');

-- ---------------------------------------------------------------- payments

CREATE TABLE payment (
  node_id      int         NOT NULL REFERENCES node,
  number       bigint      NOT NULL CHECK (number > 0),
  kind         text        NOT NULL CHECK (kind IN ('money', 'hours', 'kind', 'offset', 'write_off',
    'statute_barred', 'refund')),
  payer_id     int         NOT NULL,
  unit_id      int         NOT NULL REFERENCES unit,
  amount_minor bigint      NOT NULL CHECK (amount_minor > 0),
  received_on  date        NOT NULL,
  account      text        NOT NULL CHECK (length(account) BETWEEN 1 AND 255),
  reference    text        CHECK (length(reference) BETWEEN 1 AND 200),
  note         text        CHECK (length(note) BETWEEN 1 AND 500),
  entry_number int         NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, payer_id) REFERENCES party,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number)
);
COMMENT ON TABLE  payment IS 'What was given towards what is owed: money, valued hours or goods; or, as a '
  'refund, money given back.';
COMMENT ON COLUMN payment.account IS 'The other side: the bank account, the cost that the hours stand for.';
CALL make_append_only('payment');

CREATE TABLE payment_share (
  node_id        int      NOT NULL,
  payment_number bigint   NOT NULL,
  line           smallint NOT NULL CHECK (line > 0),
  debtor_id      int      NOT NULL,
  amount_minor   bigint   NOT NULL CHECK (amount_minor > 0),
  prepaid_minor  bigint   NOT NULL CHECK (prepaid_minor BETWEEN 0 AND amount_minor),
  charge_number  bigint,
  PRIMARY KEY (node_id, payment_number, line),
  FOREIGN KEY (node_id, payment_number) REFERENCES payment,
  FOREIGN KEY (node_id, debtor_id) REFERENCES party,
  FOREIGN KEY (node_id, charge_number) REFERENCES charge
);
CREATE INDEX payment_share_of_debtor ON payment_share (node_id, debtor_id);
COMMENT ON TABLE payment_share IS 'Whose debts a payment is for, and which of them if the payer said so. The '
  'shares add up to the payment.';
CALL make_append_only('payment_share');

CREATE FUNCTION check_payment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.amount_minor IS DISTINCT FROM (SELECT sum(s.amount_minor) FROM payment_share s
       WHERE s.node_id = NEW.node_id AND s.payment_number = NEW.number) THEN
    RAISE EXCEPTION 'the shares of payment % of node % do not add up to it', NEW.number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT ON payment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_payment();
CREATE FUNCTION check_payment_share() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM payment p WHERE p.node_id = NEW.node_id AND p.number = NEW.payment_number
       AND p.amount_minor = (SELECT sum(s.amount_minor) FROM payment_share s
             WHERE s.node_id = NEW.node_id AND s.payment_number = NEW.payment_number)) THEN
    RAISE EXCEPTION 'the shares of payment % of node % do not add up to it', NEW.payment_number, NEW.node_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT ON payment_share DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_payment_share();

CREATE TABLE payment_return (
  node_id        int         NOT NULL,
  payment_number bigint      NOT NULL,
  returned_on    date        NOT NULL,
  reason         text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  entry_number   int         NOT NULL,
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, payment_number),
  FOREIGN KEY (node_id, payment_number) REFERENCES payment,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number)
);
COMMENT ON TABLE payment_return IS 'Payments that the bank took back, or that were recorded by mistake.';
CALL make_append_only('payment_return');

-- ---------------------------------------------------------------- what is owed: derived

CREATE TABLE debtor (
  node_id    int    NOT NULL,
  party_id   int    NOT NULL,
  unit_id    int    NOT NULL REFERENCES unit,
  owed_minor bigint NOT NULL,
  PRIMARY KEY (node_id, party_id, unit_id),
  FOREIGN KEY (node_id, party_id) REFERENCES party
) WITH (fillfactor = 50);
COMMENT ON TABLE debtor IS 'Charges less payments of a party in a unit, kept with every one of them: what is '
  'owed stands in the receivable account, what is paid ahead (negative) in the prepaid one.';

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON dues_accounts, tier, tier_price, unit_rate, subscription, concession, concession_end,
  charge_run, charge, charge_reversal, payment, payment_share, payment_return, debtor TO coopledger_service;
GRANT UPDATE (receivable, prepaid, income, solidarity, written_off) ON dues_accounts TO coopledger_service;
GRANT UPDATE (title) ON tier TO coopledger_service;
GRANT UPDATE (owed_minor) ON debtor TO coopledger_service;
