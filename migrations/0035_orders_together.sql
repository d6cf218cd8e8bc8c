-- Whether an order must name a mandate is judged by all that its payee gets in the same proposal, so that a
-- payment cut in two is judged as one. Proposals of before stay as they were judged: order by order.

ALTER TABLE disbursement ADD COLUMN counts_together boolean NOT NULL DEFAULT false;
CREATE INDEX disbursement_order_of_account ON disbursement_order (node_id, account_id);
COMMENT ON COLUMN disbursement.counts_together IS 'Orders to one payee count together where a rule of '
  'spending asks for a mandate. False in proposals of before that; never again after one that is true.';

-- As before (0025), but by what the same member, or the same account, gets in the proposal by the same rule.
CREATE OR REPLACE FUNCTION order_without_mandate(node int, disbursement int) RETURNS int LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH asked AS (
    SELECT o.number, o.amount_minor, o.party_id, p.iban, d.counts_together,
           spending_rule_on(o.node_id, 'mandate', a.unit_id, f.id, d.ruled_on, d.rules) AS rule
      FROM disbursement_order o
      JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
      JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
      LEFT JOIN dimension f ON f.node_id = o.node_id AND f.kind = 'fund' AND f.code = o.fund
      LEFT JOIN disbursement_payee p ON p.node_id = o.node_id AND p.order_number = o.number
            AND p.disbursement_number = o.disbursement_number
     WHERE o.node_id = node AND o.disbursement_number = disbursement
       AND (o.purpose <> 'refund' OR a.type <> 'liability' OR o.party_id IS NULL)
  ), counted AS (
    SELECT x.number, x.rule,
           CASE WHEN x.counts_together
                THEN greatest(x.amount_minor,
                              sum(x.amount_minor) FILTER (WHERE x.party_id IS NOT NULL)
                                OVER (PARTITION BY x.rule, x.party_id),
                              sum(x.amount_minor) FILTER (WHERE x.iban IS NOT NULL)
                                OVER (PARTITION BY x.rule, x.iban))
                ELSE x.amount_minor END AS minor
      FROM asked x
  )
  SELECT min(c.number)
    FROM counted c
    JOIN spending_rule r ON r.node_id = node AND r.number = c.rule
   WHERE c.minor >= r.needed_from_minor
     AND NOT EXISTS (SELECT FROM order_mandate x
           WHERE (x.node_id, x.disbursement_number, x.order_number) = (node, disbursement, c.number))
$$;

-- Whether a proposal is judged order by order, though one before it was not.
CREATE FUNCTION counts_apart_again(node int, disbursement int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT NOT d.counts_together
         AND EXISTS (SELECT FROM disbursement b
               WHERE b.node_id = d.node_id AND b.number < d.number AND b.counts_together)
    FROM disbursement d
   WHERE d.node_id = node AND d.number = disbursement
$$;

CREATE OR REPLACE FUNCTION check_ruled_proposal() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN NEW.rules > (SELECT count(*) FROM spending_rule r WHERE r.node_id = NEW.node_id)
      THEN 'it was proposed by rules that there are'
    WHEN NEW.approvals <> approvals_of_proposal(NEW.node_id, NEW.number)
      THEN 'it is approved by as many as its rules say'
    WHEN counts_apart_again(NEW.node_id, NEW.number) THEN 'what one payee gets is counted together'
    WHEN order_without_mandate(NEW.node_id, NEW.number) IS NOT NULL THEN 'so much is paid on a mandate only'
    WHEN order_of_indivisible_fund(NEW.node_id, NEW.number) IS NOT NULL
      THEN 'nothing is paid out of an indivisible fund'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'disbursement % of node %: %', NEW.number, NEW.node_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
