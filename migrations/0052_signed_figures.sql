-- What was signed of a bank stands in the text that has the hash: the figures beside it are those of it.
CREATE FUNCTION says_what_was_signed(of_node int, wanted int) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT strpos(s.statement, format(E'\nAs of: %s\n', to_char(s.as_of::timestamp, 'YYYY-MM-DD'))) > 0
         AND strpos(s.statement, format(E'\nAccount: %s (', a.path)) > 0
         AND NOT EXISTS (
           SELECT FROM (VALUES
                    ('Balance by the books', s.books_minor),
                    ('Less what (?:was booked since the count|is on the books and not at the bank)',
                     -s.uncleared_minor),
                    ('Plus what is at the bank and not on the books', s.unbooked_minor),
                    ('(?:Counted|Balance by the bank)', s.bank_minor),
                    ('Left unexplained', s.difference_minor)) AS x (words, minor)
            WHERE replace(substring(s.statement FROM '\n +' || x.words || ' ([^\n]*)'), ' ', '')
                  IS DISTINCT FROM u.code || round(x.minor / power(10::numeric, u.scale::int), u.scale::int))
    FROM bank_signoff s
    JOIN bank_account b ON b.node_id = s.node_id AND b.number = s.bank_account
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
    JOIN unit u ON u.id = a.unit_id
   WHERE s.node_id = of_node AND s.number = wanted
$$;

CREATE FUNCTION check_signed_figures() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF says_what_was_signed(NEW.node_id, NEW.number) IS NOT TRUE THEN
    RAISE EXCEPTION 'the figures of signature % of node % are those of the text that was signed', NEW.number,
      NEW.node_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER says_what_was_signed AFTER INSERT ON bank_signoff
  FOR EACH ROW EXECUTE FUNCTION check_signed_figures();
