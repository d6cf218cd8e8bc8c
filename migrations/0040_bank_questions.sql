-- Lines are asked a page at a time for the notification of their details: what most nodes have none of is
-- found without looking at a line, and each line asks for its own details, instead of all that the node has.
CREATE INDEX bank_statement_with_details ON bank_statement (node_id, bank_account) WHERE purpose = 'details';

-- As before (0038).
CREATE OR REPLACE FUNCTION bank_notified(of_node int, of_lines bigint[])
  RETURNS TABLE (line_number bigint, told_by bigint)
  LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM bank_statement s WHERE s.node_id = of_node AND s.purpose = 'details') THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT l.number, l.bank_account, l.amount_minor, l.booked_on, l.key, l.occurrence, l.bank_id,
           l.batch_message, l.batch_group
      FROM bank_line l
     WHERE l.node_id = of_node AND l.number = ANY (of_lines)
       AND (l.bank_id <> '' OR l.batch_message <> '' OR l.batch_group <> '')
       AND (SELECT d.part FROM bank_detail d
             WHERE d.node_id = of_node AND d.line_number = l.number AND d.amount_minor IS NOT NULL
             LIMIT 1) IS NULL
  ), notices AS MATERIALIZED (
    SELECT s.import_number, s.position, s.bank_account, s.first_day, s.last_day
      FROM bank_statement s
     WHERE s.node_id = of_node AND s.purpose = 'details'
       AND s.bank_account IN (SELECT a.bank_account FROM asked a)
       AND (SELECT x.kind FROM bank_import_step x
             WHERE x.node_id = of_node AND x.import_number = s.import_number
             ORDER BY x.number DESC LIMIT 1) = 'taken_in'
  ), told AS (
    SELECT a.number, n.number AS notice, n.key, n.occurrence,
           a.bank_id <> '' AND n.bank_id = a.bank_id AS is_by_id
      FROM asked a
      JOIN notices s ON s.bank_account = a.bank_account
                    AND a.booked_on BETWEEN s.first_day - 31 AND s.last_day + 31
      JOIN bank_line n ON n.node_id = of_node AND n.import_number = s.import_number
                      AND n.statement_position = s.position AND n.amount_minor = a.amount_minor
     WHERE (a.bank_id <> '' AND n.bank_id = a.bank_id
            OR (a.batch_message <> '' AND n.batch_message = a.batch_message
                OR a.batch_group <> '' AND n.batch_group = a.batch_group)
               AND (a.batch_message = '' OR n.batch_message = '' OR n.batch_message = a.batch_message)
               AND (a.batch_group = '' OR n.batch_group = '' OR n.batch_group = a.batch_group)
               AND NOT EXISTS (
                   SELECT FROM bank_line o
                     JOIN bank_live_line v ON v.node_id = o.node_id AND v.line_number = o.number
                    WHERE o.node_id = of_node AND o.bank_account = a.bank_account
                      AND o.booked_on BETWEEN a.booked_on - 31 AND a.booked_on + 31
                      AND o.amount_minor = a.amount_minor
                      AND (o.batch_message, o.batch_group) = (a.batch_message, a.batch_group)
                      AND (o.key, o.occurrence) <> (a.key, a.occurrence)))
       AND (SELECT d.part FROM bank_detail d
             WHERE d.node_id = of_node AND d.line_number = n.number
             LIMIT 1) IS NOT NULL
  )
  SELECT t.number, coalesce(max(t.notice) FILTER (WHERE t.is_by_id), max(t.notice))
    FROM told t
   GROUP BY t.number
  HAVING bool_or(t.is_by_id)
      OR min(t.key) = max(t.key) AND min(t.occurrence) = max(t.occurrence);
END $$;

-- What a match run needs to know of the tables are the columns that it asks by: to look at the texts of lines
-- and entries as well took two thirds of the time, and nothing is planned by them.
CREATE OR REPLACE FUNCTION analyse_bank() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  ANALYZE bank_statement, bank_import_step, bank_payer, bank_account_trait, bank_match_part, charge_reversal,
    debtor, payment_share, payment_return,
    bank_line (node_id, number, import_number, statement_position, position, bank_account, status, booked_on,
      amount_minor),
    bank_detail (node_id, line_number, part, amount_minor, account),
    bank_live_line (node_id, bank_account, line_number),
    bank_match (node_id, number, line_number, method, live),
    charge (node_id, number, debtor_id, unit_id, due_on, entry_number),
    payment (node_id, number, payer_id, unit_id, entry_number),
    party (node_id, id, number),
    entry (node_id, number, booked_on, reverses, hold_number),
    posting (node_id, entry_number, line, account_id, booked_on, amount_minor);
END $$;
