-- The pots of a pay run: what a rule puts aside for servers, a reserve, commons, and what it leaves, kept
-- with the run and booked where its proposal says.

ALTER TABLE pay_run ADD COLUMN pots int NOT NULL DEFAULT 0 CHECK (pots >= 0);
COMMENT ON COLUMN pay_run.pots IS 'How many pots it came with; none: before pots were kept, or nothing was '
  'divided.';

CREATE TABLE pay_run_pot (
  node_id         int    NOT NULL,
  run_number      int    NOT NULL,
  number          int    NOT NULL CHECK (number > 0),
  name            text   NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  received_minor  bigint NOT NULL CHECK (received_minor >= 0),
  paid_minor      bigint NOT NULL CHECK (paid_minor >= 0),
  amount_minor    bigint NOT NULL CHECK (amount_minor >= 0),
  from_account_id int,
  to_account_id   int,
  fund_id         int,
  PRIMARY KEY (node_id, run_number, number),
  CONSTRAINT a_pot_is_once_in_a_run UNIQUE (node_id, run_number, name),
  FOREIGN KEY (node_id, run_number) REFERENCES pay_run,
  FOREIGN KEY (node_id, from_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, to_account_id) REFERENCES account (node_id, id),
  FOREIGN KEY (node_id, fund_id) REFERENCES dimension (node_id, id),
  CONSTRAINT a_pot_gives_no_more_than_it_has CHECK (received_minor - paid_minor >= amount_minor),
  CONSTRAINT a_pot_is_booked_from_and_to CHECK ((from_account_id IS NULL) = (to_account_id IS NULL)
    AND (fund_id IS NULL OR to_account_id IS NOT NULL))
);
COMMENT ON TABLE  pay_run_pot IS 'What became of each pot of a run: the pot itself, and those that its rule '
  'makes. What is paid to members and what stays in all pots add up to the run.';
COMMENT ON COLUMN pay_run_pot.paid_minor IS 'What it paid to members.';
COMMENT ON COLUMN pay_run_pot.amount_minor IS 'What stays in it. The rest went into other pots.';
COMMENT ON COLUMN pay_run_pot.from_account_id IS 'Debited with what stays in it, about the run''s fund. '
  'Nothing: it is not booked.';
COMMENT ON COLUMN pay_run_pot.to_account_id IS 'Credited with it, about the fund that it is for.';
CALL make_append_only('pay_run_pot');

-- What is wrong with the pots of a run: NULL if nothing is.
CREATE FUNCTION pay_run_pots_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN (r.pots, r.pots) <> (t.counted, t.last) THEN 'it has other pots than it was proposed with'
    WHEN r.pots = 0 THEN NULL
    WHEN r.rule_code IS NULL OR t.first IS DISTINCT FROM r.amount_minor
         OR (t.paid, t.paid + t.stays) <> (r.paid_minor, r.amount_minor)
      THEN 'its pots and its shares do not add up to it'
    WHEN EXISTS (SELECT FROM pay_run_pot p
                   LEFT JOIN account f ON f.node_id = node AND f.id = p.from_account_id
                   LEFT JOIN account o ON o.node_id = node AND o.id = p.to_account_id
                  WHERE p.node_id = node AND p.run_number = wanted
                    AND (f.unit_id <> r.unit_id OR o.unit_id <> r.unit_id
                         OR p.fund_id IS NOT NULL AND NOT is_dimension(node, p.fund_id, 'fund')))
      THEN 'the accounts of its pots are not of their kind'
    END
    FROM pay_run r
   CROSS JOIN LATERAL (
         SELECT count(*) AS counted, coalesce(max(p.number), 0) AS last,
                coalesce(sum(p.paid_minor), 0) AS paid,
                coalesce(sum(p.amount_minor), 0) AS stays,
                max(p.received_minor) FILTER (WHERE p.number = 1) AS first
           FROM pay_run_pot p
          WHERE p.node_id = r.node_id AND p.run_number = r.number) t
   WHERE r.node_id = node AND r.number = wanted
$$;

-- As before (0022), and the pots.
CREATE OR REPLACE FUNCTION check_pay_run() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := coalesce(pay_run_fault(NEW.node_id, NEW.number),
                               pay_run_pots_fault(NEW.node_id, NEW.number));
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'pay run %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- A run has the pots that it was proposed with: what is added would be numbered beyond them.
CREATE FUNCTION check_pay_pot() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pay_run r
                  WHERE (r.node_id, r.number) = (NEW.node_id, NEW.run_number) AND NEW.number <= r.pots) THEN
    RAISE EXCEPTION 'nothing is added to a pay run' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER comes_with_its_run AFTER INSERT ON pay_run_pot
  FOR EACH ROW EXECUTE FUNCTION check_pay_pot();

-- As before (0022), and what stays in pots, from one account to another.
CREATE OR REPLACE FUNCTION pay_run_said(node int, wanted int)
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
           WHERE l.node_id = node AND l.run_number = wanted
          UNION ALL
          SELECT y.account_id, NULL, NULL, y.fund_id, y.minor
            FROM pay_run_pot t
            JOIN pay_run r ON r.node_id = node AND r.number = wanted
           CROSS JOIN LATERAL (VALUES (t.from_account_id, r.fund_id, t.amount_minor),
                                      (t.to_account_id, t.fund_id, -t.amount_minor))
                 AS y (account_id, fund_id, minor)
           WHERE t.node_id = node AND t.run_number = wanted AND y.account_id IS NOT NULL) x
$$;

GRANT SELECT, INSERT ON pay_run_pot TO coopledger_service;
