-- Lines of banks come by the hundred thousand: that each belongs to a statement of its file, and each payment
-- to a line, is looked at for all that one statement of SQL adds, instead of row by row. Both are appended
-- only, so that nothing they refer to goes away.

CREATE FUNCTION check_bank_lines_read() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT a.node_id, a.import_number, a.statement_position FROM added a) x
              WHERE NOT EXISTS (SELECT FROM bank_statement s
                     WHERE (s.node_id, s.import_number, s.position)
                           = (x.node_id, x.import_number, x.statement_position))) THEN
    RAISE EXCEPTION 'a line belongs to a statement of its file'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER is_of_a_statement AFTER INSERT ON bank_line REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_bank_lines_read();

CREATE FUNCTION check_bank_details_read() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM added a
              WHERE NOT EXISTS (SELECT FROM bank_line l
                     WHERE (l.node_id, l.number) = (a.node_id, a.line_number))) THEN
    RAISE EXCEPTION 'a payment is part of a line' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER is_of_a_line AFTER INSERT ON bank_detail REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_bank_details_read();

ALTER TABLE bank_line DROP CONSTRAINT bank_line_node_id_import_number_statement_position_fkey;
ALTER TABLE bank_detail DROP CONSTRAINT bank_detail_node_id_line_number_fkey;
-- What counts is looked at by bank_live_line's trigger of that name: it is a line of just this account.
ALTER TABLE bank_live_line DROP CONSTRAINT bank_live_line_node_id_line_number_fkey;
ALTER TABLE bank_live_line DROP CONSTRAINT bank_live_line_node_id_bank_account_fkey;
