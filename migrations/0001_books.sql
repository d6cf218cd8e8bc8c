-- The books: units, nodes, accounts, entries with their postings, holds, period locks, derived totals, and
-- the outbox.
-- Every table of a node leads its keys with node_id. What is recorded is never changed or deleted: triggers
-- refuse it even to the owner, and the service's role has no right to try.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what is recorded is never changed or deleted', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

-- Makes a table append-only.
CREATE PROCEDURE make_append_only(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
                  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', target);
END $$;

-- ---------------------------------------------------------------- units and nodes

CREATE TABLE unit (
  id          int         PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  code        text        NOT NULL UNIQUE CHECK (code ~ '^[A-Z][A-Z0-9._-]{0,22}[A-Z0-9]$'),
  name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  scale       smallint    NOT NULL CHECK (scale BETWEEN 0 AND 6),
  origin      text        NOT NULL CHECK (origin IN ('currency', 'local', 'hours')),
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE unit IS 'Units of account: ISO 4217 currencies, local units, hours. scale = decimals of '
  'the minor unit.';
CALL make_append_only('unit');

CREATE TABLE node (
  id           int         PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name         text        NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9-]{0,30}$'),
  title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  base_unit_id int         NOT NULL REFERENCES unit,
  country      text        NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  time_zone    text        NOT NULL,
  fiscal_month smallint    NOT NULL CHECK (fiscal_month BETWEEN 1 AND 12),
  fiscal_day   smallint    NOT NULL CHECK (fiscal_day BETWEEN 1 AND 28),
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE node IS 'Co-operatives with their own books on this server. The name is part of every '
  'public identity.';

CREATE FUNCTION keep_node_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.name <> OLD.name THEN
    RAISE EXCEPTION 'a node keeps its name: the hash chain rests on it' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_name BEFORE UPDATE ON node FOR EACH ROW EXECUTE FUNCTION keep_node_name();

-- One row a node: where its books stand. Its lock orders everything that is recorded in them.
CREATE TABLE book_head (
  node_id          int         PRIMARY KEY REFERENCES node,
  last_number      bigint      NOT NULL DEFAULT 0 CHECK (last_number >= 0),
  last_hash        bytea       NOT NULL CHECK (length(last_hash) = 32),
  last_recorded_at timestamptz NOT NULL DEFAULT '1970-01-01Z',
  last_hold        bigint      NOT NULL DEFAULT 0,
  last_event       bigint      NOT NULL DEFAULT 0,
  next_hold_expiry timestamptz,
  locked_through   date
) WITH (fillfactor = 10);
COMMENT ON COLUMN book_head.next_hold_expiry IS 'No open hold expires before this moment; NULL: no open '
  'hold expires.';
COMMENT ON COLUMN book_head.locked_through IS 'What locked_through(node_id) says: kept here because a '
  'row''s lock also reads it anew.';

-- ---------------------------------------------------------------- dimensions and accounts

CREATE TABLE dimension (
  node_id     int         NOT NULL REFERENCES node,
  id          int         NOT NULL CHECK (id > 0),
  kind        text        NOT NULL CHECK (kind IN ('fund', 'member', 'cost_object', 'tax_code')),
  code        text        NOT NULL CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$'),
  name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (node_id, id),
  UNIQUE (node_id, kind, code)
);
COMMENT ON TABLE dimension IS 'What a posting may be about: funds, members, cost objects, tax codes. '
  'Codes never change.';

CREATE TABLE account (
  node_id             int         NOT NULL REFERENCES node,
  id                  int         NOT NULL CHECK (id > 0),
  path                text        NOT NULL CHECK (length(path) BETWEEN 1 AND 255 AND path !~ '[[:cntrl:]]'),
  unit_id             int         NOT NULL REFERENCES unit,
  type                text        NOT NULL CHECK (type IN ('asset', 'liability', 'equity', 'income',
    'expense')),
  title               text        NOT NULL DEFAULT '' CHECK (length(title) <= 200),
  required_dimensions text[]      NOT NULL DEFAULT '{}'
    CHECK (required_dimensions <@ ARRAY['fund', 'member', 'cost_object', 'tax_code']),
  opened_on           date        NOT NULL,
  closed_on           date        CHECK (closed_on >= opened_on),
  recorded_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (node_id, id),
  UNIQUE (node_id, path, unit_id)
);
COMMENT ON TABLE account IS 'An account is a path in one unit. Path, unit and type never change; closing '
  'and reopening do, and its first day moves to earlier ones.';

CREATE FUNCTION keep_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'account' THEN
    IF (NEW.node_id, NEW.id, NEW.path, NEW.unit_id, NEW.type) <> (OLD.node_id, OLD.id, OLD.path,
      OLD.unit_id, OLD.type) THEN
      RAISE EXCEPTION 'an account keeps its path, unit and type' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.opened_on > OLD.opened_on THEN
      RAISE EXCEPTION 'an account opens earlier, never later' USING ERRCODE = 'restrict_violation';
    END IF;
  ELSIF (NEW.node_id, NEW.id, NEW.kind, NEW.code) <> (OLD.node_id, OLD.id, OLD.kind, OLD.code) THEN
    RAISE EXCEPTION 'a dimension keeps its kind and code' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_identity BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION keep_identity();
CREATE TRIGGER keep_identity BEFORE UPDATE ON dimension FOR EACH ROW EXECUTE FUNCTION keep_identity();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON account
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON dimension
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON node
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The account's balance now, what holds reserve, and the limits both must stay within. Positive is debit.
CREATE TABLE account_balance (
  node_id           int    NOT NULL,
  account_id        int    NOT NULL,
  balance_minor     bigint NOT NULL DEFAULT 0,
  held_debit_minor  bigint NOT NULL DEFAULT 0 CHECK (held_debit_minor >= 0),
  held_credit_minor bigint NOT NULL DEFAULT 0 CHECK (held_credit_minor >= 0),
  posting_count     bigint NOT NULL DEFAULT 0 CHECK (posting_count >= 0),
  has_day_totals    boolean NOT NULL DEFAULT false,
  newest_month        int,
  newest_debit_minor  bigint NOT NULL DEFAULT 0,
  newest_credit_minor bigint NOT NULL DEFAULT 0,
  lower_limit_minor bigint,
  upper_limit_minor bigint CHECK (upper_limit_minor >= lower_limit_minor),
  PRIMARY KEY (node_id, account_id),
  FOREIGN KEY (node_id, account_id) REFERENCES account,
  CONSTRAINT within_lower_limit CHECK (lower_limit_minor IS NULL
    OR balance_minor::numeric - held_credit_minor >= lower_limit_minor),
  CONSTRAINT within_upper_limit CHECK (upper_limit_minor IS NULL
    OR balance_minor::numeric + held_debit_minor <= upper_limit_minor)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- ---------------------------------------------------------------- period locks

CREATE TABLE period_lock (
  node_id    int         NOT NULL REFERENCES node,
  number     int         NOT NULL CHECK (number > 0),
  kind       text        NOT NULL CHECK (kind IN ('soft', 'hard')),
  through_on date        NOT NULL,
  reason     text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  locked_by  int,
  locked_at  timestamptz NOT NULL,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE period_lock IS 'Everything booked on or before through_on is closed. A soft lock may be '
  'lifted, a hard one never.';
CALL make_append_only('period_lock');

CREATE TABLE period_unlock (
  node_id     int         NOT NULL,
  lock_number int         NOT NULL,
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  lifted_by   int,
  lifted_at   timestamptz NOT NULL,
  PRIMARY KEY (node_id, lock_number),
  FOREIGN KEY (node_id, lock_number) REFERENCES period_lock
);
CALL make_append_only('period_unlock');

CREATE FUNCTION only_soft_locks_lift() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM period_lock l WHERE (l.node_id, l.number) = (NEW.node_id, NEW.lock_number)
    AND l.kind = 'hard') THEN
    RAISE EXCEPTION 'a hard lock is never lifted' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_soft BEFORE INSERT ON period_unlock FOR EACH ROW EXECUTE FUNCTION only_soft_locks_lift();

-- The last day that is closed, or NULL. In PL/pgSQL since it is asked in every batch and there keeps its
-- plan; volatile so that a batch that waited for the book head sees a lock that was made meanwhile.
CREATE FUNCTION locked_through(of_node int) RETURNS date LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN (SELECT max(l.through_on)
            FROM period_lock l
           WHERE l.node_id = of_node
             AND NOT EXISTS (SELECT FROM period_unlock u WHERE u.node_id = l.node_id
               AND u.lock_number = l.number));
END $$;

-- Whoever waited for the head's lock reads the head as it is now, but other tables as they were before the
-- wait.
CREATE FUNCTION keep_locked_through() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE book_head SET locked_through = locked_through(NEW.node_id) WHERE node_id = NEW.node_id;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_head AFTER INSERT ON period_lock FOR EACH ROW EXECUTE FUNCTION keep_locked_through();
CREATE TRIGGER keep_head AFTER INSERT ON period_unlock FOR EACH ROW EXECUTE FUNCTION keep_locked_through();

-- ---------------------------------------------------------------- entries and postings

CREATE TABLE entry (
  number        int         NOT NULL CHECK (number > 0),
  recorded_at   timestamptz NOT NULL,
  node_id       int         NOT NULL,
  booked_on     date        NOT NULL,
  recorded_by   int,
  document_on   date        CHECK (document_on < booked_on),
  posting_count smallint    NOT NULL CHECK (posting_count >= 2),
  request_key   uuid        NOT NULL,
  content_hash  uuid        NOT NULL,
  hash          bytea       NOT NULL CHECK (length(hash) = 32),
  description   text        NOT NULL CHECK (length(description) <= 1000),
  reference     text        CHECK (length(reference) BETWEEN 1 AND 200),
  source        text        CHECK (length(source) BETWEEN 1 AND 500),
  reverses      int         CHECK (reverses < number),
  hold_number   bigint,
  PRIMARY KEY (node_id, number) WITH (fillfactor = 100),
  UNIQUE (node_id, request_key)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.05);
COMMENT ON COLUMN entry.number      IS 'Counts from 1 within the node. Four bytes last for 68 years of an '
  'entry each second, and keep the indexes small.';
COMMENT ON COLUMN entry.booked_on   IS 'The effective day.';
COMMENT ON COLUMN entry.recorded_at IS 'The recording instant; never runs backwards within a node.';
COMMENT ON COLUMN entry.document_on IS 'Of a late document: the day it belongs to, in a period that was '
  'closed already.';
COMMENT ON COLUMN entry.request_key IS 'First 16 bytes of SHA-256 of who asked and the Idempotency-Key: '
  'the same request is recorded once.';
COMMENT ON COLUMN entry.content_hash IS 'First 16 bytes of SHA-256 of the content that was asked for.';
COMMENT ON COLUMN entry.hash        IS 'SHA-256 of the previous entry''s hash and the SHA-256 of this '
  'entry''s canonical text.';
CREATE UNIQUE INDEX entry_reverses ON entry (node_id, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX entry_reference ON entry (node_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX entry_by_day ON entry (node_id, booked_on, number);

CREATE TABLE posting (
  entry_number   int      NOT NULL,
  amount_minor   bigint   NOT NULL CHECK (amount_minor <> 0),
  node_id        int      NOT NULL,
  account_id     int      NOT NULL,
  booked_on      date     NOT NULL,
  line           smallint NOT NULL CHECK (line > 0),
  fund_id        int,
  member_id      int,
  cost_object_id int,
  tax_code_id    int,
  note           text     CHECK (length(note) BETWEEN 1 AND 500),
  PRIMARY KEY (node_id, entry_number, line) WITH (fillfactor = 100)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.05);
COMMENT ON TABLE posting IS 'Lines of entries. amount_minor: minor units of the account''s unit, '
  'positive is debit. booked_on repeats the entry''s.';
CREATE INDEX posting_by_account ON posting (node_id, account_id, booked_on,
  entry_number) INCLUDE (amount_minor);
CREATE INDEX posting_by_fund        ON posting (node_id, fund_id, booked_on)        WHERE fund_id IS NOT NULL;
CREATE INDEX posting_by_member      ON posting (node_id, member_id, booked_on)      WHERE member_id
  IS NOT NULL;
CREATE INDEX posting_by_cost_object ON posting (node_id, cost_object_id, booked_on) WHERE cost_object_id
  IS NOT NULL;
CREATE INDEX posting_by_tax_code    ON posting (node_id, tax_code_id, booked_on)    WHERE tax_code_id
  IS NOT NULL;

-- The promises of the two hot tables are kept by one check per statement over the rows it added: the same
-- promises as row-wise foreign keys, at about half their cost. The service's sessions plan nested loops only,
-- so that a few rows never read a whole table. Tables are named with their schema, so that no temporary table
-- of a session is taken for one of ours; a SET clause would say the same at a cost for each statement.
CREATE FUNCTION check_entries_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text;
BEGIN
  SELECT format('%s: %s to %s of node %s', f.fault, batch.low, batch.high, batch.node_id) INTO broken
    FROM (SELECT a.node_id, min(a.number) AS low, max(a.number) AS high, count(*) AS n,
                 min(a.booked_on) AS first_day, sum(a.posting_count) AS postings,
                 bool_or(a.hold_number IS NOT NULL) AS uses_hold
            FROM added a GROUP BY a.node_id) batch
   CROSS JOIN LATERAL (SELECT CASE
           WHEN batch.high - batch.low + 1 <> batch.n
             OR (batch.low > 1 AND NOT EXISTS (SELECT FROM public.entry e WHERE e.node_id = batch.node_id
                                                  AND e.number = batch.low - 1))
             OR NOT EXISTS (SELECT FROM public.book_head h WHERE h.node_id = batch.node_id)
             THEN 'entry numbers have no gap'
           WHEN batch.first_day <= (SELECT max(l.through_on) FROM public.period_lock l
                                     WHERE l.node_id = batch.node_id
                                       AND NOT EXISTS (SELECT FROM public.period_unlock u
                                                        WHERE u.node_id = l.node_id
                                                          AND u.lock_number = l.number))
             THEN 'a closed period takes no entry'
           -- check_postings_added compares entry by entry; here only an entry without any could be missed.
           WHEN batch.postings <> (SELECT count(*) FROM public.posting p WHERE p.node_id = batch.node_id
                                      AND p.entry_number BETWEEN batch.low AND batch.high)
             THEN 'an entry comes with its postings'
           WHEN batch.uses_hold AND EXISTS (
                  SELECT FROM added a
                   WHERE a.hold_number IS NOT NULL
                     AND NOT EXISTS (SELECT FROM public.hold h WHERE h.node_id = a.node_id
                                        AND h.number = a.hold_number))
             THEN 'a hold that an entry uses exists'
         END AS fault) f
   WHERE f.fault IS NOT NULL
   LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION '%', broken USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- One level of grouping is enough: an entry's lines are distinct (the key), none is beyond its posting_count
-- (here), and all entries of a statement together have as many as they should (above), so each has all.
CREATE FUNCTION check_postings_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text;
BEGIN
  SELECT format('entry %s of node %s', p.entry_number, p.node_id) INTO broken
    FROM added p
    LEFT JOIN public.account a ON a.node_id = p.node_id AND a.id = p.account_id
    LEFT JOIN public.entry e ON e.node_id = p.node_id AND e.number = p.entry_number
   GROUP BY p.node_id, p.entry_number, a.unit_id
  HAVING sum(p.amount_minor) <> 0
      OR bool_or(a.id IS NULL OR a.opened_on > p.booked_on OR a.closed_on < p.booked_on
                 OR e.number IS NULL OR e.posting_count < p.line OR e.booked_on <> p.booked_on
                 OR (num_nonnulls(p.fund_id, p.member_id, p.cost_object_id, p.tax_code_id) > 0
                     AND num_nonnulls(p.fund_id, p.member_id, p.cost_object_id, p.tax_code_id) <>
                         (SELECT count(*) FROM public.dimension d
                           WHERE d.node_id = p.node_id
                             AND d.id IN (p.fund_id, p.member_id, p.cost_object_id, p.tax_code_id)
                             AND d.id = CASE d.kind WHEN 'fund' THEN p.fund_id WHEN 'member' THEN p.member_id
                                          WHEN 'cost_object' THEN p.cost_object_id
                                          WHEN 'tax_code' THEN p.tax_code_id END)))
   LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'an entry comes with all its postings at once, balances in every unit, uses open '
      'accounts of its own node, and is about its own funds, members, cost objects and tax codes: %',
      broken USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- A reversal is the opposite of one entry that is none itself: line by line the same account, fund, member,
-- cost object and tax code with the opposite amount. That no entry is reversed twice is an index's work, and
-- that both entries have as many lines as they say the checks' above. By row, since few entries are
-- reversals: the others pay for the look at one column.
CREATE FUNCTION check_reversal_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.entry e
                  WHERE e.node_id = NEW.node_id AND e.number = NEW.reverses
                    AND e.reverses IS NULL AND e.posting_count = NEW.posting_count)
     OR EXISTS (SELECT FROM public.posting p
                  LEFT JOIN public.posting o ON o.node_id = p.node_id AND o.entry_number = NEW.reverses
                                            AND o.line = p.line
                 WHERE p.node_id = NEW.node_id AND p.entry_number = NEW.number
                   AND (o.line IS NULL OR o.account_id <> p.account_id
                        OR o.amount_minor::numeric + p.amount_minor <> 0
                        OR (o.fund_id, o.member_id, o.cost_object_id, o.tax_code_id) IS DISTINCT FROM
                           (p.fund_id, p.member_id, p.cost_object_id, p.tax_code_id))) THEN
    RAISE EXCEPTION 'a reversal is the opposite, line by line, of an entry that is none itself: '
      'entry % of node %',
      NEW.number, NEW.node_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- ---------------------------------------------------------------- holds

CREATE TABLE hold (
  node_id       int         NOT NULL REFERENCES node,
  number        bigint      NOT NULL CHECK (number > 0),
  made_at       timestamptz NOT NULL,
  made_by       int,
  expires_at    timestamptz CHECK (expires_at > made_at),
  posting_count smallint    NOT NULL CHECK (posting_count >= 2),
  description   text        NOT NULL CHECK (length(description) <= 1000),
  reference     text        CHECK (length(reference) BETWEEN 1 AND 200),
  request_key   uuid        NOT NULL,
  content_hash  uuid        NOT NULL,
  PRIMARY KEY (node_id, number) WITH (fillfactor = 100),
  UNIQUE (node_id, request_key)
);
COMMENT ON TABLE hold IS 'Amounts reserved now, to be posted in part or whole later; they count against '
  'the limits until they end.';
CREATE INDEX hold_expiry ON hold (node_id, expires_at) WHERE expires_at IS NOT NULL;
CALL make_append_only('hold');

CREATE TABLE hold_posting (
  node_id        int      NOT NULL,
  hold_number    bigint   NOT NULL,
  line           smallint NOT NULL CHECK (line > 0),
  account_id     int      NOT NULL,
  amount_minor   bigint   NOT NULL CHECK (amount_minor <> 0),
  fund_id        int,
  member_id      int,
  cost_object_id int,
  tax_code_id    int,
  note           text     CHECK (length(note) BETWEEN 1 AND 500),
  PRIMARY KEY (node_id, hold_number, line),
  FOREIGN KEY (node_id, hold_number) REFERENCES hold,
  FOREIGN KEY (node_id, account_id) REFERENCES account,
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  FOREIGN KEY (node_id, member_id) REFERENCES dimension (node_id, id),
  FOREIGN KEY (node_id, cost_object_id) REFERENCES dimension (node_id, id),
  FOREIGN KEY (node_id, tax_code_id) REFERENCES dimension (node_id, id)
);
CALL make_append_only('hold_posting');

CREATE TABLE hold_end (
  node_id      int         NOT NULL,
  hold_number  bigint      NOT NULL,
  ended_at     timestamptz NOT NULL,
  ended_by     int,
  kind         text        NOT NULL CHECK (kind IN ('posted', 'voided', 'expired')),
  entry_number int         CHECK ((kind = 'posted') = (entry_number IS NOT NULL)),
  PRIMARY KEY (node_id, hold_number),
  FOREIGN KEY (node_id, hold_number) REFERENCES hold,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number)
);
COMMENT ON TABLE hold_end IS 'How a hold ended. A hold without a row here is open.';
CALL make_append_only('hold_end');

CALL make_append_only('entry');
CALL make_append_only('posting');
CREATE TRIGGER check_added AFTER INSERT ON entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_entries_added();
CREATE TRIGGER check_reversal AFTER INSERT ON entry
  FOR EACH ROW WHEN (NEW.reverses IS NOT NULL) EXECUTE FUNCTION check_reversal_added();
CREATE TRIGGER check_added AFTER INSERT ON posting REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_postings_added();

-- ---------------------------------------------------------------- derived totals

-- Turnover by account and month of the effective day: kept with every entry. month = year * 12 + month - 1.
-- An account's newest month is kept in its balance row, which changes with every posting anyway, and comes
-- here when a newer month begins: read the view account_month, which shows both.
CREATE TABLE period_total (
  node_id      int    NOT NULL,
  account_id   int    NOT NULL,
  month        int    NOT NULL,
  debit_minor  bigint NOT NULL CHECK (debit_minor >= 0),
  credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
  PRIMARY KEY (node_id, account_id, month)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX period_total_by_month ON period_total (node_id, month);

-- An account's rows of period_total added up by year, so that a balance at a past day is a few years and at
-- most six months, however long the books are.
CREATE TABLE year_total (
  node_id      int    NOT NULL,
  account_id   int    NOT NULL,
  year         int    NOT NULL,
  debit_minor  bigint NOT NULL CHECK (debit_minor >= 0),
  credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
  PRIMARY KEY (node_id, account_id, year)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX year_total_by_year ON year_total (node_id, year);

-- The same by day, for busy accounts only: from its 65,536th posting on an account has a row for every day
-- on which it was moved (account_balance.has_day_totals), so that a part of a month is never more than thirty
-- rows.
CREATE TABLE day_total (
  node_id      int    NOT NULL,
  account_id   int    NOT NULL,
  booked_on    date   NOT NULL,
  debit_minor  bigint NOT NULL CHECK (debit_minor >= 0),
  credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
  PRIMARY KEY (node_id, account_id, booked_on)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- What an account's rows of period_total were after an entry: written each time the account has taken
-- another 2,048 postings. They answer "as known then": a mark, and the few postings between it and the entry
-- that was the last one then.
CREATE TABLE account_mark (
  node_id      int    NOT NULL,
  account_id   int    NOT NULL,
  entry_number int    NOT NULL,
  month        int    NOT NULL,
  debit_minor  bigint NOT NULL CHECK (debit_minor >= 0),
  credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
  PRIMARY KEY (node_id, account_id, entry_number, month)
);
COMMENT ON TABLE account_mark IS 'Turnover by account and month of booked_on, of all entries up to and '
  'including entry_number.';
CALL make_append_only('account_mark');

CREATE VIEW account_month AS
  SELECT node_id, account_id, month, debit_minor, credit_minor FROM period_total
  UNION ALL
  SELECT node_id, account_id, newest_month, newest_debit_minor, newest_credit_minor
    FROM account_balance WHERE newest_month IS NOT NULL;
COMMENT ON VIEW account_month IS 'Turnover by account and month of booked_on; balances at a past day are '
  'sums of these and a part of one month.';

CREATE FUNCTION month_of(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (extract(year FROM day) * 12 + extract(month FROM day) - 1)::int
$$;
CREATE FUNCTION first_day_of(month int) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT make_date(month / 12, month % 12 + 1, 1)
$$;

-- The last entry recorded at or before an instant, 0 if none: a search by halves, since recording order is
-- number order.
CREATE FUNCTION last_known_entry(of_node int, known_at timestamptz)
  RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE low bigint := 0; high bigint; middle bigint; at timestamptz;
BEGIN
  SELECT last_number INTO high FROM book_head WHERE node_id = of_node;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    SELECT recorded_at INTO at FROM entry WHERE node_id = of_node AND number = middle;
    IF at <= known_at THEN low := middle; ELSE high := middle - 1; END IF;
  END LOOP;
  RETURN coalesce(low, 0);
END $$;

-- ---------------------------------------------------------------- outbox, repeated requests, checkpoints

CREATE TABLE event (
  node_id     int         NOT NULL,
  number      bigint      NOT NULL CHECK (number > 0),
  recorded_at timestamptz NOT NULL,
  kind        text        NOT NULL,
  first_entry bigint,
  last_entry  bigint      CHECK (last_entry >= first_entry),
  body        jsonb,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE event IS 'The outbox: a node''s changes in order, written in the same database '
  'transaction as the change. Entries recorded together share one row (first_entry to last_entry).';
CALL make_append_only('event');

CREATE TABLE request_answer (
  node_id      int         NOT NULL,
  request_key  uuid        NOT NULL,
  content_hash uuid        NOT NULL,
  status       int         NOT NULL,
  body         text        NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (node_id, request_key)
);
COMMENT ON TABLE request_answer IS 'The first answer to each write that is not an entry, by '
  'Idempotency-Key; node_id 0: writes that concern the server.';
CALL make_append_only('request_answer');

CREATE TABLE checkpoint (
  node_id      int         NOT NULL REFERENCES node,
  entry_number int         NOT NULL,
  hash         bytea       NOT NULL CHECK (length(hash) = 32),
  made_at      timestamptz NOT NULL,
  key_id       text        NOT NULL,
  public_key   bytea       NOT NULL CHECK (length(public_key) = 32),
  signature    bytea       NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (node_id, entry_number),
  FOREIGN KEY (node_id, entry_number) REFERENCES entry (node_id, number)
);
COMMENT ON TABLE checkpoint IS 'Ed25519 signatures over the chain''s hash at an entry; the key lives '
  'outside the database.';
CALL make_append_only('checkpoint');

-- ---------------------------------------------------------------- the service's rights

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'coopledger_service') THEN
    CREATE ROLE coopledger_service NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of the cluster was faster
END $$;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO coopledger_service;
GRANT INSERT ON unit, node, book_head, dimension, account, account_balance, period_lock, period_unlock,
  entry, posting, hold,
  hold_posting, hold_end, period_total, year_total, day_total, account_mark, event, request_answer, checkpoint
    TO coopledger_service;
GRANT UPDATE (title, base_unit_id, country, time_zone, fiscal_month, fiscal_day) ON node
  TO coopledger_service;
GRANT UPDATE ON book_head, account_balance, period_total, year_total, day_total TO coopledger_service;
GRANT DELETE ON period_total TO coopledger_service;  -- derived: a restore moves newest months to the balances
GRANT UPDATE (title, opened_on, closed_on, required_dimensions) ON account TO coopledger_service;
GRANT UPDATE (name) ON dimension TO coopledger_service;
