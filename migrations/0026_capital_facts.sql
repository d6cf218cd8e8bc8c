-- Shares and surplus grow: movements are undone and asks taken back by the register itself, so that nobody
-- reverses its entries behind its back; a surplus is divided by a rule of sharing, in as many entries as it
-- takes.

-- ---------------------------------------------------------------- movements that are undone or taken back

ALTER TABLE share_movement DROP CONSTRAINT share_movement_movement_check;
ALTER TABLE share_movement ADD CONSTRAINT share_movement_movement_check CHECK (movement IN ('subscribe',
  'pay_in', 'cancel', 'give', 'receive', 'ask', 'withdraw', 'take_back', 'undo'));
ALTER TABLE share_movement DROP CONSTRAINT movement_is_whole;
ALTER TABLE share_movement ADD CONSTRAINT movement_is_whole CHECK (
  (entry_number IS NULL) = (movement IN ('ask', 'take_back'))
  AND (follows IS NOT NULL) = (movement IN ('receive', 'withdraw', 'take_back', 'undo'))
  AND (reserve_minor = 0 OR movement IN ('subscribe', 'cancel', 'undo')));
CREATE UNIQUE INDEX a_movement_is_undone_once ON share_movement (node_id, follows) WHERE movement = 'undo';
CREATE INDEX share_movement_follows ON share_movement (node_id, follows) WHERE follows IS NOT NULL;
COMMENT ON COLUMN share_movement.follows IS 'Of a receipt: what was given. Of a withdrawal, and of what is '
  'taken back: what was asked. Of what undoes: what it undoes, by the reversal of its entry.';

-- What each movement does to what its member holds, owes and asked back; one that undoes does the opposite.
CREATE FUNCTION share_effects(node int) RETURNS TABLE (number int, class_code text, party_id int,
    moved_on date, recorded_at timestamptz, holding bigint, unpaid bigint, waiting bigint,
    subscribed bigint, reserve bigint) LANGUAGE sql STABLE AS $$
  SELECT m.number, m.class_code, m.party_id, m.moved_on, m.recorded_at,
         e.sign * CASE e.movement WHEN 'subscribe' THEN m.amount_minor - m.reserve_minor
                    WHEN 'receive' THEN m.amount_minor WHEN 'cancel' THEN m.reserve_minor - m.amount_minor
                    WHEN 'give' THEN -m.amount_minor WHEN 'withdraw' THEN -m.amount_minor ELSE 0 END,
         e.sign * CASE e.movement WHEN 'subscribe' THEN m.amount_minor WHEN 'cancel' THEN -m.amount_minor
                    WHEN 'pay_in' THEN -m.amount_minor ELSE 0 END,
         e.sign * CASE e.movement WHEN 'ask' THEN m.amount_minor WHEN 'withdraw' THEN -m.amount_minor
                    WHEN 'take_back' THEN -m.amount_minor ELSE 0 END,
         e.sign * CASE e.movement WHEN 'subscribe' THEN m.amount_minor WHEN 'cancel' THEN -m.amount_minor
                    ELSE 0 END,
         e.sign * CASE e.movement WHEN 'subscribe' THEN m.reserve_minor WHEN 'cancel' THEN -m.reserve_minor
                    ELSE 0 END
    FROM public.share_movement m
    LEFT JOIN public.share_movement f ON f.node_id = m.node_id AND f.number = m.follows
          AND m.movement = 'undo'
   CROSS JOIN LATERAL (
         SELECT coalesce(f.movement, m.movement) AS movement,
                CASE WHEN f.number IS NULL THEN 1 ELSE -1 END AS sign) e
   WHERE m.node_id = node
$$;

-- An order to pay a party what an account owes them, that the bank has not paid and may still pay, in words,
-- as known by an instant: neither left out, cancelled, nor called not taken by two people. NULL if there is
-- none.
CREATE FUNCTION live_order_to(of_node int, of_account int, of_party int, known_by timestamptz) RETURNS text
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT format('order %s of disbursement %s', o.number, o.disbursement_number)
    FROM disbursement_order o
    JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
   WHERE o.node_id = of_node AND o.party_id = of_party AND o.account_id = of_account
     AND d.recorded_at <= known_by
     AND NOT EXISTS (SELECT FROM disbursement_step s
           WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
             AND (s.kind = 'cancelled' OR s.kind = 'left_out' AND s.order_number = o.number)
             AND s.recorded_at <= known_by)
     AND (SELECT count(DISTINCT s.recorded_by) FROM disbursement_step s
           WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
             AND s.kind = 'not_taken' AND coalesce(s.order_number, o.number) = o.number
             AND s.recorded_at <= known_by) < 2
     AND NOT EXISTS (SELECT FROM bank_match_part b
           JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number
          WHERE b.node_id = o.node_id AND b.disbursement_number = o.disbursement_number
            AND b.order_number = o.number AND b.made = 'order' AND m.recorded_at <= known_by
            AND NOT EXISTS (SELECT FROM bank_match_end e
                  WHERE e.node_id = m.node_id AND e.match_number = m.number AND e.recorded_at <= known_by))
   ORDER BY o.disbursement_number, o.number
   LIMIT 1
$$;

-- Whether the terms of a fund that count on a day, as known by an instant, call it indivisible.
CREATE FUNCTION is_fund_named_indivisible(of_node int, of_fund text, on_day date, known_by timestamptz)
  RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce((
    SELECT t.indivisible
      FROM dimension d
      JOIN fund_term t ON t.node_id = d.node_id AND t.fund_id = d.id
     WHERE d.node_id = of_node AND d.kind = 'fund' AND d.code = of_fund AND t.from_on <= on_day
       AND t.recorded_at <= known_by
     ORDER BY t.from_on DESC, t.number DESC
     LIMIT 1), false)
$$;

-- Whether what is booked about a fund is not free to be divided: by terms that count on a day, or begin
-- later, it is a grant, money of others, indivisible, or given under conditions.
CREATE FUNCTION is_bound_fund(of_node int, of_fund int, on_day date) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM fund_term t
     WHERE t.node_id = of_node AND t.fund_id = of_fund
       AND (t.indivisible OR t.purpose IN ('grant', 'held') OR t.conditions IS NOT NULL)
       AND NOT EXISTS (SELECT FROM fund_term l
             WHERE l.node_id = t.node_id AND l.fund_id = t.fund_id AND l.from_on <= on_day
               AND (l.from_on, l.number) > (t.from_on, t.number)))
$$;

-- The first day of the fiscal year that holds a day.
CREATE FUNCTION fiscal_year_start(of_node int, on_day date) RETURNS date LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN y.begins <= on_day THEN y.begins ELSE (y.begins - interval '1 year')::date END
    FROM node n
   CROSS JOIN LATERAL (SELECT make_date(extract(year FROM on_day)::int, n.fiscal_month, n.fiscal_day)
                         AS begins) y
   WHERE n.id = of_node
$$;

-- Incomes less expenses of a unit from a day up to another, which does not count, by the entries up to one:
-- without those that close accounts (they touch the result of a rule for surplus), and, if asked for, without
-- what is left of bound funds.
CREATE FUNCTION trading_surplus(of_node int, of_unit int, from_on date, before date, last_entry bigint,
    leaves_out boolean) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(sum(CASE WHEN leaves_out AND f.minor > 0 AND is_bound_fund(of_node, f.fund_id, before - 1)
                           THEN 0 ELSE f.minor END), 0)::bigint
    FROM (SELECT g.fund_id, -sum(g.amount_minor) AS minor
            FROM account a
            JOIN posting g ON g.node_id = a.node_id AND g.account_id = a.id AND g.booked_on >= from_on
             AND g.booked_on < before AND g.entry_number <= last_entry
           WHERE a.node_id = of_node AND a.unit_id = of_unit AND a.type IN ('income', 'expense')
             AND NOT EXISTS (SELECT FROM posting c
                   JOIN surplus_rule r ON r.node_id = c.node_id AND r.result_account_id = c.account_id
                  WHERE c.node_id = g.node_id AND c.entry_number = g.entry_number AND r.unit_id = of_unit)
           GROUP BY g.fund_id) f
$$;

-- What was withdrawn in a unit from a day up to another, which does not count, by the movements up to one.
CREATE FUNCTION shares_withdrawn(of_node int, of_unit int, from_on date, before date, last_movement int)
  RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(sum(m.amount_minor), 0)::bigint
    FROM share_movement m
    JOIN share_class c ON c.node_id = m.node_id AND c.code = m.class_code AND c.number = m.class_version
    JOIN account a ON a.node_id = c.node_id AND a.id = c.capital_account_id AND a.unit_id = of_unit
   WHERE m.node_id = of_node AND m.movement = 'withdraw' AND m.moved_on >= from_on AND m.moved_on < before
     AND m.number <= last_movement
     AND NOT EXISTS (SELECT FROM share_movement v
           WHERE v.node_id = m.node_id AND v.follows = m.number AND v.movement = 'undo'
             AND v.number <= last_movement)
$$;

-- What is wrong with a withdrawal, seen from all withdrawals of its fiscal year; NULL if nothing is. The last
-- one of a year and unit is judged, for all of them.
CREATE FUNCTION share_withdrawal_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH moved AS (
    SELECT m.number, m.entry_number, a.unit_id, y.begins, (y.begins + interval '1 year')::date AS ends,
           (y.begins - interval '1 year')::date AS earned_from
      FROM share_movement m
      JOIN share_class c ON c.node_id = m.node_id AND c.code = m.class_code AND c.number = m.class_version
      JOIN account a ON a.node_id = c.node_id AND a.id = c.capital_account_id
     CROSS JOIN LATERAL (SELECT fiscal_year_start(m.node_id, m.moved_on) AS begins) y
     WHERE m.node_id = of_node AND m.number = wanted AND m.movement = 'withdraw'
  )
  SELECT 'more is withdrawn in a year than the surplus of the year before'
    FROM moved x
   WHERE NOT EXISTS (SELECT FROM share_movement w
           JOIN share_class c ON c.node_id = w.node_id AND c.code = w.class_code
            AND c.number = w.class_version
           JOIN account a ON a.node_id = c.node_id AND a.id = c.capital_account_id AND a.unit_id = x.unit_id
          WHERE w.node_id = of_node AND w.movement = 'withdraw' AND w.number > x.number
            AND w.moved_on >= x.begins AND w.moved_on < x.ends)
     AND shares_withdrawn(of_node, x.unit_id, x.begins, x.ends, x.number)
         > greatest(0, trading_surplus(of_node, x.unit_id, x.earned_from, x.begins, x.entry_number, false))
$$;

-- What is wrong with a movement, seen from the movements before it and from the books; NULL if nothing is.
CREATE OR REPLACE FUNCTION share_movement_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH moved AS (
    SELECT m.movement, m.class_code, m.party_id, m.amount_minor, m.reserve_minor, m.entry_number, m.follows,
           m.moved_on, c.highest_minor, c.lowest_minor, c.capital_account_id, c.reserve_account_id,
           c.receivable_account_id, c.payable_account_id, c.withdrawable, c.transferable, p.number AS member,
           coalesce(f.movement, m.movement) AS meant, CASE WHEN f.number IS NULL THEN 1 ELSE -1 END AS sign
      FROM share_movement m
      JOIN share_class c ON c.node_id = m.node_id AND c.code = m.class_code AND c.number = m.class_version
      JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
      LEFT JOIN share_movement f ON f.node_id = m.node_id AND f.number = m.follows AND m.movement = 'undo'
     WHERE m.node_id = node AND m.number = wanted
  ), stood AS (
    SELECT coalesce(sum(m.holding), 0) AS holding, coalesce(sum(m.unpaid), 0) AS unpaid,
           coalesce(sum(m.waiting), 0) AS waiting, coalesce(sum(m.reserve), 0) AS reserve,
           coalesce(sum(m.subscribed), 0) AS subscribed
      FROM moved x
      JOIN share_effects(node) m ON m.class_code = x.class_code AND m.party_id = x.party_id
       AND m.number <= wanted
  ), booked AS (
    SELECT coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.capital_account_id
             AND d.code = x.member), 0) AS capital,
           coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.receivable_account_id
             AND d.code = x.member), 0) AS receivable,
           coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.payable_account_id
             AND d.code = x.member), 0) AS payable,
           coalesce(sum(g.amount_minor) FILTER (WHERE g.account_id = x.reserve_account_id), 0) AS reserve
      FROM moved x
      JOIN posting g ON g.node_id = node AND g.entry_number = x.entry_number
      LEFT JOIN dimension d ON d.node_id = g.node_id AND d.kind = 'member' AND d.id = g.member_id
  ), earlier AS (
    SELECT f.movement, f.party_id, f.class_code, f.amount_minor, f.reserve_minor, f.entry_number,
           (SELECT sum(w.amount_minor) FROM share_movement w
             WHERE w.node_id = node AND w.follows = x.follows AND w.movement IN ('withdraw', 'take_back')
               AND w.number <= wanted
               AND NOT EXISTS (SELECT FROM share_movement v
                                WHERE v.node_id = node AND v.follows = w.number AND v.movement = 'undo'
                                  AND v.number <= wanted)) AS answered
      FROM moved x
      JOIN share_movement f ON f.node_id = node AND f.number = x.follows
  )
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM share_movement b
           WHERE b.node_id = node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN s.holding < 0 OR s.unpaid < 0 OR s.waiting < 0 OR s.reserve < 0 OR s.subscribed < s.reserve
      THEN 'more is taken than there is'
    WHEN x.movement IN ('give', 'ask') AND s.holding < s.unpaid + s.waiting
      THEN 'only what was paid in, and is not asked back, leaves'
    WHEN x.movement IN ('subscribe', 'receive', 'cancel') AND s.holding BETWEEN 1 AND x.lowest_minor - 1
      THEN 'who holds any holds the least of the class'
    WHEN x.movement = 'undo' AND s.holding + s.reserve < s.unpaid + s.waiting
      THEN 'what is undone was needed since'
    WHEN x.movement IN ('subscribe', 'receive') AND s.holding > x.highest_minor
      THEN 'nobody holds more than the class allows'
    WHEN x.movement = 'give' AND NOT x.transferable THEN 'shares of the class are not given on'
    WHEN x.movement = 'ask' AND x.withdrawable = 'no' THEN 'shares of the class are not withdrawn'
    WHEN x.movement = 'receive' AND NOT EXISTS (SELECT FROM earlier e
           WHERE e.movement = 'give' AND e.class_code = x.class_code AND e.party_id <> x.party_id
             AND (e.amount_minor, e.entry_number) = (x.amount_minor, x.entry_number))
      THEN 'what is received was given'
    WHEN x.movement IN ('withdraw', 'take_back') AND NOT EXISTS (SELECT FROM earlier e
           WHERE e.movement = 'ask' AND (e.class_code, e.party_id) = (x.class_code, x.party_id)
             AND e.answered <= e.amount_minor)
      THEN 'what is withdrawn, or taken back, was asked'
    WHEN x.movement = 'undo' AND NOT EXISTS (SELECT FROM earlier e
           JOIN entry v ON v.node_id = node AND v.number = x.entry_number AND v.reverses = e.entry_number
          WHERE e.movement IN ('subscribe', 'pay_in', 'cancel', 'withdraw')
            AND (e.class_code, e.party_id, e.amount_minor, e.reserve_minor)
              = (x.class_code, x.party_id, x.amount_minor, x.reserve_minor))
      THEN 'a movement is undone whole, by the reversal of its entry'
    WHEN x.entry_number IS NOT NULL AND (b.capital, b.receivable, b.payable, b.reserve) <> (
           x.sign * CASE x.meant WHEN 'subscribe' THEN x.reserve_minor - x.amount_minor
                           WHEN 'cancel' THEN x.amount_minor - x.reserve_minor
                           WHEN 'receive' THEN -x.amount_minor WHEN 'pay_in' THEN 0
                           ELSE x.amount_minor END,
           x.sign * CASE x.meant WHEN 'subscribe' THEN x.amount_minor
                           WHEN 'cancel' THEN -x.amount_minor WHEN 'pay_in' THEN -x.amount_minor
                           ELSE 0 END,
           x.sign * CASE x.meant WHEN 'withdraw' THEN -x.amount_minor ELSE 0 END,
           x.sign * CASE x.meant WHEN 'subscribe' THEN -x.reserve_minor
                           WHEN 'cancel' THEN x.reserve_minor ELSE 0 END)
      THEN 'its entry says otherwise'
    WHEN EXISTS (SELECT FROM entry v
                  WHERE v.node_id = node AND v.reverses = x.entry_number
                    AND NOT EXISTS (SELECT FROM share_movement w
                                     WHERE w.node_id = node AND w.movement = 'undo' AND w.follows = wanted
                                       AND w.entry_number = v.number))
      THEN 'its entry was reversed, and the register does not know'
    END
    FROM moved x, stood s, booked b
$$;

-- What is wrong with a movement when it comes, and may be right later; NULL if nothing is.
CREATE FUNCTION share_movement_refusal(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN m.movement = 'undo' AND f.movement = 'withdraw'
         AND live_order_to(m.node_id, c.payable_account_id, m.party_id, m.recorded_at) IS NOT NULL
      THEN 'an order pays what was withdrawn'
    WHEN m.movement = 'withdraw'
         AND (is_fund_named_indivisible(m.node_id, c.fund, m.moved_on, m.recorded_at)
              OR is_fund_named_indivisible(m.node_id, c.fund, day_at_node(m.node_id, m.recorded_at),
                                           m.recorded_at))
      THEN 'nothing of an indivisible fund is paid out to members'
    END
    FROM share_movement m
    JOIN share_class c ON c.node_id = m.node_id AND c.code = m.class_code AND c.number = m.class_version
    LEFT JOIN share_movement f ON f.node_id = m.node_id AND f.number = m.follows
   WHERE m.node_id = of_node AND m.number = wanted
$$;

CREATE OR REPLACE FUNCTION check_share_movement() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := coalesce(share_movement_fault(NEW.node_id, NEW.number),
                               share_withdrawal_fault(NEW.node_id, NEW.number),
                               share_movement_refusal(NEW.node_id, NEW.number));
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'movement % of shares: %', NEW.number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- What members put in belongs to each of them: it is no fund and no reserve that nobody divides.
CREATE FUNCTION check_divisible_class() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF is_fund_named_indivisible(NEW.node_id, NEW.fund, NEW.from_on, NEW.recorded_at)
     OR is_fund_named_indivisible(NEW.node_id, NEW.fund, 'infinity', NEW.recorded_at)
     OR EXISTS (SELECT FROM surplus_rule r
          WHERE r.node_id = NEW.node_id AND r.indivisible
            AND r.reserve_account_id = NEW.capital_account_id) THEN
    RAISE EXCEPTION 'capital of a class of shares is no indivisible fund or reserve'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_divisible AFTER INSERT ON share_class DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_divisible_class();

-- What is wrong with a rule for surplus, seen from those before it and from the classes of shares; NULL if
-- nothing is. With another account of what was divided, that would be divided once more.
CREATE FUNCTION surplus_rule_fault(of_node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM surplus_rule r
                  WHERE r.node_id = u.node_id AND r.number < u.number AND r.indivisible
                    AND (r.reserve_account_id IN (u.result_account_id, u.capital_account_id,
                           u.other_account_id)
                         OR r.reserve_account_id = u.reserve_account_id AND NOT u.indivisible))
      THEN 'what was called an indivisible reserve stays one'
    WHEN EXISTS (SELECT FROM surplus_rule r
                  WHERE r.node_id = u.node_id AND r.number < u.number AND r.unit_id = u.unit_id
                    AND r.result_account_id <> u.result_account_id)
      THEN 'a unit keeps its account of what was divided'
    WHEN u.indivisible AND EXISTS (SELECT FROM share_class c
           WHERE c.node_id = u.node_id AND c.capital_account_id = u.reserve_account_id)
      THEN 'what members hold is no indivisible reserve'
    END
    FROM surplus_rule u
   WHERE u.node_id = of_node AND u.number = wanted
$$;

CREATE FUNCTION check_rule_after_rules() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := surplus_rule_fault(NEW.node_id, NEW.number);
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'rule % for surplus: %', NEW.number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keeps_reserves AFTER INSERT ON surplus_rule DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_rule_after_rules();

-- ---------------------------------------------------------------- a surplus divided by a rule of sharing

ALTER TABLE surplus_rule
  ADD COLUMN sharing_code text,
  ADD COLUMN loss_code    text,
  DROP CONSTRAINT something_is_divided,
  DROP CONSTRAINT other_has_an_account,
  ADD CONSTRAINT something_is_divided CHECK (
    (sharing_code IS NULL) = (loss_code IS NULL)
    AND CASE WHEN sharing_code IS NULL
             THEN reserve_weight + members_weight + other_weight > 0
              AND loss_reserve_weight + loss_members_weight > 0
             ELSE reserve_weight + members_weight + other_weight + loss_reserve_weight
                + loss_members_weight + interest_millionths + cash_millionths = 0 END),
  ADD CONSTRAINT other_has_an_account CHECK (
    sharing_code IS NOT NULL OR (other_account_id IS NOT NULL) = (other_weight > 0));
COMMENT ON COLUMN surplus_rule.sharing_code IS 'The rule of sharing by which a surplus is divided, and '
  'loss_code a loss; or both are null, and the weights say it.';

ALTER TABLE surplus_run
  ADD COLUMN sharing_code    text,
  ADD COLUMN sharing_version int,
  ADD COLUMN steps           text CHECK (length(steps) BETWEEN 2 AND 20000),
  ADD FOREIGN KEY (node_id, sharing_code, sharing_version)
    REFERENCES sharing_version (node_id, code, version) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT it_names_its_version CHECK ((sharing_code IS NULL) = (sharing_version IS NULL)
    AND (sharing_code IS NULL OR steps IS NOT NULL));
COMMENT ON COLUMN surplus_run.steps IS 'The rule of sharing that divided it, as canonical JSON text: with '
  'the measures of the shares it divides anew to the same figures. Null in runs older than this column.';

ALTER TABLE surplus_step ADD COLUMN entries int CHECK (entries BETWEEN 2 AND 100),
  ADD CONSTRAINT only_what_is_booked_has_parts CHECK (entries IS NULL OR entry_number IS NOT NULL);
COMMENT ON COLUMN surplus_step.entries IS 'In how many entries it stands in the books, from entry_number on '
  'without a gap; null for one.';

-- What is wrong with a run and its shares; NULL if nothing is.
CREATE OR REPLACE FUNCTION surplus_run_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN wanted > 1 AND NOT EXISTS (SELECT FROM surplus_run b
           WHERE b.node_id = node AND b.number = wanted - 1) THEN 'its number leaves a gap'
    WHEN r.members <> t.counted OR t.counted <> t.last THEN 'it has other members than it was proposed with'
    WHEN (r.members_minor, r.interest_minor, r.cash_minor) <> (t.parts, t.interest, t.cash)
      THEN 'the shares of its members do not add up to their part'
    WHEN EXISTS (SELECT FROM surplus_rule v
                  WHERE v.node_id = node AND v.indivisible
                    AND v.reserve_account_id = CASE r.source WHEN 'reserve' THEN u.reserve_account_id
                                                             ELSE u.result_account_id END
                    AND (v.number <= u.number OR v.recorded_at < r.recorded_at))
      THEN 'an indivisible reserve is not divided'
    WHEN u.from_on > r.to_on
         OR EXISTS (SELECT FROM surplus_rule v
                     WHERE v.node_id = node AND v.unit_id = u.unit_id AND v.from_on > u.from_on
                       AND v.from_on <= r.to_on AND v.recorded_at < r.recorded_at)
      THEN 'its rule was not in force'
    WHEN r.sharing_code IS DISTINCT FROM CASE WHEN r.source = 'reserve' THEN NULL
                                              WHEN r.amount_minor < 0 THEN u.loss_code
                                              ELSE u.sharing_code END
      THEN 'it was divided by another rule'
    WHEN r.sharing_code IS NOT NULL AND NOT EXISTS (
           SELECT FROM sharing_version v
            WHERE (v.node_id, v.code, v.version) = (node, r.sharing_code, r.sharing_version)
              AND v.valid_from <= r.to_on AND v.rule = r.steps)
      THEN 'the version of its rule says otherwise'
    WHEN t.mixed THEN 'somebody bears where others get'
    END
    FROM surplus_run r
    JOIN surplus_rule u ON u.node_id = r.node_id AND u.number = r.rule_number
   CROSS JOIN LATERAL (
         SELECT count(*) AS counted, coalesce(max(s.number), 0) AS last,
                coalesce(sum(s.interest_minor + s.patronage_minor), 0) AS parts,
                coalesce(sum(s.interest_minor), 0) AS interest, coalesce(sum(s.cash_minor), 0) AS cash,
                coalesce(bool_or(sign(s.patronage_minor) = -sign(r.amount_minor)), false) AS mixed
           FROM surplus_share s
          WHERE s.node_id = r.node_id AND s.run_number = r.number) t
   WHERE r.node_id = node AND r.number = wanted
$$;

-- What was not divided yet of the result up to a day, by the entries up to one: incomes less expenses until
-- then, what stands on the account of what was divided, and what entries of any day moved there from incomes
-- and expenses: closing an account makes no surplus. What is left of bound funds is left out, if asked for.
CREATE FUNCTION undivided_result(of_node int, of_result int, through date, last_entry bigint,
    leaves_out boolean) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH counted AS (
    SELECT g.fund_id, g.amount_minor
      FROM account r
      JOIN account a ON a.node_id = r.node_id AND a.unit_id = r.unit_id AND a.type IN ('income', 'expense')
      JOIN posting g ON g.node_id = a.node_id AND g.account_id = a.id AND g.booked_on <= through
       AND g.entry_number <= last_entry
     WHERE r.node_id = of_node AND r.id = of_result
    UNION ALL
    SELECT g.fund_id, g.amount_minor
      FROM posting g
     WHERE g.node_id = of_node AND g.account_id = of_result AND g.entry_number <= last_entry
    UNION ALL
    SELECT g.fund_id, g.amount_minor
      FROM (SELECT DISTINCT c.entry_number
              FROM posting c
             WHERE c.node_id = of_node AND c.account_id = of_result AND c.booked_on > through
               AND c.entry_number <= last_entry) c
      JOIN posting g ON g.node_id = of_node AND g.entry_number = c.entry_number
      JOIN account r ON r.node_id = of_node AND r.id = of_result
      JOIN account a ON a.node_id = of_node AND a.id = g.account_id AND a.unit_id = r.unit_id
       AND a.type IN ('income', 'expense')
  )
  SELECT coalesce(sum(CASE WHEN leaves_out AND f.minor > 0 AND is_bound_fund(of_node, f.fund_id, through)
                           THEN 0 ELSE f.minor END), 0)::bigint
    FROM (SELECT c.fund_id, -sum(c.amount_minor) AS minor FROM counted c GROUP BY c.fund_id) f
$$;

-- What is wrong with the steps of a run, and with its entries; NULL if nothing is.
CREATE OR REPLACE FUNCTION surplus_step_fault(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  WITH step AS (
    SELECT s.number, s.step, s.entry_number, s.entry_number + coalesce(s.entries, 1) - 1 AS last_entry,
           s.recorded_by, s.recorded_at,
           row_number() OVER (ORDER BY s.number) AS counted,
           count(*) FILTER (WHERE s.step = 'approved') OVER (ORDER BY s.number) AS approvals,
           lag(s.step) OVER (ORDER BY s.number) AS before
      FROM surplus_step s
     WHERE s.node_id = node AND s.run_number = wanted
  ), run AS (
    SELECT r.amount_minor, r.source, r.to_on, r.reserve_minor, r.other_minor, r.recorded_by, r.recorded_at,
           u.result_account_id, u.reserve_account_id, u.capital_account_id, u.payable_account_id,
           u.other_account_id
      FROM surplus_run r
      JOIN surplus_rule u ON u.node_id = r.node_id AND u.number = r.rule_number
     WHERE r.node_id = node AND r.number = wanted
  ), said AS (
    SELECT x.account, x.member, sum(x.minor) AS minor
      FROM (SELECT CASE r.source WHEN 'result' THEN r.result_account_id ELSE r.reserve_account_id END
                     AS account, '' AS member, r.amount_minor AS minor
              FROM run r
            UNION ALL
            SELECT r.reserve_account_id, '', -r.reserve_minor FROM run r
            UNION ALL
            SELECT r.other_account_id, '', -r.other_minor FROM run r
            UNION ALL
            SELECT r.capital_account_id, p.number,
                   s.cash_minor - s.interest_minor - s.patronage_minor
              FROM run r
              JOIN surplus_share s ON s.node_id = node AND s.run_number = wanted
              JOIN party p ON p.node_id = node AND p.id = s.party_id
            UNION ALL
            SELECT r.payable_account_id, p.number, -s.cash_minor
              FROM run r
              JOIN surplus_share s ON s.node_id = node AND s.run_number = wanted
              JOIN party p ON p.node_id = node AND p.id = s.party_id) x
     GROUP BY x.account, x.member
    HAVING sum(x.minor) <> 0
  ), told AS (
    SELECT g.account_id AS account, coalesce(d.code, '') AS member, sum(g.amount_minor) AS minor
      FROM step s
      JOIN posting g ON g.node_id = node AND g.entry_number BETWEEN s.entry_number AND s.last_entry
      LEFT JOIN dimension d ON d.node_id = node AND d.kind = 'member' AND d.id = g.member_id
     WHERE s.step = 'booked'
     GROUP BY g.account_id, coalesce(d.code, '')
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM step s WHERE s.number <> s.counted) THEN 'its steps have a gap'
    WHEN EXISTS (SELECT FROM step s
                  WHERE s.last_entry - s.entry_number + 1
                     <> (SELECT count(*) FROM entry e
                          WHERE e.node_id = node AND e.number BETWEEN s.entry_number AND s.last_entry))
      THEN 'its entries are not there'
    WHEN EXISTS (SELECT FROM step s, run r WHERE s.step = 'approved' AND s.recorded_by = r.recorded_by)
      THEN 'nobody approves what they wrote'
    WHEN EXISTS (SELECT FROM step s
                   JOIN run r ON true
                   JOIN party_user u ON u.node_id = node AND u.user_id = s.recorded_by
                    AND was_linked(node, u.party_id, u.user_id, r.recorded_at, s.recorded_at)
                  WHERE s.step = 'approved'
                    AND EXISTS (SELECT FROM surplus_share h WHERE h.node_id = node
                                   AND h.run_number = wanted AND h.party_id = u.party_id)
                    AND NOT EXISTS (SELECT FROM surplus_share h WHERE h.node_id = node
                                       AND h.run_number = wanted AND h.party_id <> u.party_id))
      THEN 'nobody approves what pays only them'
    WHEN EXISTS (SELECT FROM step s
                  WHERE CASE s.step WHEN 'approved' THEN s.approvals > 2 OR s.before <> 'approved'
                          WHEN 'booked' THEN s.approvals <> 2 OR s.before <> 'approved'
                          WHEN 'cancelled' THEN s.before IS NOT NULL AND s.before <> 'approved'
                          ELSE s.before IS DISTINCT FROM 'booked' END)
      THEN 'two people approve what is booked, and what is booked is undone, in this order'
    WHEN EXISTS (SELECT FROM step s WHERE s.step = 'booked')
         AND EXISTS ((SELECT account, member, minor FROM said EXCEPT SELECT account, member, minor FROM told)
                     UNION ALL
                     (SELECT account, member, minor FROM told EXCEPT SELECT account, member, minor FROM said))
      THEN 'its entry says otherwise'
    WHEN EXISTS (SELECT FROM step s
                  CROSS JOIN run r
                  WHERE s.step = 'booked' AND r.amount_minor > 0
                    AND CASE r.source
                        WHEN 'result'
                        THEN undivided_result(node, r.result_account_id, r.to_on, s.last_entry, false) < 0
                        ELSE (SELECT sum(g.amount_minor) FROM posting g
                               WHERE g.node_id = node AND g.account_id = r.reserve_account_id
                                 AND g.entry_number <= s.last_entry) > 0 END)
      THEN 'more is divided than there was'
    WHEN EXISTS (SELECT FROM step s
                   JOIN step b ON b.step = 'booked'
                   JOIN entry e ON e.node_id = node AND e.number BETWEEN s.entry_number AND s.last_entry
                  WHERE s.step = 'undone'
                    AND (e.reverses IS DISTINCT FROM b.entry_number + (e.number - s.entry_number)
                         OR s.last_entry - s.entry_number <> b.last_entry - b.entry_number))
      THEN 'it is undone by the reversal of its entries'
    WHEN EXISTS (SELECT FROM step b
                   JOIN entry e ON e.node_id = node AND e.reverses BETWEEN b.entry_number AND b.last_entry
                  WHERE b.step = 'booked'
                    AND NOT EXISTS (SELECT FROM step s
                                     WHERE s.step = 'undone'
                                       AND e.number BETWEEN s.entry_number AND s.last_entry))
      THEN 'its entry was reversed, and the register does not know'
    END
$$;

-- What a run owes to a member is not taken back while an order pays it.
CREATE FUNCTION check_undone_surplus() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM surplus_share s
               JOIN surplus_run r ON r.node_id = s.node_id AND r.number = s.run_number
               JOIN surplus_rule u ON u.node_id = r.node_id AND u.number = r.rule_number
              WHERE s.node_id = NEW.node_id AND s.run_number = NEW.run_number AND s.cash_minor > 0
                AND live_order_to(s.node_id, u.payable_account_id, s.party_id, NEW.recorded_at)
                    IS NOT NULL) THEN
    RAISE EXCEPTION 'run % of a surplus: an order pays what it owes', NEW.run_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_not_paid AFTER INSERT ON surplus_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.step = 'undone') EXECUTE FUNCTION check_undone_surplus();

-- ---------------------------------------------------------------- entries that a register keeps

-- Which register made an entry, and alone takes it back; NULL if everybody may reverse it.
CREATE FUNCTION keeper_of_entry(node int, wanted int) RETURNS text LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT k.keeper
    FROM (SELECT format('movement %s of shares', m.number) AS keeper
            FROM share_movement m
           WHERE m.node_id = node AND m.entry_number = wanted AND m.movement <> 'receive'
             AND m.entry_number IS NOT NULL
          UNION ALL
          SELECT format('run %s of a surplus', s.run_number)
            FROM surplus_step s
           WHERE s.node_id = node
             AND wanted BETWEEN s.entry_number AND s.entry_number + coalesce(s.entries, 1) - 1
          UNION ALL
          SELECT format('division %s of shared costs', s.allocation_number)
            FROM cost_step s
           WHERE s.node_id = node AND s.entry_number = wanted
          UNION ALL
          SELECT format('pay run %s', s.run_number)
            FROM pay_run_step s
           WHERE s.node_id = node AND wanted BETWEEN s.first_entry AND s.last_entry) k
   LIMIT 1
$$;

-- The register that made an entry takes it back itself, in the same database transaction. By row, and at its
-- end: few entries are reversals.
CREATE FUNCTION check_reversal_is_kept() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF keeper_of_entry(NEW.node_id, NEW.reverses) IS NOT NULL
     AND keeper_of_entry(NEW.node_id, NEW.number) IS NULL THEN
    RAISE EXCEPTION 'entry % was made by %, which takes it back itself', NEW.reverses,
      keeper_of_entry(NEW.node_id, NEW.reverses) USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_kept AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.reverses IS NOT NULL) EXECUTE FUNCTION check_reversal_is_kept();
