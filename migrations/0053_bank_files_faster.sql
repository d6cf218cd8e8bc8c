-- A file of a bank costs less to keep and to match, and what the schema promises of it stays.

-- That a key is 64 hexadecimal digits was asked with a count in the pattern, which PostgreSQL tries digit by
-- digit: it took half of the time that a line took to write. Sixty-four characters, none of them another,
-- says the same.
ALTER TABLE bank_line DROP CONSTRAINT bank_line_key_check;
ALTER TABLE bank_payer DROP CONSTRAINT bank_payer_account_hash_check;
ALTER TABLE bank_match_word DROP CONSTRAINT bank_match_word_word_hash_check;

-- Digits need no language to be compared.
ALTER TABLE bank_line ALTER COLUMN key TYPE text COLLATE "C";
ALTER TABLE bank_live_line ALTER COLUMN key TYPE text COLLATE "C";
ALTER TABLE bank_payer ALTER COLUMN account_hash TYPE text COLLATE "C";
ALTER TABLE bank_line ADD CONSTRAINT bank_line_key_check
  CHECK (length(key) = 64 AND key !~ '[^0-9a-f]');
ALTER TABLE bank_payer ADD CONSTRAINT bank_payer_account_hash_check
  CHECK (length(account_hash) = 64 AND account_hash !~ '[^0-9a-f]');
ALTER TABLE bank_match_word ADD CONSTRAINT bank_match_word_word_hash_check
  CHECK (length(word_hash) = 64 AND word_hash !~ '[^0-9a-f]');

-- Files are read back in pieces, each unpacked from the file's beginning: lz4 does so several times faster.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
    ALTER TABLE bank_import ALTER COLUMN file_bytes SET COMPRESSION lz4;
  END IF;
END $$;

-- Only parts that are of an order are looked at as such.
DROP TRIGGER is_the_orders ON bank_match_part;
CREATE CONSTRAINT TRIGGER is_the_orders AFTER INSERT ON bank_match_part
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.disbursement_number IS NOT NULL)
  EXECUTE FUNCTION check_order_part();

-- What a match run plans by are counts, not how values lie: a fifth of the rows that are looked at elsewhere
-- tells them.
ALTER FUNCTION analyse_bank() SET default_statistics_target = 20;

-- Which entry and payer a payment refers to, and which debtor its shares, is looked at for all that one
-- statement of SQL adds, together with what they say of them (0047, 0048): of each it was asked a second
-- time, row by row. Entries, parties, units and nodes are never deleted; an entry is of a node, and its
-- account of a unit.
ALTER TABLE payment DROP CONSTRAINT payment_node_id_fkey;
ALTER TABLE payment DROP CONSTRAINT payment_unit_id_fkey;
ALTER TABLE payment DROP CONSTRAINT payment_node_id_payer_id_fkey;
ALTER TABLE payment DROP CONSTRAINT payment_node_id_entry_number_fkey;
ALTER TABLE payment_share DROP CONSTRAINT payment_share_node_id_debtor_id_fkey;

CREATE OR REPLACE FUNCTION check_payments_told() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE broken bigint;
BEGIN
  SELECT y.number INTO broken
    FROM added y
   WHERE (SELECT e.booked_on FROM entry e WHERE e.node_id = y.node_id AND e.number = y.entry_number)
         IS DISTINCT FROM y.received_on
      OR (SELECT bool_or((SELECT (a.path, a.unit_id) = (y.account, y.unit_id)
                            FROM account a WHERE a.node_id = p.node_id AND a.id = p.account_id))
            FROM posting p
           WHERE p.node_id = y.node_id AND p.entry_number = y.entry_number
             AND p.member_id = (SELECT w.dimension_id FROM party w
                                 WHERE w.node_id = y.node_id AND w.id = y.payer_id)
             AND p.amount_minor = CASE y.kind WHEN 'refund' THEN -y.amount_minor ELSE y.amount_minor END)
         IS NOT TRUE
   LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'payment % is of the day, the account and the payer of its entry', broken
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION check_shares_told() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE broken bigint;
BEGIN
  SELECT s.payment_number INTO broken
    FROM added s
   WHERE (SELECT true FROM party w WHERE w.node_id = s.node_id AND w.id = s.debtor_id) IS NOT TRUE
   LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'a share of payment % is for somebody of its node', broken
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT s.payment_number INTO broken
    FROM added s
    JOIN payment y ON y.node_id = s.node_id AND y.number = s.payment_number
    JOIN charge c ON c.node_id = s.node_id AND c.number = s.charge_number
   WHERE (c.debtor_id, c.unit_id) <> (s.debtor_id, y.unit_id)
   LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'a share of payment % is for a charge of its debtor, in its unit', broken
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
