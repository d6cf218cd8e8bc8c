-- A batch waits for its details: how many payments a line is, and which notification tells them.
ALTER TABLE bank_line ADD COLUMN batch_count int CHECK (batch_count >= 0);
COMMENT ON COLUMN bank_line.batch_count IS 'Of how many payments the bank says the line is a batch; 0: a '
  'batch, of how many it does not say. Nothing: it says of none.';

-- Which notification (camt.054) tells the payments of lines that tell no amounts themselves: of the same
-- account and amount, with the same id of the bank, else of the same order (file and group of payments). Only
-- of files that are taken in, a month away at most, the latest one. By the order only if it is the only one,
-- and no other line is like this one: else nobody can say whose payments they are.
CREATE FUNCTION bank_notified(of_node int, of_lines bigint[])
  RETURNS TABLE (line_number bigint, told_by bigint)
  LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT l.number, l.bank_account, l.amount_minor, l.booked_on, l.key, l.occurrence, l.bank_id,
           l.batch_message, l.batch_group
      FROM bank_line l
     WHERE l.node_id = of_node AND l.number = ANY (of_lines)
       AND (l.bank_id <> '' OR l.batch_message <> '' OR l.batch_group <> '')
       AND NOT EXISTS (SELECT FROM bank_detail d
                        WHERE d.node_id = of_node AND d.line_number = l.number AND d.amount_minor IS NOT NULL)
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
     WHERE EXISTS (SELECT FROM bank_detail d WHERE d.node_id = of_node AND d.line_number = n.number)
       AND (a.bank_id <> '' AND n.bank_id = a.bank_id
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
  )
  SELECT t.number, coalesce(max(t.notice) FILTER (WHERE t.is_by_id), max(t.notice))
    FROM told t
   GROUP BY t.number
  HAVING bool_or(t.is_by_id)
      OR min(t.key) = max(t.key) AND min(t.occurrence) = max(t.occurrence);
END $$;
