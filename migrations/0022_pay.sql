-- Pay: what an hour of work is worth from a day on, runs that pay the hours of a period by a rule, and
-- what could
-- not be paid and stays open. Everything is appended: how a run stands follows from its steps, and what is
-- open of
-- a claim is what was deferred less what later runs settled or let lapse.

-- ---------------------------------------------------------------- whose sign-in it was

-- Whether a sign-in and a party were linked at any time from one instant until another. Each rule by which
-- nobody decides what is their own asks it, from when that was recorded.
CREATE FUNCTION was_linked(of_node int, of_party int, of_user int, since timestamptz, until timestamptz)
  RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM party_user u
                  WHERE u.node_id = of_node AND u.party_id = of_party AND u.user_id = of_user
                    AND u.linked_at <= until);
END $$;

-- ---------------------------------------------------------------- tariffs

CREATE TABLE pay_tariff (
  node_id      int         NOT NULL,
  number       int         NOT NULL CHECK (number > 0),
  kind         text        NOT NULL,
  circle_id    int,
  party_id     int,
  from_on      date        NOT NULL,
  amount_minor bigint      CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  unit_id      int         REFERENCES unit,
  decision     text        NOT NULL CHECK (length(decision) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, kind) REFERENCES work_kind (node_id, code),
  FOREIGN KEY (node_id, circle_id) REFERENCES circle,
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT an_amount_has_a_unit CHECK ((amount_minor IS NULL) = (unit_id IS NULL))
);
COMMENT ON TABLE  pay_tariff IS 'What an hour of a kind of work is worth from a day on: for all, in a '
  'circle, or for '
  'one member. The narrowest holds; of one width the one that began last.';
COMMENT ON COLUMN pay_tariff.amount_minor IS 'For an hour. Nothing: the tariff ends, and the next wider one '
  'holds.';
CALL make_append_only('pay_tariff');

CREATE FUNCTION check_pay_tariff() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN NEW.number > 1 AND NOT EXISTS (SELECT FROM pay_tariff t
           WHERE (t.node_id, t.number) = (NEW.node_id, NEW.number - 1)) THEN 'its number leaves a gap'
    WHEN NOT (SELECT k.has_price FROM work_kind k WHERE (k.node_id, k.code) = (NEW.node_id, NEW.kind))
      THEN 'work of this kind is not paid'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'tariff %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON pay_tariff FOR EACH ROW EXECUTE FUNCTION check_pay_tariff();

-- The tariffs of a node up to a number, with the days on which they hold; 0 stands for every circle, every
-- party.
CREATE FUNCTION pay_tariff_days(of_node int, known int)
  RETURNS TABLE (kind text, circle_id int, party_id int, from_on date, until_on date, amount_minor bigint,
                 unit_id int)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT d.kind, d.circle_id, d.party_id, d.from_on, d.until_on, d.amount_minor, d.unit_id
    FROM (SELECT t.kind, coalesce(t.circle_id, 0) AS circle_id, coalesce(t.party_id, 0) AS party_id,
      t.from_on,
                 lead(t.from_on, 1, 'infinity'::date)
                   OVER (PARTITION BY t.kind, t.circle_id, t.party_id ORDER BY t.from_on, t.number) AS
                     until_on,
                 t.amount_minor, t.unit_id
            FROM pay_tariff t
           WHERE t.node_id = of_node AND t.number <= known) d
   WHERE d.amount_minor IS NOT NULL AND d.from_on < d.until_on
$$;

-- ---------------------------------------------------------------- runs

CREATE TABLE pay_run (
  node_id             int         NOT NULL,
  number              int         NOT NULL CHECK (number > 0),
  kind                text        NOT NULL CHECK (kind IN ('wages', 'settlement', 'lapse', 'opening')),
  from_on             date        NOT NULL,
  to_on               date        NOT NULL CHECK (to_on >= from_on),
  booked_on           date        NOT NULL CHECK (booked_on >= to_on),
  unit_id             int         NOT NULL REFERENCES unit,
  amount_minor        bigint      NOT NULL CHECK (amount_minor >= 0),
  rule_code           text,
  rule_version        int,
  rule_hash           text,
  figures             text        NOT NULL CHECK (length(figures) BETWEEN 2 AND 20000),
  values_known        int         NOT NULL CHECK (values_known >= 0),
  tariffs_known       int         NOT NULL CHECK (tariffs_known >= 0),
  deferred_as         text        NOT NULL CHECK (deferred_as IN ('debt', 'equity', 'points', 'gift')),
  wages_account_id    int         NOT NULL,
  payable_account_id  int,
  deferred_account_id int,
  decision            text        CHECK (length(decision) BETWEEN 1 AND 500),
  members             int         NOT NULL CHECK (members BETWEEN 1 AND 100000),
  lots                int         NOT NULL CHECK (lots = 0 OR lots > 0 AND kind IN ('settlement', 'lapse')),
  paid_minor          bigint      NOT NULL CHECK (paid_minor BETWEEN 0 AND amount_minor),
  deferred_minor      bigint      NOT NULL CHECK (deferred_minor >= 0),
  recorded_at         timestamptz NOT NULL,
  recorded_by         int         REFERENCES user_account,
  costs               int         NOT NULL DEFAULT 0 CHECK (costs >= 0 AND (costs = 0 OR kind = 'wages')),
  fund_id             int,
  is_part_local       boolean     NOT NULL DEFAULT false
    CHECK (NOT is_part_local OR kind IN ('wages', 'settlement')),
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  FOREIGN KEY (node_id, rule_code, rule_version) REFERENCES sharing_version (node_id, code, version),
  FOREIGN KEY (node_id, wages_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, payable_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, deferred_account_id) REFERENCES account (node_id, id),
  CONSTRAINT run_is_whole CHECK (
    num_nonnulls(rule_code, rule_version, rule_hash)
        = CASE WHEN kind IN ('lapse', 'opening') THEN 0 ELSE 3 END
    AND (payable_account_id IS NULL) = (kind IN ('lapse', 'opening'))
    AND (deferred_account_id IS NOT NULL)
        = (kind IN ('wages', 'opening') AND deferred_as IN ('debt', 'equity'))
    AND (kind IN ('wages', 'opening') OR deferred_minor = 0 AND deferred_as <> 'gift')
    AND (kind NOT IN ('lapse', 'opening') OR decision IS NOT NULL AND paid_minor = 0 AND fund_id IS NULL)
    AND (kind <> 'opening' OR deferred_as <> 'gift' AND amount_minor = deferred_minor AND from_on = to_on))
);
COMMENT ON TABLE  pay_run IS 'wages: the hours of a period, paid from a pot by a rule. settlement: open '
  'claims, paid from a pot by a rule. lapse: open claims that end by a resolution. opening: claims from '
  'before these books. A proposal until two people approved it.';
COMMENT ON COLUMN pay_run.amount_minor IS 'The pot; of a lapse, what lapses.';
COMMENT ON COLUMN pay_run.figures IS 'What the rule was given besides, as JSON: [{"name", "value"}].';
COMMENT ON COLUMN pay_run.values_known IS 'The last value of a place, and the last tariff, that there was: '
  'what comes '
  'later changes nothing.';
COMMENT ON COLUMN pay_run.deferred_as IS 'What becomes of what the pot does not cover, or which claims '
  'these are. '
  'debt: owed; equity: a claim like a share; points: counted, not booked; gift: nothing is owed.';
COMMENT ON COLUMN pay_run.wages_account_id IS 'The expense; of an opening what the claims stand against: '
  'an expense, or equity where it is one of years before.';
COMMENT ON COLUMN pay_run.costs IS 'How many rows of costs it came with.';
COMMENT ON COLUMN pay_run.fund_id IS 'The fund that what is paid is taken from; what is deferred is taken '
  'from none.';
CALL make_append_only('pay_run');

CREATE TABLE pay_run_share (
  node_id        int    NOT NULL,
  run_number     int    NOT NULL,
  number         int    NOT NULL CHECK (number > 0),
  party_id       int    NOT NULL,
  place          text   CHECK (length(place) BETWEEN 1 AND 60),
  measures       text   NOT NULL CHECK (length(measures) BETWEEN 2 AND 20000),
  minutes        bigint NOT NULL CHECK (minutes >= 0),
  hours          int[]  NOT NULL,
  claim_minor    bigint NOT NULL CHECK (claim_minor >= 0),
  rate_minor     bigint CHECK (rate_minor > 0),
  paid_minor     bigint NOT NULL CHECK (paid_minor >= 0),
  deferred_minor bigint NOT NULL CHECK (deferred_minor >= 0),
  PRIMARY KEY (node_id, run_number, number),
  CONSTRAINT a_member_is_once_in_a_run UNIQUE (node_id, party_id, run_number)
);
COMMENT ON TABLE  pay_run_share IS 'What a member gets by a run, and what it was worked out from. That '
  'run and member are there is looked at once for all shares (comes_with_its_run): neither is ever deleted.';
COMMENT ON COLUMN pay_run_share.measures IS 'What was given with the run, as JSON: [{"name", "value"}].';
COMMENT ON COLUMN pay_run_share.hours IS 'The numbers of the hours that the run collected. No other run '
  'that lives '
  'has them, and they cannot be taken back.';
COMMENT ON COLUMN pay_run_share.claim_minor IS 'The hours at the tariffs of their days, half up.';
COMMENT ON COLUMN pay_run_share.rate_minor IS 'The tariff, where it is the same for all of them.';
CALL make_append_only('pay_run_share');

CREATE TABLE pay_run_lot (
  node_id       int    NOT NULL,
  run_number    int    NOT NULL,
  number        int    NOT NULL CHECK (number > 0),
  party_id      int    NOT NULL,
  claim_run     int    NOT NULL CHECK (claim_run < run_number),
  open_minor    bigint NOT NULL CHECK (open_minor > 0),
  settled_minor bigint NOT NULL CHECK (settled_minor BETWEEN 0 AND open_minor),
  PRIMARY KEY (node_id, run_number, number),
  UNIQUE (node_id, run_number, party_id, claim_run),
  FOREIGN KEY (node_id, run_number, party_id) REFERENCES pay_run_share (node_id, run_number, party_id),
  FOREIGN KEY (node_id, claim_run, party_id) REFERENCES pay_run_share (node_id, run_number, party_id)
);
CREATE INDEX pay_run_lot_of_claim ON pay_run_lot (node_id, claim_run, party_id);
COMMENT ON TABLE pay_run_lot IS 'A claim of an earlier run that stood open when a settlement or lapse was '
  'proposed, '
  'and how much of it that run settles.';
CALL make_append_only('pay_run_lot');

CREATE TABLE pay_run_cost (
  node_id        int    NOT NULL,
  run_number     int    NOT NULL,
  number         int    NOT NULL CHECK (number > 0),
  party_id       int    NOT NULL,
  cost_object_id int,
  weight         bigint NOT NULL CHECK (weight > 0),
  PRIMARY KEY (node_id, run_number, number),
  FOREIGN KEY (node_id, run_number, party_id) REFERENCES pay_run_share (node_id, run_number, party_id),
  FOREIGN KEY (node_id, cost_object_id) REFERENCES dimension (node_id, id)
);
CREATE UNIQUE INDEX a_cost_object_is_weighed_once
  ON pay_run_cost (node_id, run_number, party_id, coalesce(cost_object_id, 0));
COMMENT ON TABLE  pay_run_cost IS 'For which cost objects a member worked who worked for any: by their '
  'weights the expense for the member is split.';
COMMENT ON COLUMN pay_run_cost.cost_object_id IS 'Nothing: hours that name none.';
COMMENT ON COLUMN pay_run_cost.weight IS 'Minutes times the tariff of their days; minutes, where one of the '
  'member''s hours has no tariff.';
CALL make_append_only('pay_run_cost');

CREATE TABLE pay_run_local (
  node_id                     int    NOT NULL,
  run_number                  int    NOT NULL,
  unit_id                     int    NOT NULL REFERENCES unit,
  rates_known                 int    NOT NULL,
  rate_number                 int    NOT NULL CHECK (rate_number <= rates_known),
  numerator                   bigint NOT NULL CHECK (numerator >= 0),
  denominator                 bigint NOT NULL CHECK (denominator > 0),
  most_minor                  bigint CHECK (most_minor >= 0),
  payable_account_id          int    NOT NULL,
  conversion_account_id       int    NOT NULL,
  local_conversion_account_id int    NOT NULL,
  PRIMARY KEY (node_id, run_number),
  FOREIGN KEY (node_id, run_number) REFERENCES pay_run,
  FOREIGN KEY (node_id, rate_number) REFERENCES unit_rate,
  FOREIGN KEY (node_id, payable_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, conversion_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, local_conversion_account_id) REFERENCES account (node_id, id),
  CONSTRAINT a_local_share_is_a_share CHECK (numerator <= denominator)
);
COMMENT ON TABLE  pay_run_local IS 'A run of which a part is paid in a local unit: the share of whoever '
  'chose nothing, and the most for each member, in the run''s unit.';
COMMENT ON COLUMN pay_run_local.rates_known IS 'The last rate that there was: what comes later changes '
  'nothing.';
CALL make_append_only('pay_run_local');

CREATE TABLE pay_run_local_share (
  node_id     int    NOT NULL,
  run_number  int    NOT NULL,
  number      int    NOT NULL CHECK (number > 0),
  party_id    int    NOT NULL,
  numerator   bigint CHECK (numerator >= 0),
  denominator bigint CHECK (denominator > 0),
  minor       bigint NOT NULL CHECK (minor >= 0),
  local_minor bigint NOT NULL CHECK (local_minor >= 0),
  PRIMARY KEY (node_id, run_number, number),
  FOREIGN KEY (node_id, run_number) REFERENCES pay_run_local,
  FOREIGN KEY (node_id, run_number, number) REFERENCES pay_run_share,
  FOREIGN KEY (node_id, run_number, party_id) REFERENCES pay_run_share (node_id, run_number, party_id),
  CONSTRAINT a_choice_is_a_share CHECK ((numerator IS NULL) = (denominator IS NULL)
    AND numerator <= denominator AND (minor = 0) = (local_minor = 0))
);
COMMENT ON TABLE  pay_run_local_share IS 'What of a member''s pay is paid in the local unit: minor in the '
  'run''s unit, local_minor in the local one.';
COMMENT ON COLUMN pay_run_local_share.numerator IS 'The share that the member chose; nothing: the run''s.';
CALL make_append_only('pay_run_local_share');

CREATE TABLE pay_run_step (
  node_id     int         NOT NULL,
  run_number  int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  step        text        NOT NULL CHECK (step IN ('approved', 'posted', 'cancelled', 'undone')),
  first_entry int,
  last_entry  int         CHECK (last_entry >= first_entry),
  reason      text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, run_number, number),
  FOREIGN KEY (node_id, run_number) REFERENCES pay_run,
  FOREIGN KEY (node_id, first_entry) REFERENCES entry (node_id, number),
  FOREIGN KEY (node_id, last_entry) REFERENCES entry (node_id, number),
  CONSTRAINT pay_step_is_whole CHECK ((first_entry IS NULL) = (last_entry IS NULL)
    AND (first_entry IS NULL OR step IN ('posted', 'undone'))
    AND (reason IS NOT NULL) = (step IN ('cancelled', 'undone'))),
  CONSTRAINT somebody_approves_pay CHECK (step <> 'approved' OR recorded_by IS NOT NULL)
);
CREATE UNIQUE INDEX a_pay_run_steps_once ON pay_run_step (node_id, run_number, step) WHERE step <> 'approved';
CREATE UNIQUE INDEX a_pay_run_is_approved_by_different_people
  ON pay_run_step (node_id, run_number, recorded_by) WHERE step = 'approved';
CREATE UNIQUE INDEX pay_entries_are_of_one_run ON pay_run_step (node_id, first_entry)
  WHERE first_entry IS NOT NULL;
COMMENT ON TABLE  pay_run_step IS 'What became of a run: two approvals, then posted; cancelled before that, '
  'undone '
  'after it.';
COMMENT ON COLUMN pay_run_step.first_entry IS 'Of the entries, which follow one another: those of the run, '
  'or their '
  'reversals. Nothing where there is nothing to book.';
CALL make_append_only('pay_run_step');

-- ---------------------------------------------------------------- what always holds

-- Whether a run was neither cancelled nor undone.
CREATE FUNCTION is_live_pay_run(of_node int, run int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM pay_run_step s
                      WHERE s.node_id = of_node AND s.run_number = run AND s.step IN ('cancelled', 'undone'))
$$;

-- The run that lives and has collected these hours; NULL if there is none.
CREATE FUNCTION pay_run_of_hours(of_node int, hours_number int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT s.run_number
    FROM work_hours h
    JOIN pay_run_share s ON s.node_id = h.node_id AND s.party_id = h.party_id
     AND s.hours @> ARRAY[hours_number]
   WHERE h.node_id = of_node AND h.number = hours_number AND is_live_pay_run(of_node, s.run_number)
   LIMIT 1
$$;

CREATE FUNCTION keep_collected_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
  AS $$
BEGIN
  IF NEW.kind = 'reversed' AND pay_run_of_hours(NEW.node_id, NEW.hours_number) IS NOT NULL THEN
    RAISE EXCEPTION 'hours % are in a pay run', NEW.hours_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER not_while_collected AFTER INSERT ON work_hours_step
  FOR EACH ROW EXECUTE FUNCTION keep_collected_hours();

-- What the hours of a run come to, by member and cost object, at the tariffs that were known to it: each hour
-- is looked up once, and each tariff once for a member, kind, circle and stretch of days in which no tariff
-- begins. A run may have a hundred thousand hours that were recorded a moment ago: tables are joined whole,
-- between the bounds of the run, whatever the planner knows of them.
-- counted: how many hours the share names; found: how many of them are the member's, of the period, approved
-- and to be paid; taken_back: how many do not count any more.
CREATE FUNCTION pay_run_worked(node int, wanted int)
  RETURNS TABLE (party_id int, cost_object text, counted bigint, found bigint, taken_back bigint,
                 minutes bigint, priced bigint, worth numeric, lowest bigint, highest bigint,
                 is_other_unit boolean)
  LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp SET enable_nestloop = off SET enable_mergejoin = off
  SET enable_hashjoin = on SET enable_seqscan = on SET enable_bitmapscan = on
  SET enable_sort = off
  SET plan_cache_mode = force_custom_plan SET work_mem = '64MB' SET jit = off AS $$
#variable_conflict use_column
DECLARE run record; stretches date[]; first_hours int; last_hours int;
BEGIN
  SELECT r.from_on, r.to_on, r.unit_id, r.tariffs_known INTO run
    FROM pay_run r WHERE r.node_id = node AND r.number = wanted;
  SELECT min(x.number), max(x.number) INTO first_hours, last_hours
    FROM (SELECT unnest(s.hours) AS number
            FROM pay_run_share s WHERE s.node_id = node AND s.run_number = wanted) x;
  stretches := array(SELECT '-infinity'::date
                      UNION SELECT t.from_on FROM pay_tariff t
                             WHERE t.node_id = node AND t.number <= run.tariffs_known
                               AND t.from_on > run.from_on AND t.from_on <= run.to_on
                      ORDER BY 1);
  RETURN QUERY
  WITH tariff AS MATERIALIZED (
    SELECT t.kind, t.circle_id, t.party_id, t.from_on, t.until_on, t.amount_minor, t.unit_id
      FROM pay_tariff_days(node, run.tariffs_known) t
  ), collected AS (
    SELECT s.party_id, unnest(s.hours) AS number
      FROM pay_run_share s WHERE s.node_id = node AND s.run_number = wanted
  ), stretch AS (
    SELECT c.party_id, h.kind, h.circle_id, h.cost_object, min(h.worked_on) AS day,
           count(*) AS counted, count(a.hours_number) AS found, count(b.hours_number) AS taken_back,
           sum(h.minutes) AS minutes
      FROM collected c
      LEFT JOIN work_hours h ON h.number = c.number AND h.party_id = c.party_id AND h.node_id = node
            AND h.worked_on BETWEEN run.from_on AND run.to_on AND h.intent = 'paid'
      LEFT JOIN work_hours_step a ON a.hours_number = h.number AND a.node_id = node AND a.number = 1
            AND a.kind = 'approved' AND a.hours_number BETWEEN first_hours AND last_hours
      LEFT JOIN work_hours_step b ON b.hours_number = h.number AND b.node_id = node AND b.number = 2
            AND b.hours_number BETWEEN first_hours AND last_hours
     GROUP BY c.party_id, h.kind, h.circle_id, h.cost_object, width_bucket(h.worked_on, stretches)
  ), valued AS (
    SELECT s.party_id, s.cost_object, s.counted, s.found, s.taken_back, s.minutes,
           coalesce(narrow.amount_minor, own.amount_minor, circle.amount_minor, wide.amount_minor) AS rate,
           CASE WHEN narrow.amount_minor IS NOT NULL THEN narrow.unit_id
                WHEN own.amount_minor IS NOT NULL THEN own.unit_id
                WHEN circle.amount_minor IS NOT NULL THEN circle.unit_id ELSE wide.unit_id END AS unit_id
      FROM stretch s
      LEFT JOIN tariff narrow ON narrow.kind = s.kind AND narrow.circle_id = s.circle_id
            AND narrow.party_id = s.party_id AND s.day >= narrow.from_on AND s.day < narrow.until_on
      LEFT JOIN tariff own ON own.kind = s.kind AND own.circle_id = 0 AND own.party_id = s.party_id
            AND s.day >= own.from_on AND s.day < own.until_on
      LEFT JOIN tariff circle ON circle.kind = s.kind AND circle.circle_id = s.circle_id
            AND circle.party_id = 0 AND s.day >= circle.from_on AND s.day < circle.until_on
      LEFT JOIN tariff wide ON wide.kind = s.kind AND wide.circle_id = 0 AND wide.party_id = 0
            AND s.day >= wide.from_on AND s.day < wide.until_on
  )
  SELECT v.party_id, v.cost_object, sum(v.counted)::bigint, sum(v.found)::bigint, sum(v.taken_back)::bigint,
         sum(v.minutes)::bigint,
         coalesce(sum(v.counted) FILTER (WHERE v.rate IS NOT NULL), 0)::bigint,
         coalesce(sum(v.minutes * v.rate), 0), min(v.rate), max(v.rate),
         coalesce(bool_or(v.unit_id <> run.unit_id), false)
    FROM valued v
   GROUP BY v.party_id, v.cost_object;
END $$;

-- What is wrong with what a run collected: NULL if nothing is.
CREATE FUNCTION pay_run_hours_fault(node int, wanted int) RETURNS text LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp SET enable_nestloop = off SET enable_mergejoin = off
  SET enable_hashjoin = on SET enable_seqscan = on SET enable_bitmapscan = on
  SET plan_cache_mode = force_custom_plan SET work_mem = '64MB' SET jit = off AS $$
DECLARE lives boolean := is_live_pay_run(node, wanted); others int[]; fault text;
BEGIN
  IF EXISTS (SELECT FROM (SELECT unnest(s.hours) AS number
                            FROM pay_run_share s WHERE s.node_id = node AND s.run_number = wanted) x
             HAVING count(*) <> count(DISTINCT x.number)) THEN
    RETURN 'it has hours twice';
  END IF;
  SELECT CASE
           WHEN bool_or(w.found <> w.counted OR lives AND w.taken_back > 0)
             THEN 'it has hours that are not the member''s, of the period, approved and to be paid'
           WHEN bool_or(w.is_other_unit) THEN 'a tariff is of another unit'
           WHEN bool_or((s.minutes, s.claim_minor, coalesce(s.rate_minor, 0))
                        <> (coalesce(w.minutes, 0),
                            CASE WHEN w.priced = w.counted THEN floor((2 * w.worth + 60) / 120) ELSE 0 END,
                            CASE WHEN w.priced = w.counted AND w.lowest = w.highest THEN w.lowest ELSE 0 END))
             THEN 'what is claimed is not the hours at their tariffs'
         END INTO fault
    FROM pay_run_share s
    LEFT JOIN (SELECT x.party_id, sum(x.counted) AS counted, sum(x.found) AS found,
                      sum(x.taken_back) AS taken_back, sum(x.minutes) AS minutes, sum(x.priced) AS priced,
                      sum(x.worth) AS worth, min(x.lowest) AS lowest, max(x.highest) AS highest,
                      bool_or(x.is_other_unit) AS is_other_unit
                 FROM pay_run_worked(node, wanted) x
                GROUP BY x.party_id) w ON w.party_id = s.party_id
   WHERE s.node_id = node AND s.run_number = wanted;
  IF fault IS NULL AND lives THEN
    others := array(SELECT o.number
                      FROM pay_run o
                      JOIN pay_run r ON r.node_id = node AND r.number = wanted
                     WHERE o.node_id = node AND o.number <> wanted AND o.kind = 'wages'
                       AND o.from_on <= r.to_on AND o.to_on >= r.from_on AND is_live_pay_run(node, o.number));
    IF cardinality(others) > 0 AND EXISTS (
         SELECT FROM (SELECT unnest(s.hours) AS number FROM pay_run_share s
                       WHERE s.node_id = node AND s.run_number = wanted) mine
           JOIN (SELECT unnest(s.hours) AS number FROM pay_run_share s
                  WHERE s.node_id = node AND s.run_number = ANY (others)) theirs
             ON theirs.number = mine.number) THEN
      fault := 'another run has some of its hours';
    END IF;
  END IF;
  RETURN fault;
END $$;

-- What is wrong with the cost objects of a run of wages: NULL if nothing is. Few runs have any.
CREATE FUNCTION pay_run_costs_fault(node int, wanted int) RETURNS text LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM pay_run_cost c WHERE c.node_id = node AND c.run_number = wanted)
     OR EXISTS (SELECT FROM pay_run r WHERE r.node_id = node AND r.number = wanted AND r.costs > 0)
     OR EXISTS (SELECT FROM pay_run r
                  JOIN work_hours h ON h.node_id = node AND h.worked_on BETWEEN r.from_on AND r.to_on
                 WHERE r.node_id = node AND r.number = wanted AND h.cost_object IS NOT NULL) THEN
    IF EXISTS (
         WITH worked AS MATERIALIZED (
           SELECT w.party_id, w.cost_object, w.counted, w.priced, w.minutes, w.worth
             FROM pay_run_worked(node, wanted) w
         ), member AS MATERIALIZED (
           SELECT w.party_id, sum(w.priced) = sum(w.counted) AS is_priced
             FROM worked w
            GROUP BY w.party_id
           HAVING count(w.cost_object) > 0
         ), wanted_rows AS MATERIALIZED (
           SELECT row_number() OVER (ORDER BY s.number, w.cost_object COLLATE "C" NULLS FIRST) AS number,
                  w.party_id, d.id AS cost_object_id,
                  CASE WHEN m.is_priced THEN w.worth ELSE w.minutes END AS weight
             FROM worked w
             JOIN member m ON m.party_id = w.party_id
             JOIN pay_run_share s ON s.node_id = node AND s.run_number = wanted AND s.party_id = w.party_id
             LEFT JOIN dimension d ON d.node_id = node AND d.kind = 'cost_object' AND d.code = w.cost_object
         ), kept AS MATERIALIZED (
           SELECT c.number, c.party_id, c.cost_object_id, c.weight
             FROM pay_run_cost c WHERE c.node_id = node AND c.run_number = wanted
         )
         (SELECT number, party_id, cost_object_id, weight FROM wanted_rows
           EXCEPT SELECT number, party_id, cost_object_id, weight FROM kept)
         UNION ALL
         (SELECT number, party_id, cost_object_id, weight FROM kept
           EXCEPT SELECT number, party_id, cost_object_id, weight FROM wanted_rows)
         UNION ALL
         SELECT r.number, NULL, NULL, NULL FROM pay_run r
          WHERE r.node_id = node AND r.number = wanted AND r.costs <> (SELECT count(*) FROM kept)) THEN
      RETURN 'its costs are not those of its hours';
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- What is wrong with the part of a run that is paid in a local unit: NULL if nothing is.
CREATE FUNCTION pay_run_local_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN r.is_part_local <> (l.run_number IS NOT NULL) THEN 'its local part is not as it was proposed with'
    WHEN l.run_number IS NULL THEN NULL
    WHEN l.unit_id = r.unit_id OR l.rate_number IS DISTINCT FROM (
           SELECT x.number FROM unit_rate x
            WHERE x.node_id = node AND x.number <= l.rates_known AND x.from_on <= r.booked_on
              AND (x.from_unit_id, x.to_unit_id) = (r.unit_id, l.unit_id)
            ORDER BY x.from_on DESC, x.number DESC
            LIMIT 1)
      THEN 'its local part is not at the rate of its day'
    WHEN (SELECT count(*) FILTER (WHERE a.id = l.payable_account_id AND a.type = 'liability'
                                    AND a.unit_id = l.unit_id) = 1
                 AND count(*) FILTER (WHERE a.id = l.conversion_account_id AND a.type = 'equity'
                                        AND a.unit_id = r.unit_id) = 1
                 AND count(*) FILTER (WHERE a.id = l.local_conversion_account_id AND a.type = 'equity'
                                        AND a.unit_id = l.unit_id) = 1
            FROM account a
           WHERE a.node_id = node
             AND a.id IN (l.payable_account_id, l.conversion_account_id, l.local_conversion_account_id))
         IS NOT TRUE THEN 'the accounts of its local part are not of their kind'
    WHEN EXISTS (
           SELECT FROM pay_run_share s
             LEFT JOIN pay_run_local_share m ON m.node_id = node AND m.run_number = wanted
                   AND m.number = s.number AND m.party_id = s.party_id
            CROSS JOIN LATERAL (
                  SELECT least(floor((2 * s.paid_minor::numeric * coalesce(m.numerator, l.numerator)
                                      + coalesce(m.denominator, l.denominator))
                                     / (2 * coalesce(m.denominator, l.denominator))),
                               l.most_minor) AS minor) p
            CROSS JOIN LATERAL (
                  SELECT div(2 * p.minor * x.numerator * 10::numeric ^ t.scale
                               + x.denominator * 10::numeric ^ f.scale,
                             2 * x.denominator * 10::numeric ^ f.scale) AS local_minor
                    FROM unit_rate x, unit f, unit t
                   WHERE x.node_id = node AND x.number = l.rate_number AND f.id = r.unit_id
                     AND t.id = l.unit_id) q
            WHERE s.node_id = node AND s.run_number = wanted
              AND (m.minor, m.local_minor) IS DISTINCT FROM
                  (CASE WHEN q.local_minor = 0 THEN 0 ELSE p.minor END, q.local_minor))
      THEN 'its local part is not the share of what is paid'
    END
    FROM pay_run r
    LEFT JOIN pay_run_local l ON l.node_id = node AND l.run_number = r.number
   WHERE r.node_id = node AND r.number = wanted
$$;

-- What is wrong with a run, its shares and the claims it settles; NULL if nothing is.
CREATE FUNCTION pay_run_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM pay_run b
           WHERE b.node_id = node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN (r.members, r.members) <> (t.counted, t.last) THEN 'it has other members than it was proposed with'
    WHEN (r.paid_minor, r.deferred_minor) <> (t.paid, t.deferred) THEN 'its shares do not add up to it'
    WHEN r.kind IN ('wages', 'settlement') AND NOT EXISTS (SELECT FROM sharing_version v
           WHERE (v.node_id, v.code, v.version, v.rule_hash) = (node, r.rule_code, r.rule_version,
             r.rule_hash)
             AND v.valid_from <= r.to_on
             AND NOT EXISTS (SELECT FROM sharing_version w
                   WHERE w.node_id = node AND w.code = v.code AND w.version > v.version
                     AND w.valid_from <= r.to_on AND w.recorded_at < r.recorded_at))
      THEN 'its rule is not the one that was in force'
    WHEN (SELECT count(*) FILTER (WHERE a.id = r.wages_account_id
                   AND (a.type = 'expense' OR r.kind = 'opening' AND a.type = 'equity')) = 1
            AND (r.payable_account_id IS NULL
                 OR count(*) FILTER (WHERE a.id = r.payable_account_id AND a.type = 'liability') = 1)
            AND (r.deferred_account_id IS NULL OR count(*) FILTER (WHERE a.id = r.deferred_account_id
                  AND a.type = CASE r.deferred_as WHEN 'debt' THEN 'liability' ELSE 'equity' END) = 1)
            AND bool_and(a.unit_id = r.unit_id)
            FROM account a
           WHERE a.node_id = node AND a.id IN (r.wages_account_id, r.payable_account_id,
             r.deferred_account_id))
         IS NOT TRUE OR NOT is_dimension(node, r.fund_id, 'fund') AND r.fund_id IS NOT NULL
      THEN 'its accounts are not of their kind'
    WHEN r.kind = 'opening' AND EXISTS (SELECT FROM pay_run_share s
           WHERE s.node_id = node AND s.run_number = wanted AND (s.deferred_minor = 0 OR s.claim_minor > 0))
      THEN 'claims from before are above zero'
    WHEN (r.lots, r.lots) <> (SELECT count(*), coalesce(max(l.number), 0) FROM pay_run_lot l
           WHERE l.node_id = node AND l.run_number = wanted) THEN 'it has other claims than it was proposed '
             'with'
    WHEN r.kind <> 'wages' AND EXISTS (SELECT FROM pay_run_share s
           WHERE s.node_id = node AND s.run_number = wanted AND (s.minutes > 0 OR cardinality(s.hours) > 0))
      THEN 'only wages collect hours'
    WHEN r.kind IN ('settlement', 'lapse') AND EXISTS (
           SELECT FROM pay_run_share s
             LEFT JOIN pay_run_lot l ON l.node_id = node AND l.run_number = wanted AND l.party_id = s.party_id
            WHERE s.node_id = node AND s.run_number = wanted
            GROUP BY s.number, s.paid_minor
           HAVING CASE r.kind WHEN 'settlement' THEN s.paid_minor <> coalesce(sum(l.settled_minor), 0)
                              ELSE count(l.number) = 0 OR bool_or(l.settled_minor < l.open_minor) END)
      THEN 'what it pays is not what it settles'
    WHEN r.kind = 'lapse' AND r.amount_minor <> (SELECT sum(l.settled_minor) FROM pay_run_lot l
           WHERE l.node_id = node AND l.run_number = wanted) THEN 'what lapses does not add up to it'
    WHEN is_live_pay_run(node, wanted) AND EXISTS (
           SELECT FROM pay_run_lot l
             JOIN pay_run c ON c.node_id = node AND c.number = l.claim_run
             JOIN pay_run_share s ON s.node_id = node AND s.run_number = l.claim_run AND s.party_id =
               l.party_id
            WHERE l.node_id = node AND l.run_number = wanted
              AND (c.kind NOT IN ('wages', 'opening')
                   OR (c.deferred_as, c.unit_id) <> (r.deferred_as, r.unit_id)
                   OR c.booked_on > r.booked_on
                   OR NOT EXISTS (SELECT FROM pay_run_step p WHERE p.node_id = node
                                     AND p.run_number = l.claim_run AND p.step = 'posted')
                   OR NOT is_live_pay_run(node, l.claim_run)
                   OR s.deferred_minor < (SELECT sum(o.settled_minor) FROM pay_run_lot o
                        WHERE o.node_id = node AND o.claim_run = l.claim_run AND o.party_id = l.party_id
                          AND is_live_pay_run(node, o.run_number))))
      THEN 'it settles claims that are not open'
    ELSE coalesce(pay_run_local_fault(node, wanted),
                  CASE WHEN r.kind = 'wages' THEN coalesce(pay_run_hours_fault(node, wanted),
                                                           pay_run_costs_fault(node, wanted)) END)
    END
    FROM pay_run r
   CROSS JOIN LATERAL (
         SELECT count(*) AS counted, coalesce(max(s.number), 0) AS last, coalesce(sum(s.paid_minor), 0) AS
           paid,
                coalesce(sum(s.deferred_minor), 0) AS deferred
           FROM pay_run_share s
          WHERE s.node_id = r.node_id AND s.run_number = r.number) t
   WHERE r.node_id = node AND r.number = wanted
$$;

CREATE FUNCTION check_pay_run() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text := pay_run_fault(NEW.node_id, NEW.number);
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON pay_run DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_pay_run();

-- A run has the shares and lots that it was proposed with: what is added would be numbered beyond them.
CREATE FUNCTION check_pay_parts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
  SET enable_hashjoin = on AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT n.node_id, n.run_number, max(n.number) AS last
                            FROM new_rows n GROUP BY n.node_id, n.run_number) n
               LEFT JOIN pay_run r ON (r.node_id, r.number) = (n.node_id, n.run_number)
              WHERE r.number IS NULL
                 OR n.last > CASE TG_TABLE_NAME
                      WHEN 'pay_run_lot' THEN r.lots
                      WHEN 'pay_run_cost' THEN r.costs
                      WHEN 'pay_run_local_share' THEN CASE WHEN r.is_part_local THEN r.members ELSE 0 END
                      ELSE r.members END)
     OR EXISTS (SELECT FROM new_rows n
                 WHERE NOT EXISTS (SELECT FROM party p
                                    WHERE (p.node_id, p.id) = (n.node_id, n.party_id))) THEN
    RAISE EXCEPTION 'nothing is added to a pay run'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_share REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_pay_parts();
CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_lot REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_pay_parts();
CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_cost REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_pay_parts();

CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_local_share REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION check_pay_parts();

CREATE FUNCTION check_pay_local() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pay_run r
                  WHERE (r.node_id, r.number) = (NEW.node_id, NEW.run_number) AND r.is_part_local) THEN
    RAISE EXCEPTION 'nothing is added to a pay run' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_local
  FOR EACH ROW EXECUTE FUNCTION check_pay_local();

-- What a run's entries say of the expense: by cost object and fund. What is paid is taken from the run's
-- fund; each amount of a member is split by the weights of the hours that it is for, largest remainder, ties
-- in the order of the weights.
CREATE FUNCTION pay_run_spent(node int, wanted int)
  RETURNS TABLE (cost_object_id int, fund_id int, minor numeric)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH run AS MATERIALIZED (
    SELECT r.kind, r.deferred_as, r.fund_id, r.deferred_account_id
      FROM pay_run r WHERE r.node_id = node AND r.number = wanted
  ), amount AS MATERIALIZED (
    SELECT s.run_number AS claim_run, s.party_id, p.is_paid,
           CASE WHEN p.is_paid THEN s.paid_minor ELSE s.deferred_minor END AS minor, 1 AS sign
      FROM run r
      JOIN pay_run_share s ON s.node_id = node AND s.run_number = wanted
      JOIN (VALUES (true), (false)) AS p (is_paid) ON p.is_paid OR r.deferred_account_id IS NOT NULL
     WHERE r.kind = 'wages'
    UNION ALL
    SELECT l.claim_run, l.party_id, p.is_paid, l.settled_minor, CASE WHEN p.is_paid THEN 1 ELSE -1 END
      FROM run r
      JOIN pay_run_lot l ON l.node_id = node AND l.run_number = wanted
      JOIN (VALUES (true), (false)) AS p (is_paid) ON r.deferred_as <> 'points' OR p.is_paid
     WHERE r.kind = 'settlement' AND (r.deferred_as = 'points' OR r.fund_id IS NOT NULL)
    UNION ALL
    SELECT l.claim_run, l.party_id, false, l.settled_minor, -1
      FROM run r
      JOIN pay_run_lot l ON l.node_id = node AND l.run_number = wanted
     WHERE r.kind = 'lapse' AND r.deferred_as <> 'points'
  ), weighed AS (
    SELECT a.claim_run, a.party_id, a.is_paid, a.minor, a.sign, c.number, c.cost_object_id,
           div(a.minor::numeric * c.weight, sum(c.weight) OVER parts) AS whole,
           mod(a.minor::numeric * c.weight, sum(c.weight) OVER parts) AS rest
      FROM amount a
      JOIN pay_run_cost c ON c.node_id = node AND c.run_number = a.claim_run AND c.party_id = a.party_id
    WINDOW parts AS (PARTITION BY a.claim_run, a.party_id, a.is_paid)
  ), part AS (
    SELECT w.cost_object_id, w.is_paid,
           w.sign * (w.whole + CASE WHEN row_number() OVER (of_amount ORDER BY w.rest DESC, w.number)
                                         <= w.minor - sum(w.whole) OVER of_amount THEN 1 ELSE 0 END) AS minor
      FROM weighed w
    WINDOW of_amount AS (PARTITION BY w.claim_run, w.party_id, w.is_paid)
    UNION ALL
    SELECT NULL, a.is_paid, sum(a.sign * a.minor)
      FROM amount a
     WHERE NOT EXISTS (SELECT FROM pay_run_cost c
                        WHERE c.node_id = node AND c.run_number = a.claim_run AND c.party_id = a.party_id)
     GROUP BY a.is_paid
  )
  SELECT p.cost_object_id, CASE WHEN p.is_paid THEN r.fund_id END, sum(p.minor)
    FROM part p CROSS JOIN run r
   GROUP BY 1, 2
$$;

-- What a run's entries say: by account, member, cost object and fund; an account may come more than once.
CREATE FUNCTION pay_run_said(node int, wanted int)
  RETURNS TABLE (account_id int, member_id int, cost_object_id int, fund_id int, minor bigint)
  LANGUAGE sql STABLE SET search_path = public, pg_temp SET enable_hashjoin = on SET enable_seqscan = on AS $$
  SELECT x.account_id, x.member_id, x.cost_object_id, x.fund_id, x.minor
    FROM (SELECT r.payable_account_id AS account_id, p.dimension_id AS member_id, NULL::int AS cost_object_id,
                 NULL::int AS fund_id, -s.paid_minor AS minor
            FROM pay_run r
            JOIN pay_run_share s ON s.node_id = node AND s.run_number = r.number
            JOIN party p ON p.node_id = node AND p.id = s.party_id
           WHERE r.node_id = node AND r.number = wanted AND r.payable_account_id IS NOT NULL
          UNION ALL
          SELECT r.deferred_account_id, p.dimension_id, NULL, NULL, -s.deferred_minor
            FROM pay_run r
            JOIN pay_run_share s ON s.node_id = node AND s.run_number = r.number
            JOIN party p ON p.node_id = node AND p.id = s.party_id
           WHERE r.node_id = node AND r.number = wanted AND r.deferred_account_id IS NOT NULL
          UNION ALL
          SELECT c.deferred_account_id, p.dimension_id, NULL, NULL, l.settled_minor
            FROM pay_run_lot l
            JOIN pay_run c ON c.node_id = node AND c.number = l.claim_run
            JOIN party p ON p.node_id = node AND p.id = l.party_id
           WHERE l.node_id = node AND l.run_number = wanted AND c.deferred_account_id IS NOT NULL
          UNION ALL
          SELECT r.wages_account_id, NULL, t.cost_object_id, t.fund_id, t.minor::bigint
            FROM pay_run r
           CROSS JOIN LATERAL pay_run_spent(node, r.number) t
           WHERE r.node_id = node AND r.number = wanted
          UNION ALL
          SELECT r.wages_account_id, NULL, NULL, NULL, r.deferred_minor
            FROM pay_run r
           WHERE r.node_id = node AND r.number = wanted AND r.kind = 'opening'
             AND r.deferred_account_id IS NOT NULL
          UNION ALL
          SELECT y.account_id, y.member_id, NULL, NULL, y.minor
            FROM pay_run_local l
            JOIN pay_run r ON r.node_id = node AND r.number = wanted
            JOIN pay_run_local_share m ON m.node_id = node AND m.run_number = wanted
            JOIN party p ON p.node_id = node AND p.id = m.party_id
           CROSS JOIN LATERAL (VALUES (r.payable_account_id, p.dimension_id, m.minor),
                                      (l.conversion_account_id, NULL, -m.minor),
                                      (l.local_conversion_account_id, NULL, m.local_minor),
                                      (l.payable_account_id, p.dimension_id, -m.local_minor))
                 AS y (account_id, member_id, minor)
           WHERE l.node_id = node AND l.run_number = wanted) x
$$;

-- What is wrong with the steps of a run, and with its entries; NULL if nothing is.
CREATE FUNCTION pay_step_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH step AS (
    SELECT s.number, s.step, s.first_entry, s.last_entry, s.recorded_by, s.recorded_at,
           row_number() OVER (ORDER BY s.number) AS counted,
           count(*) FILTER (WHERE s.step = 'approved') OVER (ORDER BY s.number) AS approvals,
           lag(s.step) OVER (ORDER BY s.number) AS before
      FROM pay_run_step s
     WHERE s.node_id = node AND s.run_number = wanted
  ), posted AS (
    SELECT s.first_entry, s.last_entry FROM step s WHERE s.step = 'posted'
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM step s WHERE s.number <> s.counted) THEN 'its steps have a gap'
    WHEN EXISTS (SELECT FROM step s JOIN pay_run r ON r.node_id = node AND r.number = wanted
                  WHERE s.step = 'approved' AND s.recorded_by = r.recorded_by)
      THEN 'nobody approves what they wrote'
    WHEN EXISTS (SELECT FROM step s
                   JOIN pay_run r ON r.node_id = node AND r.number = wanted
                   JOIN party_user u ON u.node_id = node AND u.user_id = s.recorded_by
                   JOIN pay_run_share h ON h.node_id = node AND h.run_number = wanted
                    AND h.party_id = u.party_id
                  WHERE s.step = 'approved'
                    AND was_linked(node, u.party_id, u.user_id, r.recorded_at, s.recorded_at))
      THEN 'nobody approves what pays them'
    WHEN EXISTS (SELECT FROM step s
                  WHERE CASE s.step WHEN 'approved' THEN s.approvals > 2 OR s.before <> 'approved'
                          WHEN 'posted' THEN s.approvals <> 2 OR s.before <> 'approved'
                          WHEN 'cancelled' THEN s.before IS NOT NULL AND s.before <> 'approved'
                          ELSE s.before IS DISTINCT FROM 'posted' END)
      THEN 'two people approve what is posted, and what is posted is undone, in this order'
    WHEN EXISTS (SELECT FROM posted) AND EXISTS (
           SELECT FROM (SELECT g.account_id, g.member_id, g.cost_object_id, g.fund_id, g.amount_minor AS minor
                          FROM posted s
                          JOIN posting g ON g.node_id = node
                           AND g.entry_number BETWEEN s.first_entry AND s.last_entry
                        UNION ALL
                        SELECT x.account_id, x.member_id, x.cost_object_id, x.fund_id, -x.minor
                          FROM pay_run_said(node, wanted) x) y
            GROUP BY y.account_id, y.member_id, y.cost_object_id, y.fund_id
           HAVING sum(y.minor) <> 0)
      THEN 'its entries say otherwise'
    WHEN EXISTS (SELECT FROM step s, posted b
                  WHERE s.step = 'undone'
                    AND ((s.first_entry IS NULL) <> (b.first_entry IS NULL)
                         OR s.last_entry - s.first_entry <> b.last_entry - b.first_entry
                         OR EXISTS (SELECT FROM generate_series(b.first_entry, b.last_entry) AS n (number)
                                     WHERE NOT EXISTS (SELECT FROM entry e
                                            WHERE e.node_id = node AND e.reverses = n.number
                                              AND e.number BETWEEN s.first_entry AND s.last_entry))))
      THEN 'it is undone by the reversal of its entries'
    WHEN EXISTS (SELECT FROM posted b
                   JOIN entry e ON e.node_id = node AND e.reverses BETWEEN b.first_entry AND b.last_entry
                  WHERE NOT EXISTS (SELECT FROM step s
                                     WHERE s.step = 'undone'
                                       AND e.number BETWEEN s.first_entry AND s.last_entry))
      THEN 'its entries were reversed, and it does not know'
    WHEN EXISTS (SELECT FROM step s WHERE s.step = 'undone')
         AND EXISTS (SELECT FROM pay_run_lot l
                      WHERE l.node_id = node AND l.claim_run = wanted AND is_live_pay_run(node, l.run_number))
      THEN 'what it deferred was settled'
    END
$$;

CREATE FUNCTION check_pay_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text := pay_step_fault(NEW.node_id, NEW.run_number);
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.run_number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON pay_run_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_pay_step();

-- What became of what a run made payable, by party: ordered for this run (to be paid or paid), waiting for
-- the bank by any order from the same account, and owed in the books.
CREATE FUNCTION pay_run_payables(node int, wanted int) RETURNS TABLE (party_id int, ordered_minor bigint,
  waiting_minor bigint, owed_minor bigint, local_owed_minor bigint) LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH run AS (
    SELECT r.payable_account_id AS account_id, 'PR' || r.number AS source
      FROM pay_run r
     WHERE r.node_id = node AND r.number = wanted
  ), ordered AS (
    SELECT o.party_id, coalesce(sum(o.amount_minor) FILTER (WHERE o.source = r.source), 0)::bigint AS of_run,
           coalesce(sum(o.amount_minor) FILTER (WHERE p.paid IS NULL), 0)::bigint AS waiting
      FROM run r
      JOIN disbursement_order o ON o.node_id = node AND o.account_id = r.account_id
     CROSS JOIN LATERAL (
           SELECT max(b.match_number) FILTER (WHERE b.made = 'order') AS paid,
                  max(b.match_number) FILTER (WHERE b.made = 'order_return') AS returned
             FROM bank_match_part b
             JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
            WHERE b.node_id = node AND b.disbursement_number = o.disbursement_number
              AND b.order_number = o.number) p
     WHERE p.returned IS NULL
       AND NOT EXISTS (SELECT FROM disbursement_step s
             WHERE s.node_id = node AND s.disbursement_number = o.disbursement_number
               AND (s.kind = 'cancelled' OR s.kind = 'left_out' AND s.order_number = o.number))
       AND NOT is_rejected_order(node, o.disbursement_number, o.number)
     GROUP BY o.party_id
  ), owed AS (
    SELECT g.member_id, -sum(g.amount_minor)::bigint AS minor
      FROM run r
      JOIN posting g ON g.node_id = node AND g.account_id = r.account_id
     GROUP BY g.member_id
  ), local AS (
    SELECT g.member_id, -sum(g.amount_minor)::bigint AS minor
      FROM pay_run_local l
      JOIN posting g ON g.node_id = node AND g.account_id = l.payable_account_id
     WHERE l.node_id = node AND l.run_number = wanted
     GROUP BY g.member_id
  )
  SELECT s.party_id, coalesce(o.of_run, 0), coalesce(o.waiting, 0), coalesce(w.minor, 0), coalesce(l.minor, 0)
    FROM pay_run_share s
    JOIN party p ON p.node_id = node AND p.id = s.party_id
    LEFT JOIN ordered o ON o.party_id = s.party_id
    LEFT JOIN owed w ON w.member_id = p.dimension_id
    LEFT JOIN local l ON l.member_id = p.dimension_id
   WHERE s.node_id = node AND s.run_number = wanted
$$;

-- When it is undone, at commit: no order for it lives, and no account owes a member less than nothing.
CREATE FUNCTION check_pay_undone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM pay_run_payables(NEW.node_id, NEW.run_number) p
              WHERE p.ordered_minor > 0
                 OR (p.owed_minor < p.waiting_minor OR p.local_owed_minor < 0) AND EXISTS (
                    SELECT FROM pay_run_share s
                     WHERE s.node_id = NEW.node_id AND s.run_number = NEW.run_number
                       AND s.party_id = p.party_id AND s.paid_minor > 0)) THEN
    RAISE EXCEPTION 'pay run % was paid, or is being paid', NEW.run_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_not_paid AFTER INSERT ON pay_run_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.step = 'undone') EXECUTE FUNCTION check_pay_undone();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON pay_tariff, pay_run, pay_run_share, pay_run_lot, pay_run_cost, pay_run_local,
  pay_run_local_share, pay_run_step TO coopledger_service;
