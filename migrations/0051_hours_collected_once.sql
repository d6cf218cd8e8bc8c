-- A pay run looks at its hours once: what is collected for it is kept beside it by the schema, and at commit
-- the shares are compared with that instead of with every hour again. Whatever was not collected so, in the
-- same database transaction, is judged hour by hour as before, as is everything by verify.

CREATE INDEX hours_taken_back ON work_hours_step (node_id, hours_number) WHERE number = 2;
CREATE INDEX work_hours_for_cost_objects ON work_hours (node_id, worked_on) WHERE cost_object IS NOT NULL;

-- What approved hours of a period come to that are to be paid, by member; those whose tariffs are of other
-- units apart. Each tariff is looked up once for a member, kind, circle, cost object and stretch of days in
-- which none begins, as pay_run_worked() does. Planned for many rows, wherever it is asked from.
-- of_circle: only hours for it; nothing: for any. known: the last tariff that counts. also_collected: hours
-- that a run has which lives, too. costs: for each cost object its code, minutes, and minutes times tariff,
-- if any of the hours names one; may name one twice.
CREATE FUNCTION hours_to_pay(of_node int, first_day date, last_day date, of_unit int, of_circle int,
                             known int, also_collected boolean)
  RETURNS TABLE (party_id int, member text, is_of_unit boolean, minutes bigint, records bigint, hours int[],
                 priced bigint, worth bigint, lowest bigint, highest bigint, costs text)
  LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp SET enable_nestloop = off SET enable_mergejoin = off
  SET enable_hashjoin = on SET enable_seqscan = on SET enable_bitmapscan = on SET enable_sort = off
  SET plan_cache_mode = force_custom_plan SET work_mem = '192MB' SET jit = off AS $$
#variable_conflict use_column
DECLARE stretches date[]; runs int[];
  any_costs boolean := EXISTS (SELECT FROM work_hours h
                                WHERE h.node_id = of_node AND h.worked_on BETWEEN first_day AND last_day
                                  AND h.cost_object IS NOT NULL);
BEGIN
  stretches := array(SELECT '-infinity'::date
                      UNION SELECT t.from_on FROM pay_tariff t
                             WHERE t.node_id = of_node AND t.number <= known
                               AND t.from_on > first_day AND t.from_on <= last_day
                      ORDER BY 1);
  runs := array(SELECT r.number FROM pay_run r
                 WHERE r.node_id = of_node AND NOT also_collected AND r.kind = 'wages'
                   AND r.from_on <= last_day AND r.to_on >= first_day AND is_live_pay_run(of_node, r.number));
  RETURN QUERY
  WITH tariff AS MATERIALIZED (
    SELECT t.kind, t.circle_id, t.party_id, t.from_on, t.until_on, t.amount_minor, t.unit_id
      FROM pay_tariff_days(of_node, known) t
  ), taken AS MATERIALIZED (
    SELECT unnest(s.hours) AS number
      FROM pay_run_share s WHERE s.node_id = of_node AND s.run_number = ANY (runs)
  ), stretch AS (
    SELECT h.party_id, h.kind, h.circle_id, h.cost_object, min(h.worked_on) AS day, count(*) AS records,
           sum(h.minutes) AS minutes, array_agg(h.number) AS hours
      FROM work_hours h
      JOIN work_hours_step a ON a.hours_number = h.number AND a.node_id = of_node AND a.number = 1
       AND a.kind = 'approved'
     WHERE h.node_id = of_node AND h.worked_on BETWEEN first_day AND last_day AND h.intent = 'paid'
       AND (of_circle IS NULL OR h.circle_id = of_circle)
       AND NOT EXISTS (SELECT FROM work_hours_step b
                        WHERE b.hours_number = h.number AND b.node_id = of_node AND b.number = 2)
       AND NOT EXISTS (SELECT FROM taken k WHERE k.number = h.number)
     GROUP BY h.party_id, h.kind, h.circle_id, h.cost_object, width_bucket(h.worked_on, stretches)
  ), valued AS (
    SELECT s.party_id, s.cost_object, s.records, s.minutes, s.hours,
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
  ), single AS MATERIALIZED (
    SELECT count(*) = count(DISTINCT v.party_id) AS of_each FROM valued v
  )
  SELECT v.party_id, p.number, v.of_unit, v.minutes, v.records, v.hours, v.priced, v.worth, v.lowest,
         v.highest, v.costs
    FROM (SELECT v.party_id, v.unit_id IS NULL OR v.unit_id = of_unit AS of_unit,
                 sum(v.minutes)::bigint AS minutes, sum(v.records)::bigint AS records,
                 CASE WHEN (SELECT s.of_each FROM single s) THEN min(v.hours)
                      ELSE string_to_array(string_agg(array_to_string(v.hours, ','), ',')
                             FILTER (WHERE NOT (SELECT s.of_each FROM single s)), ',')::int[] END AS hours,
                 coalesce(sum(v.records) FILTER (WHERE v.rate IS NOT NULL), 0)::bigint AS priced,
                 coalesce(sum(v.minutes * v.rate), 0)::bigint AS worth, min(v.rate) AS lowest,
                 max(v.rate) AS highest,
                 CASE WHEN count(v.cost_object) > 0
                      THEN string_agg(format('%s %s %s', v.cost_object, v.minutes,
                                             coalesce(v.minutes * v.rate, 0)), ';')
                             FILTER (WHERE any_costs) ELSE '' END AS costs
            FROM valued v
           GROUP BY v.party_id, v.unit_id IS NULL OR v.unit_id = of_unit) v
    JOIN party p ON p.node_id = of_node AND p.id = v.party_id;
END $$;

-- ---------------------------------------------------------------- what was collected for a run

CREATE UNLOGGED TABLE pay_collected (
  node_id       int     NOT NULL,
  run_number    int     NOT NULL,
  party_id      int     NOT NULL,
  is_of_unit    boolean NOT NULL,
  from_on       date    NOT NULL,
  to_on         date    NOT NULL,
  unit_id       int     NOT NULL,
  circle_id     int,
  tariffs_known int     NOT NULL,
  minutes       bigint  NOT NULL,
  hours         int[]   NOT NULL,
  is_priced     boolean NOT NULL,
  claim_minor   bigint  NOT NULL,
  rate_minor    bigint,
  collected_in  xid8    NOT NULL
);
CREATE INDEX pay_collected_of_node ON pay_collected (node_id);
COMMENT ON TABLE  pay_collected IS 'What collect_hours_for_run() found in the hours, for the run that is '
  'being proposed, by member. It says something only within the database transaction that collected it '
  '(collected_in), and goes when the node collects again.';
COMMENT ON COLUMN pay_collected.is_of_unit IS 'Their tariffs are of the unit, or they have none. Hours with '
  'other tariffs wait for another run.';
COMMENT ON COLUMN pay_collected.from_on IS 'As the run is to say, as are to_on, unit_id, circle_id and '
  'tariffs_known.';
COMMENT ON COLUMN pay_collected.minutes IS 'As the share is to say, as are hours, is_priced, claim_minor and '
  'rate_minor.';

-- Collects for a run that is being proposed; answers what it found, without the hours. With the rights of the
-- schema's owner: the service may only read what is kept here.
CREATE FUNCTION collect_hours_for_run(of_node int, run int, first_day date, last_day date, of_unit int,
                                      of_circle int)
  RETURNS TABLE (party_id int, member text, is_of_unit boolean, minutes bigint, records bigint,
                 priced bigint, worth bigint, lowest bigint, highest bigint, costs text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE known int := (SELECT coalesce(max(t.number), 0) FROM pay_tariff t WHERE t.node_id = of_node);
BEGIN
  DELETE FROM pay_collected c WHERE c.node_id = of_node;
  RETURN QUERY
  WITH found AS MATERIALIZED (
    SELECT f.party_id, f.member, f.is_of_unit, f.minutes, f.records, f.hours, f.priced, f.worth, f.lowest,
           f.highest, f.costs
      FROM hours_to_pay(of_node, first_day, last_day, of_unit, of_circle, known, false) f
  ), kept AS (
    INSERT INTO pay_collected (node_id, run_number, party_id, is_of_unit, from_on, to_on, unit_id, circle_id,
                               tariffs_known, minutes, hours, is_priced, claim_minor, rate_minor,
                               collected_in)
    SELECT of_node, run, f.party_id, f.is_of_unit, first_day, last_day, of_unit, of_circle, known, f.minutes,
           f.hours, f.priced = f.records,
           CASE WHEN f.priced = f.records THEN div(2 * f.worth::numeric + 60, 120)::bigint ELSE 0 END,
           CASE WHEN f.priced = f.records AND f.lowest = f.highest THEN f.lowest END, pg_current_xact_id()
      FROM found f
  )
  SELECT f.party_id, f.member, f.is_of_unit, f.minutes, f.records, f.priced, f.worth, f.lowest, f.highest,
         f.costs
    FROM found f;
END $$;
REVOKE ALL ON FUNCTION collect_hours_for_run(int, int, date, date, int, int) FROM PUBLIC;

-- Whether the shares of a run say what was collected for it, in this very database transaction, and none of
-- it was taken back since.
CREATE FUNCTION is_as_collected(node int, wanted int) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp SET enable_nestloop = off SET enable_mergejoin = off
  SET enable_hashjoin = on SET enable_seqscan = on SET enable_bitmapscan = on
  SET plan_cache_mode = force_custom_plan SET work_mem = '64MB' SET jit = off AS $$
DECLARE here xid8 := pg_current_xact_id_if_assigned();
BEGIN
  RETURN EXISTS (SELECT FROM pay_collected c
                  WHERE c.node_id = node AND c.run_number = wanted AND c.collected_in = here)
     AND NOT EXISTS (SELECT FROM pay_run r
                       JOIN pay_run_share s ON s.node_id = node AND s.run_number = wanted
                       LEFT JOIN pay_collected c ON c.party_id = s.party_id AND c.node_id = node
                             AND c.run_number = wanted AND c.is_of_unit AND c.collected_in = here
                             AND (c.from_on, c.to_on, c.unit_id, c.tariffs_known, coalesce(c.circle_id, 0))
                                 = (r.from_on, r.to_on, r.unit_id, r.tariffs_known, coalesce(r.circle_id, 0))
                      WHERE r.node_id = node AND r.number = wanted
                        AND (s.minutes, s.hours, s.is_priced, s.claim_minor, coalesce(s.rate_minor, 0))
                            <> (coalesce(c.minutes, 0), coalesce(c.hours, '{}'), coalesce(c.is_priced, true),
                                coalesce(c.claim_minor, 0), coalesce(c.rate_minor, 0)))
     AND NOT EXISTS (SELECT FROM (SELECT unnest(c.hours) AS number FROM pay_collected c
                                   WHERE c.node_id = node AND c.run_number = wanted AND c.is_of_unit) x
                       JOIN work_hours_step b ON b.hours_number = x.number AND b.node_id = node
                        AND b.number = 2);
END $$;

-- As before (0032); what was collected for it a moment ago is not looked up again.
CREATE OR REPLACE FUNCTION pay_run_hours_fault(node int, wanted int) RETURNS text LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp SET enable_nestloop = off SET enable_mergejoin = off
  SET enable_hashjoin = on SET enable_seqscan = on SET enable_bitmapscan = on
  SET plan_cache_mode = force_custom_plan SET work_mem = '64MB' SET jit = off AS $$
DECLARE lives boolean := is_live_pay_run(node, wanted); others int[]; fault text;
BEGIN
  IF NOT is_as_collected(node, wanted) THEN
    IF EXISTS (SELECT FROM (SELECT unnest(s.hours) AS number
                              FROM pay_run_share s WHERE s.node_id = node AND s.run_number = wanted) x
               HAVING count(*) <> count(DISTINCT x.number)) THEN
      RETURN 'it has hours twice';
    END IF;
    SELECT CASE
             WHEN bool_or(w.found <> w.counted OR lives AND w.taken_back > 0)
               THEN 'it has hours that are not the member''s, of the period, approved and to be paid'
             WHEN bool_or(w.is_other_unit) THEN 'a tariff is of another unit'
             WHEN bool_or((s.is_priced, s.minutes, s.claim_minor, coalesce(s.rate_minor, 0))
                          <> (coalesce(w.priced = w.counted, true), coalesce(w.minutes, 0),
                              CASE WHEN w.priced = w.counted THEN floor((2 * w.worth + 60) / 120) ELSE 0 END,
                              CASE WHEN w.priced = w.counted AND w.lowest = w.highest THEN w.lowest
                                   ELSE 0 END))
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
  END IF;
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

GRANT SELECT ON pay_collected TO coopledger_service;
GRANT EXECUTE ON FUNCTION collect_hours_for_run(int, int, date, date, int, int) TO coopledger_service;
