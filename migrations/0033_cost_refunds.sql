-- Bills and credit notes that come to nothing, or to a refund, are divided like any others.

ALTER TABLE cost_allocation DROP CONSTRAINT cost_allocation_amount_minor_check;
ALTER TABLE cost_share DROP CONSTRAINT cost_share_share_minor_check;
COMMENT ON COLUMN cost_allocation.amount_minor IS 'What the bills come to. Below zero: a refund; zero: bills '
  'and credit notes that even out.';
COMMENT ON COLUMN cost_share.share_minor IS 'Of a refund below zero: what somebody gets.';

-- As before (0024), and shares have the sign of the sum: of nothing, nobody has a share.
CREATE OR REPLACE FUNCTION cost_allocation_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH billed AS (
    SELECT b.payer_kind AS kind, b.payer_code AS code,
           coalesce(sum(b.amount_minor) FILTER (WHERE b.kind = 'paid'), 0) AS paid,
           coalesce(sum(b.amount_minor) FILTER (WHERE b.kind <> 'paid'), 0) AS given
      FROM cost_allocation_bill x
      JOIN cost_bill b ON b.node_id = x.node_id AND b.number = x.bill_number
     WHERE x.node_id = of_node AND x.allocation_number = wanted
     GROUP BY 1, 2
  ), named AS (
    SELECT c.kind, c.code
      FROM cost_allocation a
      JOIN cost_participant c ON c.node_id = a.node_id AND c.pool_number = a.pool_number AND c.term = a.term
     WHERE a.node_id = of_node AND a.number = wanted
  ), told AS (
    SELECT s.place, s.kind, s.code, s.takes_part, s.share_minor, s.paid_minor, s.given_minor
      FROM cost_share s
     WHERE s.node_id = of_node AND s.allocation_number = wanted
  )
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM cost_allocation b
           WHERE b.node_id = of_node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN a.term IS DISTINCT FROM cost_term_on(of_node, a.pool_number, a.to_on)
         AND NOT EXISTS (SELECT FROM cost_pool_term t
               WHERE t.node_id = of_node AND t.pool_number = a.pool_number AND t.term > a.term
                 AND t.recorded_at > a.recorded_at) THEN 'its term did not hold'
    WHEN NOT EXISTS (SELECT FROM sharing_version v
                       JOIN cost_pool_term t ON t.node_id = v.node_id AND t.rule_code = v.code
                      WHERE v.node_id = of_node AND v.number = a.rule_version AND v.rule IS NOT NULL
                        AND v.valid_from <= a.to_on AND t.pool_number = a.pool_number AND t.term = a.term)
      THEN 'its rule is not that of the pool'
    WHEN EXISTS (SELECT FROM sharing_version v
                   JOIN sharing_version w ON w.node_id = v.node_id AND w.code = v.code
                    AND w.valid_from > v.valid_from
                  WHERE v.node_id = of_node AND v.number = a.rule_version AND w.valid_from <= a.to_on
                    AND w.recorded_at < a.recorded_at)
      THEN 'its rule was replaced before that'
    WHEN a.values_known > (SELECT count(*) FROM place_value x WHERE x.node_id = of_node)
      THEN 'it knows values of places that there are not'
    WHEN (a.shares::bigint, a.shares) <> (SELECT count(*), coalesce(max(t.place), 0) FROM told t)
      THEN 'its shares have a gap'
    WHEN (a.amount_minor, a.amount_minor, a.given_minor)
         <> (SELECT sum(t.share_minor), sum(t.paid_minor), sum(t.given_minor) FROM told t)
      THEN 'its shares do not add up to the bills'
    WHEN EXISTS (SELECT FROM told t
                  WHERE t.share_minor <> 0 AND sign(t.share_minor) <> sign(a.amount_minor))
      THEN 'a share goes against its bills'
    WHEN EXISTS (SELECT FROM told t
                   FULL JOIN billed b ON b.kind = t.kind AND b.code = t.code
                  WHERE coalesce(t.paid_minor, 0) <> coalesce(b.paid, 0)
                     OR coalesce(t.given_minor, 0) <> coalesce(b.given, 0)
                     OR t.place IS NULL OR b.code IS NULL AND NOT t.takes_part)
      THEN 'somebody paid or gave something else'
    WHEN EXISTS (SELECT FROM (SELECT t.kind, t.code FROM told t WHERE t.takes_part) t
                   FULL JOIN named n ON n.kind = t.kind AND n.code = t.code
                  WHERE t.code IS NULL OR n.code IS NULL)
      THEN 'others share it than its term says'
    ELSE cost_taken_fault(of_node, wanted)
    END
    FROM cost_allocation a
   WHERE a.node_id = of_node AND a.number = wanted
$$;
