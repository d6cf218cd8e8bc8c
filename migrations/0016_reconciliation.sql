-- Reconciling: files that wait for an answer are read again; a person signs that books and bank agree; the
-- till is counted.

-- ---------------------------------------------------------------- files that are read again

CREATE OR REPLACE FUNCTION check_bank_import_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE before text;
BEGIN
  IF NEW.number > 1 THEN
    SELECT s.kind INTO before FROM bank_import_step s
     WHERE (s.node_id, s.import_number, s.number) = (NEW.node_id, NEW.import_number, NEW.number - 1);
  END IF;
  IF NOT (NEW.kind IN ('read', 'unreadable') AND (NEW.number = 1 OR before = 'unreadable')
          OR NEW.kind IN ('taken_in', 'dropped') AND before = 'read'
          OR NEW.kind = 'undone' AND before = 'taken_in') IS TRUE THEN
    RAISE EXCEPTION 'a file is read, again if it could not be, then taken in or dropped, then perhaps undone'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
