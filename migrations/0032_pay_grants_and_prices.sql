-- A settlement may pay somebody who has no open claim, where the decision says so: the people who hand a
-- co-operative over, say. What it pays beyond claims is granted: an expense of its day, owed to the member.

ALTER TABLE pay_run ADD COLUMN grants boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT a_decision_grants CHECK (NOT grants OR kind = 'settlement' AND decision IS NOT NULL);
COMMENT ON COLUMN pay_run.grants IS 'What it pays beyond open claims is granted by its decision.';

-- As before (0022), and what is granted: for no cost object.
CREATE OR REPLACE FUNCTION pay_run_spent(node int, wanted int)
  RETURNS TABLE (cost_object_id int, fund_id int, minor numeric)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH run AS MATERIALIZED (
    SELECT r.kind, r.deferred_as, r.fund_id, r.deferred_account_id, r.grants
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
    UNION ALL
    SELECT s.run_number, s.party_id, true,
           s.paid_minor - coalesce((SELECT sum(l.settled_minor) FROM pay_run_lot l
                                     WHERE l.node_id = node AND l.run_number = wanted
                                       AND l.party_id = s.party_id), 0)::bigint, 1
      FROM run r
      JOIN pay_run_share s ON s.node_id = node AND s.run_number = wanted
     WHERE r.kind = 'settlement' AND r.grants
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

-- As before (0022); a settlement that grants pays no less than it settles.
CREATE OR REPLACE FUNCTION pay_run_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
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
           HAVING CASE r.kind WHEN 'settlement' THEN s.paid_minor < coalesce(sum(l.settled_minor), 0)
                                OR NOT r.grants AND s.paid_minor > coalesce(sum(l.settled_minor), 0)
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

-- Whether each of the hours of a share has a tariff is kept: hours at two tariffs may come to nothing in a
-- unit without decimals.

ALTER TABLE pay_run_share ADD COLUMN is_priced boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN pay_run_share.is_priced IS 'Each of the hours has a tariff.';

ALTER TABLE pay_run_share DISABLE TRIGGER append_only;
UPDATE pay_run_share s SET is_priced = false
  FROM (SELECT r.node_id, r.number, w.party_id
          FROM pay_run r
         CROSS JOIN LATERAL pay_run_worked(r.node_id, r.number) w
         WHERE r.kind = 'wages'
         GROUP BY r.node_id, r.number, w.party_id
        HAVING sum(w.priced) < sum(w.counted)) x
 WHERE (s.node_id, s.run_number, s.party_id) = (x.node_id, x.number, x.party_id);
ALTER TABLE pay_run_share ENABLE TRIGGER append_only;

-- As before (0022), and whether each of the hours has a tariff.
CREATE OR REPLACE FUNCTION pay_run_hours_fault(node int, wanted int) RETURNS text LANGUAGE plpgsql STABLE
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
           WHEN bool_or((s.is_priced, s.minutes, s.claim_minor, coalesce(s.rate_minor, 0))
                        <> (coalesce(w.priced = w.counted, true), coalesce(w.minutes, 0),
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
