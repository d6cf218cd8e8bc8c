-- What funds are for and how far they may be spent: the terms of a fund over time, spending mandates, and
-- what was drawn on them. Everything is only added; how a fund or mandate stands is derived.

-- ---------------------------------------------------------------- what a fund is for

CREATE TABLE fund_term (
  node_id     int         NOT NULL,
  fund_id     int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  from_on     date        NOT NULL,
  purpose     text        NOT NULL CHECK (purpose IN ('media', 'venue', 'community', 'civil_society',
    'reserve', 'hardship', 'grant', 'held', 'other')),
  unit_id     int         NOT NULL REFERENCES unit,
  indivisible boolean     NOT NULL,
  funder      text        CHECK (length(funder) BETWEEN 1 AND 200),
  conditions  text        CHECK (length(conditions) BETWEEN 1 AND 2000),
  decision    text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  buffers     int         NOT NULL CHECK (buffers BETWEEN 0 AND 20),
  accounts    int         NOT NULL CHECK (accounts BETWEEN 0 AND 20),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, fund_id, number),
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  CONSTRAINT only_own_money_is_indivisible CHECK (NOT indivisible OR purpose NOT IN ('held', 'grant'))
);
COMMENT ON TABLE  fund_term IS 'What a fund is for from a day on, by a decision. Of several the one with the '
  'latest day counts, and of one day the last recorded.';
COMMENT ON COLUMN fund_term.purpose IS 'held: money of others, which is owed to them and no part of what '
  'the co-operative has.';
COMMENT ON COLUMN fund_term.funder IS 'An organisation; no person''s name.';
COMMENT ON COLUMN fund_term.buffers IS 'How many measures of its buffer it came with: none is added later. '
  'accounts: the same.';
CALL make_append_only('fund_term');

CREATE TABLE fund_buffer (
  node_id      int    NOT NULL,
  fund_id      int    NOT NULL,
  term         int    NOT NULL,
  line         int    NOT NULL CHECK (line > 0),
  measure      text   NOT NULL CHECK (length(measure) BETWEEN 1 AND 200),
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  PRIMARY KEY (node_id, fund_id, term, line),
  FOREIGN KEY (node_id, fund_id, term) REFERENCES fund_term
);
COMMENT ON TABLE fund_buffer IS 'Measures of what stays in a fund, in its unit: the highest counts.';
CALL make_append_only('fund_buffer');

CREATE TABLE fund_account (
  node_id    int NOT NULL,
  fund_id    int NOT NULL,
  term       int NOT NULL,
  account_id int NOT NULL,
  PRIMARY KEY (node_id, fund_id, term, account_id),
  FOREIGN KEY (node_id, fund_id, term) REFERENCES fund_term,
  FOREIGN KEY (node_id, account_id) REFERENCES account (node_id, id)
);
COMMENT ON TABLE fund_account IS 'Accounts in which the money of a fund lies.';
CALL make_append_only('fund_account');

-- ---------------------------------------------------------------- who may spend how much of it

CREATE TABLE spending_mandate (
  node_id          int         NOT NULL,
  number           int         NOT NULL CHECK (number > 0),
  body             text        NOT NULL CHECK (length(body) BETWEEN 1 AND 200),
  level            text        NOT NULL CHECK (level IN ('node', 'federation')),
  purpose          text        NOT NULL CHECK (length(purpose) BETWEEN 1 AND 500),
  fund_id          int         NOT NULL,
  cost_object_id   int,
  unit_id          int         NOT NULL REFERENCES unit,
  amount_minor     bigint      NOT NULL CHECK (amount_minor > 0),
  minutes_a_month  int         CHECK (minutes_a_month BETWEEN 1 AND 600000),
  rate_minor       bigint      CHECK (rate_minor > 0),
  months           int         CHECK (months BETWEEN 1 AND 120),
  from_on          date        NOT NULL,
  until_on         date        NOT NULL,
  decision         text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at      timestamptz NOT NULL,
  recorded_by      int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  FOREIGN KEY (node_id, cost_object_id) REFERENCES dimension (node_id, id),
  CONSTRAINT it_lasts CHECK (until_on >= from_on),
  CONSTRAINT hours_make_the_amount CHECK (num_nonnulls(minutes_a_month, rate_minor, months) IN (0, 3)
    AND (months IS NULL OR minutes_a_month::numeric * rate_minor * months = amount_minor::numeric * 60))
);
CREATE INDEX spending_mandate_by_fund ON spending_mandate (node_id, fund_id);
COMMENT ON TABLE  spending_mandate IS 'A body''s decision that so much of a fund may be spent for a purpose, '
  'in a time. How much is left follows from its steps.';
COMMENT ON COLUMN spending_mandate.rate_minor IS 'For an hour. Hours, rate and months make the amount.';
CALL make_append_only('spending_mandate');

CREATE TABLE spending_step (
  node_id        int         NOT NULL,
  mandate_number int         NOT NULL,
  number         int         NOT NULL CHECK (number > 0),
  kind           text        NOT NULL CHECK (kind IN ('drawn', 'paid', 'taken_back', 'recalled')),
  on_day         date        NOT NULL,
  amount_minor   bigint      CHECK (amount_minor > 0),
  minutes        int         CHECK (minutes > 0),
  entry_number   bigint,
  party_id       int,
  draw           int,
  words          text        CHECK (length(words) BETWEEN 1 AND 500),
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, mandate_number, number),
  FOREIGN KEY (node_id, mandate_number) REFERENCES spending_mandate,
  FOREIGN KEY (node_id, mandate_number, draw) REFERENCES spending_step,
  FOREIGN KEY (node_id, entry_number) REFERENCES entry,
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT step_is_whole CHECK (
    (amount_minor IS NOT NULL) = (kind = 'drawn')
    AND (kind = 'drawn' OR num_nonnulls(minutes, party_id) = 0)
    AND (draw IS NOT NULL) = (kind IN ('paid', 'taken_back'))
    AND CASE kind WHEN 'drawn' THEN true WHEN 'paid' THEN entry_number IS NOT NULL
                  ELSE entry_number IS NULL END
    AND CASE kind WHEN 'drawn' THEN true WHEN 'paid' THEN words IS NULL ELSE words IS NOT NULL END)
);
CREATE UNIQUE INDEX a_mandate_is_recalled_once ON spending_step (node_id, mandate_number)
  WHERE kind = 'recalled';
CREATE UNIQUE INDEX a_draw_ends_once ON spending_step (node_id, mandate_number, draw, kind)
  WHERE draw IS NOT NULL;
CREATE INDEX spending_step_by_entry ON spending_step (node_id, entry_number) WHERE entry_number IS NOT NULL;
COMMENT ON TABLE  spending_step IS 'What was drawn on a mandate, the entries that paid it, draws that were '
  'taken back, and the recall, which ends drawing.';
COMMENT ON COLUMN spending_step.draw IS 'The number of the step that is paid or taken back.';
COMMENT ON COLUMN spending_step.party_id IS 'Whom it pays, if that is a member: never whoever records it.';
CALL make_append_only('spending_step');

-- ---------------------------------------------------------------- what always holds

CREATE FUNCTION is_dimension(node int, row_id int, wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM dimension d WHERE (d.node_id, d.id, d.kind) = (node, row_id, wanted))
$$;

-- True if a fund is money of others: it stays so.
CREATE FUNCTION is_held_fund(node int, fund int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM fund_term t WHERE (t.node_id, t.fund_id, t.purpose) = (node, fund, 'held'))
$$;

-- By how much an entry lowers a fund: what its postings about the fund (and the cost object, if one is named)
-- take off income, expenses and equity, and of money of others off what is owed to them.
CREATE FUNCTION spent_by_entry(node int, entry bigint, fund int, unit int, cost_object int) RETURNS bigint
  LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(p.amount_minor), 0)::bigint
    FROM posting p
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
   WHERE p.node_id = node AND p.entry_number = entry AND p.fund_id = fund AND a.unit_id = unit
     AND (cost_object IS NULL OR p.cost_object_id = cost_object)
     AND (a.type IN ('income', 'expense', 'equity') OR a.type = 'liability' AND is_held_fund(node, fund))
$$;

CREATE FUNCTION check_fund_term() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE t record; fault text;
BEGIN
  SELECT x.buffers, x.accounts, x.unit_id, x.purpose INTO t FROM fund_term x
   WHERE (x.node_id, x.fund_id) = (NEW.node_id, NEW.fund_id)
     AND x.number = (to_jsonb(NEW) ->> TG_ARGV[0])::int;
  fault := CASE
    WHEN NOT is_dimension(NEW.node_id, NEW.fund_id, 'fund') THEN 'it is no fund'
    WHEN t.buffers <> (SELECT count(*) FROM fund_buffer b
           WHERE (b.node_id, b.fund_id) = (NEW.node_id, NEW.fund_id)
             AND b.term = (to_jsonb(NEW) ->> TG_ARGV[0])::int)
      THEN 'its terms have other measures than they came with'
    WHEN t.accounts <> (SELECT count(*) FROM fund_account b
           WHERE (b.node_id, b.fund_id) = (NEW.node_id, NEW.fund_id)
             AND b.term = (to_jsonb(NEW) ->> TG_ARGV[0])::int)
      THEN 'its terms have other accounts than they came with'
    WHEN EXISTS (SELECT FROM fund_term x
           WHERE (x.node_id, x.fund_id) = (NEW.node_id, NEW.fund_id)
             AND (x.unit_id <> t.unit_id OR (x.purpose = 'held') <> (t.purpose = 'held')))
      THEN 'a fund keeps its unit, and money of others stays theirs'
    WHEN EXISTS (SELECT FROM fund_account b
           JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
          WHERE (b.node_id, b.fund_id) = (NEW.node_id, NEW.fund_id)
            AND (a.type <> 'asset' OR a.unit_id <> t.unit_id))
      THEN 'its money lies in assets of its unit'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'fund % of node %: %', NEW.fund_id, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON fund_term
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_fund_term('number');
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON fund_buffer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_fund_term('term');
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON fund_account
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_fund_term('term');

CREATE FUNCTION check_spending_mandate() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT is_dimension(NEW.node_id, NEW.fund_id, 'fund')
     OR NEW.cost_object_id IS NOT NULL
        AND NOT is_dimension(NEW.node_id, NEW.cost_object_id, 'cost_object')
     OR NOT EXISTS (SELECT FROM fund_term t
              WHERE (t.node_id, t.fund_id, t.unit_id) = (NEW.node_id, NEW.fund_id, NEW.unit_id)) THEN
    RAISE EXCEPTION 'spending mandate % is of a fund with terms in its unit', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_of_a_fund AFTER INSERT ON spending_mandate
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_spending_mandate();

-- What was drawn of an entry, over all mandates of a fund.
CREATE FUNCTION drawn_of_entry(node int, entry bigint, fund int) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(d.amount_minor), 0)::bigint
    FROM spending_step d
    JOIN spending_mandate m ON m.node_id = d.node_id AND m.number = d.mandate_number AND m.fund_id = fund
    LEFT JOIN spending_step p ON p.node_id = d.node_id AND p.mandate_number = d.mandate_number
          AND p.draw = d.number AND p.kind = 'paid'
   WHERE d.node_id = node AND d.kind = 'drawn' AND coalesce(d.entry_number, p.entry_number) = entry
     AND NOT EXISTS (SELECT FROM spending_step b
           WHERE b.node_id = d.node_id AND b.mandate_number = d.mandate_number AND b.draw = d.number
             AND b.kind = 'taken_back')
$$;

-- A mandate is drawn on in its time, until it is recalled, and never beyond what it grants.
CREATE FUNCTION check_spending_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE m record; s record; fault text; last int := 0; recalled boolean := false; drawn numeric := 0;
  hours numeric := 0; live int[] := '{}'; paid int[] := '{}';
BEGIN
  SELECT x.from_on, x.until_on, x.amount_minor, x.fund_id, x.unit_id, x.cost_object_id,
         x.minutes_a_month::bigint * x.months AS minutes
    INTO m FROM spending_mandate x
   WHERE (x.node_id, x.number) = (NEW.node_id, NEW.mandate_number);
  FOR s IN SELECT x.number, x.kind, x.on_day, x.draw, x.entry_number, x.amount_minor, x.minutes,
                  d.amount_minor AS of_draw, d.minutes AS minutes_of_draw, d.entry_number AS entry_of_draw
             FROM spending_step x
             LEFT JOIN spending_step d ON (d.node_id, d.mandate_number, d.number)
                       = (x.node_id, x.mandate_number, x.draw)
            WHERE (x.node_id, x.mandate_number) = (NEW.node_id, NEW.mandate_number)
            ORDER BY x.number
  LOOP
    last := last + 1;
    IF s.kind = 'drawn' THEN
      drawn := drawn + s.amount_minor;
      hours := hours + coalesce(s.minutes, 0);
      live := live || s.number;
    END IF;
    fault := CASE
      WHEN s.number <> last THEN 'its steps have a gap'
      WHEN s.kind IN ('drawn', 'recalled') AND recalled THEN 'it was recalled'
      WHEN s.kind = 'drawn' AND s.on_day NOT BETWEEN m.from_on AND m.until_on THEN 'it is drawn in its time'
      WHEN s.kind = 'drawn' AND (s.minutes IS NULL) <> (m.minutes IS NULL) THEN 'hours are drawn as hours'
      WHEN drawn > m.amount_minor OR hours > m.minutes THEN 'it grants no more'
      WHEN s.kind IN ('paid', 'taken_back') AND NOT s.draw = ANY (live) THEN 'that was not drawn'
      WHEN s.kind = 'paid' AND (s.entry_of_draw IS NOT NULL OR s.draw = ANY (paid)) THEN 'that was paid'
    END;
    EXIT WHEN fault IS NOT NULL;
    recalled := recalled OR s.kind = 'recalled';
    IF s.kind = 'paid' THEN paid := paid || s.draw; END IF;
    IF s.kind = 'taken_back' THEN
      drawn := drawn - s.of_draw;
      hours := hours - coalesce(s.minutes_of_draw, 0);
      live := array_remove(live, s.draw);
    END IF;
  END LOOP;
  IF fault IS NULL AND NEW.entry_number IS NOT NULL
     AND drawn_of_entry(NEW.node_id, NEW.entry_number, m.fund_id)
         > spent_by_entry(NEW.node_id, NEW.entry_number, m.fund_id, m.unit_id, m.cost_object_id) THEN
    fault := 'an entry pays no more than it spends of the fund';
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'spending mandate % of node %: %', NEW.mandate_number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON spending_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_spending_step();

CREATE FUNCTION check_own_draw() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM party_user u
              WHERE (u.node_id, u.party_id, u.user_id) = (NEW.node_id, NEW.party_id, NEW.recorded_by)
                AND u.linked_at <= NEW.recorded_at) THEN
    RAISE EXCEPTION 'nobody draws what pays them' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER not_their_own AFTER INSERT ON spending_step
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_own_draw();

GRANT SELECT, INSERT ON fund_term, fund_buffer, fund_account, spending_mandate, spending_step
  TO coopledger_service;
