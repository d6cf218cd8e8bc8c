-- A batch costs less to check, and a slip of the keyboard no longer fills a total.

-- What is looked at is the same; PostgreSQL had worked out the fault twice, once to see that there is one and
-- once to tell it, and had grouped by node what is of one. Entries of one statement of SQL are of one node
-- now.
CREATE OR REPLACE FUNCTION check_entries_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken    text;
  low       int;
  high      int;
  node      int;
  uses_hold boolean;
BEGIN
  SELECT CASE
           WHEN batch.node_id <> batch.other_node
             THEN 'entries that are recorded together are of one node'
           WHEN batch.high - batch.low + 1 <> batch.n
             OR (batch.low > 1 AND NOT EXISTS (SELECT FROM public.entry e WHERE e.node_id = batch.node_id
                                                  AND e.number = batch.low - 1))
             OR NOT EXISTS (SELECT FROM public.book_head h WHERE h.node_id = batch.node_id)
             THEN 'entry numbers have no gap'
           WHEN batch.first_day <= (SELECT max(l.through_on) FROM public.period_lock l
                                     WHERE l.node_id = batch.node_id
                                       AND NOT EXISTS (SELECT FROM public.period_unlock u
                                                        WHERE u.node_id = l.node_id
                                                          AND u.lock_number = l.number))
             THEN 'a closed period takes no entry'
           -- check_postings_added compares entry by entry; here only an entry without any could be missed.
           WHEN batch.postings <> (SELECT count(*) FROM public.posting p WHERE p.node_id = batch.node_id
                                      AND p.entry_number BETWEEN batch.low AND batch.high)
             THEN 'an entry comes with its postings'
         END, batch.low, batch.high, batch.node_id, batch.uses_hold
    INTO broken, low, high, node, uses_hold
    FROM (SELECT min(a.node_id) AS node_id, max(a.node_id) AS other_node, min(a.number) AS low,
                 max(a.number) AS high, count(*) AS n, min(a.booked_on) AS first_day,
                 sum(a.posting_count) AS postings, bool_or(a.hold_number IS NOT NULL) AS uses_hold
            FROM added a) batch;
  IF uses_hold AND EXISTS (SELECT FROM added a
                            WHERE a.hold_number IS NOT NULL
                              AND NOT EXISTS (SELECT FROM public.hold h WHERE h.node_id = a.node_id
                                                 AND h.number = a.hold_number)) THEN
    broken := coalesce(broken, 'a hold that an entry uses exists');
  END IF;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION '%: % to % of node %', broken, low, high, node
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- One posting moves at most 10^18 minor units: balances and totals have 64 bits, and one amount near their
-- end, reversed at once, left its account without room for debits and the node without a trial balance, for
-- good.
ALTER TABLE posting DROP CONSTRAINT posting_amount_minor_check;
ALTER TABLE posting ADD CONSTRAINT posting_amount_minor_check
  CHECK (amount_minor <> 0 AND amount_minor BETWEEN -1000000000000000000 AND 1000000000000000000);
ALTER TABLE hold_posting DROP CONSTRAINT hold_posting_amount_minor_check;
ALTER TABLE hold_posting ADD CONSTRAINT hold_posting_amount_minor_check
  CHECK (amount_minor <> 0 AND amount_minor BETWEEN -1000000000000000000 AND 1000000000000000000);
