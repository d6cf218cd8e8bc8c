-- A row beside the chain that says the day, the account or the person of its entry says what the entry says:
-- what is owed, overdue or held on a day is read from these rows. By one check per statement over the rows it
-- added, since payments and dues come by the thousand.

-- The days of a charge as its entry names them: a month, a day, or from one to another. Without settings of
-- its own, so that it becomes part of the statement that asks for thousands.
CREATE FUNCTION days_in_words(first date, last date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN first = date_trunc('month', first::timestamp)::date
                   AND last = (first + interval '1 month')::date - 1 THEN to_char(first::timestamp, 'YYYY-MM')
              WHEN first = last THEN to_char(first::timestamp, 'YYYY-MM-DD')
              ELSE to_char(first::timestamp, 'YYYY-MM-DD') || ' to '
                   || to_char(last::timestamp, 'YYYY-MM-DD') END
$$;

-- A charge is of its entry's day, or of its document's if that day was closed. The entry says the days that
-- it is for and why, and it is due as the terms say by which it came: what joining obliges to on the first
-- day, dues so many days later as a tier of the membership says, each instalment a month after the one
-- before. Of a charge that somebody wrote by hand they said the day when it is due: nothing else says it.
CREATE FUNCTION check_charges_told() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE broken bigint;
BEGIN
  SELECT c.number INTO broken
    FROM added c
    LEFT JOIN entry e ON e.node_id = c.node_id AND e.number = c.entry_number
   WHERE coalesce(e.document_on, e.booked_on) <> (c.period_first + make_interval(months => c.part - 1))::date
      OR strpos(e.description, format(' %s, %s', days_in_words(c.period_first, c.period_last), c.why)) = 0
      OR c.run_number IS NOT NULL
         AND CASE c.kind WHEN 'obligation' THEN c.due_on <> c.period_first
               ELSE NOT EXISTS (SELECT FROM subscription s
                      JOIN tier t ON t.node_id = s.node_id AND t.id = s.tier_id
                     WHERE s.node_id = c.node_id AND s.membership_id = c.membership_id
                       AND s.from_on <= c.period_first
                       AND c.due_on = (c.period_first + t.due_after_days
                                       + make_interval(months => c.part - 1))::date) END
   LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'charge % is of the days of its entry, and due as agreed', broken
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER says_what_its_entry_says AFTER INSERT ON charge REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_charges_told();

CREATE FUNCTION check_payments_told() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE broken bigint;
BEGIN
  SELECT y.number INTO broken
    FROM added y
    JOIN entry e ON e.node_id = y.node_id AND e.number = y.entry_number
    JOIN party w ON w.node_id = y.node_id AND w.id = y.payer_id
   WHERE e.booked_on <> y.received_on
      OR NOT EXISTS (SELECT FROM posting p
           JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
            AND (a.path, a.unit_id) = (y.account, y.unit_id)
          WHERE p.node_id = y.node_id AND p.entry_number = y.entry_number AND p.member_id = w.dimension_id
            AND p.amount_minor = CASE y.kind WHEN 'refund' THEN -y.amount_minor ELSE y.amount_minor END)
   LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'payment % is of the day, the account and the payer of its entry', broken
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER says_what_its_entry_says AFTER INSERT ON payment REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_payments_told();

CREATE FUNCTION check_shares_told() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE broken bigint;
BEGIN
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
CREATE TRIGGER is_for_its_debtor AFTER INSERT ON payment_share REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_shares_told();

-- The day that a row keeps of its entry, or of its run, which was booked by it.
CREATE FUNCTION check_day_told() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE broken text;
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'charge_reversal' THEN
      SELECT a.charge_number INTO broken FROM added a
        JOIN entry e ON e.node_id = a.node_id AND e.number = a.entry_number AND e.booked_on <> a.reversed_on;
    WHEN 'payment_return' THEN
      SELECT a.payment_number INTO broken FROM added a
        JOIN entry e ON e.node_id = a.node_id AND e.number = a.entry_number AND e.booked_on <> a.returned_on;
    WHEN 'share_movement' THEN
      SELECT a.number INTO broken FROM added a
        JOIN entry e ON e.node_id = a.node_id AND e.number = a.entry_number AND e.booked_on <> a.moved_on;
    WHEN 'surplus_step' THEN
      SELECT r.number INTO broken FROM added a
        JOIN surplus_run r ON r.node_id = a.node_id AND r.number = a.run_number
        JOIN entry e ON e.node_id = a.node_id AND e.booked_on <> r.booked_on
         AND e.number BETWEEN a.entry_number AND a.entry_number + coalesce(a.entries, 1) - 1
       WHERE a.step = 'booked';
    WHEN 'cost_step' THEN
      SELECT r.number INTO broken FROM added a
        JOIN cost_allocation r ON r.node_id = a.node_id AND r.number = a.allocation_number
        JOIN entry e ON e.node_id = a.node_id AND e.number = a.entry_number AND e.booked_on <> r.booked_on
       WHERE a.kind = 'posted';
    ELSE
      SELECT r.number INTO broken FROM added a
        JOIN pay_run r ON r.node_id = a.node_id AND r.number = a.run_number
        JOIN entry e ON e.node_id = a.node_id AND e.booked_on <> r.booked_on
         AND e.number BETWEEN a.first_entry AND a.last_entry
       WHERE a.step = 'posted';
  END CASE;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION '% % is of the day of its entry', replace(TG_TABLE_NAME, '_', ' '), broken
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER is_of_its_day AFTER INSERT ON charge_reversal REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_day_told();
CREATE TRIGGER is_of_its_day AFTER INSERT ON payment_return REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_day_told();
CREATE TRIGGER is_of_its_day AFTER INSERT ON share_movement REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_day_told();
CREATE TRIGGER is_of_its_day AFTER INSERT ON surplus_step REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_day_told();
CREATE TRIGGER is_of_its_day AFTER INSERT ON cost_step REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_day_told();
CREATE TRIGGER is_of_its_day AFTER INSERT ON pay_run_step REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_day_told();
