-- Dues over time: the income of dues that cover several months is spread over their days; what joining
-- obliges to has an account of its own; hours and goods are valued at a dated rate.

ALTER TABLE dues_accounts
  ADD COLUMN obligations text NOT NULL DEFAULT 'equity:member-shares'
    CHECK (length(obligations) BETWEEN 1 AND 255),
  ADD COLUMN deferred text
    CHECK (length(deferred) BETWEEN 1 AND 255 AND deferred NOT IN (receivable, prepaid));
ALTER TABLE dues_accounts ALTER COLUMN obligations DROP DEFAULT;
COMMENT ON COLUMN dues_accounts.deferred IS 'Where income lies until the days come that it is for. NULL: '
  'dues are income when they are charged.';

CREATE FUNCTION keep_dues_accounts() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.receivable, NEW.prepaid) <> (OLD.receivable, OLD.prepaid)
     AND EXISTS (SELECT FROM debtor d WHERE d.node_id = NEW.node_id AND d.owed_minor <> 0) THEN
    RAISE EXCEPTION 'dues are owed or paid ahead in these accounts' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.deferred IS DISTINCT FROM OLD.deferred
     AND EXISTS (SELECT FROM deferral d WHERE d.node_id = NEW.node_id) THEN
    RAISE EXCEPTION 'income has been deferred in this account' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_in_use BEFORE UPDATE ON dues_accounts FOR EACH ROW EXECUTE FUNCTION keep_dues_accounts();

-- ---------------------------------------------------------------- income, spread over its days

CREATE TABLE deferral (
  node_id       int         NOT NULL,
  charge_number bigint      NOT NULL,
  on_day        date        NOT NULL,
  number        int         NOT NULL CHECK (number > 0),
  amount_minor  bigint      NOT NULL CHECK (amount_minor <> 0),
  run_number    int         NOT NULL,
  entry_number  int         NOT NULL,
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  PRIMARY KEY (node_id, charge_number, on_day, number),
  FOREIGN KEY (node_id, charge_number) REFERENCES charge,
  FOREIGN KEY (node_id, run_number) REFERENCES charge_run,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number)
);
CREATE INDEX deferral_of_entry ON deferral (node_id, entry_number);
COMMENT ON TABLE  deferral IS 'Income of a charge that was put off on a day (below zero) or earned by it.';
COMMENT ON COLUMN deferral.number IS 'Counts what was moved for this charge and day: again where '
  'it had to be mended.';
CALL make_append_only('deferral');

CREATE FUNCTION check_deferral() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM charge c
       WHERE c.node_id = NEW.node_id AND c.number = NEW.charge_number AND c.kind = 'dues'
         AND (SELECT sum(d.amount_minor) FROM deferral d
               WHERE d.node_id = NEW.node_id AND d.charge_number = NEW.charge_number)
             BETWEEN c.waived_minor - c.gross_minor AND 0) THEN
    RAISE EXCEPTION 'charge % of node % defers more than it is, or earns more than it deferred',
      NEW.charge_number, NEW.node_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER within_the_charge AFTER INSERT ON deferral DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_deferral();

-- ---------------------------------------------------------------- hours and goods at their value

ALTER TABLE payment
  ADD COLUMN given_minor    bigint CHECK (given_minor > 0),
  ADD COLUMN given_unit_id  int REFERENCES unit,
  ADD CONSTRAINT given_has_a_unit CHECK (num_nonnulls(given_minor, given_unit_id) IN (0, 2)),
  ADD CONSTRAINT given_is_valued
    CHECK (given_unit_id IS NULL OR (kind IN ('hours', 'kind') AND given_unit_id <> unit_id));
COMMENT ON COLUMN payment.given_minor IS 'What was given, where it is valued: hours, at the rate in force on '
  'the day.';

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON deferral TO coopledger_service;
GRANT UPDATE (obligations, deferred) ON dues_accounts TO coopledger_service;
