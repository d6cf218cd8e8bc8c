-- Lines that nothing explains may be parked in an account of suspense, by a person, where everybody sees them
-- until somebody knows. And statistics of what large files have filled, for the statements that match them.

-- ---------------------------------------------------------------- suspense

ALTER TABLE bank_account_trait DROP CONSTRAINT bank_account_trait_kind_check;
ALTER TABLE bank_account_trait ADD CONSTRAINT bank_account_trait_kind_check
  CHECK (kind IN ('flips_reversals', 'reading_profile', 'closed', 'suspense'));
COMMENT ON COLUMN bank_account_trait.value IS 'Of suspense: the path of an account of the same unit, or '
  'null.';

ALTER TABLE bank_match DROP CONSTRAINT bank_match_method_check;
ALTER TABLE bank_match ADD CONSTRAINT bank_match_method_check CHECK (method IN ('posting', 'reference',
  'own_order', 'payer', 'similar', 'rule', 'transfer', 'learned', 'suspense', 'hand'));

CREATE FUNCTION check_bank_suspense() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.value <> 'null' AND NOT EXISTS (
       SELECT FROM bank_account b
         JOIN account o ON o.node_id = b.node_id AND o.id = b.account_id
         JOIN account a ON a.node_id = o.node_id AND a.unit_id = o.unit_id AND a.id <> o.id
          AND a.type IN ('asset', 'liability') AND to_jsonb(a.path) = NEW.value
        WHERE (b.node_id, b.number) = (NEW.node_id, NEW.bank_account)) THEN
    RAISE EXCEPTION 'suspense is another asset or liability of the unit'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_of_the_books AFTER INSERT ON bank_account_trait
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'suspense')
  EXECUTE FUNCTION check_bank_suspense();

-- What lies in suspense: lines whose match books a part in an account that is or was their account's
-- suspense, whoever and whatever matched them.
CREATE FUNCTION bank_suspended(of_node int)
  RETURNS TABLE (bank_account int, line_number bigint, booked_on date, amount_minor numeric)
  LANGUAGE sql STABLE AS $$
  SELECT l.bank_account, l.number, l.booked_on, sum(x.amount_minor)
    FROM (SELECT DISTINCT t.bank_account, t.value #>> '{}' AS path
            FROM bank_account_trait t
           WHERE t.node_id = of_node AND t.kind = 'suspense' AND t.value <> 'null') s
    JOIN bank_account b ON b.node_id = of_node AND b.number = s.bank_account
    JOIN account o ON o.node_id = of_node AND o.id = b.account_id
    JOIN account a ON a.node_id = of_node AND a.path = s.path AND a.unit_id = o.unit_id
    JOIN posting p ON p.node_id = of_node AND p.account_id = a.id
    JOIN bank_match_part x ON x.node_id = of_node AND x.entry_number = p.entry_number AND x.made = 'entry'
    JOIN bank_match m ON m.node_id = of_node AND m.number = x.match_number AND m.live
    JOIN bank_line l ON l.node_id = of_node AND l.number = m.line_number AND l.bank_account = s.bank_account
   GROUP BY l.bank_account, l.number, l.booked_on
$$;

-- ---------------------------------------------------------------- statistics

-- In the first month of new books nothing is known of how many rows there are, and autovacuum looks only
-- later. The service may not analyse tables; it may ask for these ones.
CREATE FUNCTION analyse_bank() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  ANALYZE bank_statement, bank_line, bank_detail, bank_live_line, bank_match, bank_match_part, bank_payer,
    bank_account_trait, bank_import_step, charge, charge_reversal, debtor, payment, payment_share,
    payment_return, party, entry, posting;
END $$;
REVOKE ALL ON FUNCTION analyse_bank() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyse_bank() TO coopledger_service;
