-- Shares are paid in, given and asked back on days on which they are held. What each member holds of a class
-- is right on every day, not only in the end.

-- What each member held of each class at the end of each day on which something moved. `asked` is what waited
-- then and was not taken back, on whatever day: who stays after all has asked for nothing.
CREATE FUNCTION share_holdings(of_node int) RETURNS TABLE (class_code text, party_id int, day date,
    holding bigint, unpaid bigint, waiting bigint, asked bigint, reserve bigint) LANGUAGE sql STABLE AS $$
  SELECT m.class_code, m.party_id, d.day, (sum(sum(d.holding)) OVER until_then)::bigint,
         (sum(sum(d.unpaid)) OVER until_then)::bigint, (sum(sum(d.waiting)) OVER until_then)::bigint,
         (sum(sum(d.asked)) OVER until_then)::bigint, (sum(sum(d.reserve)) OVER until_then)::bigint
    FROM public.share_effects(of_node) m
    JOIN public.share_movement s ON s.node_id = of_node AND s.number = m.number
    LEFT JOIN public.share_movement f ON f.node_id = of_node AND f.number = s.follows
          AND s.movement = 'take_back'
   CROSS JOIN LATERAL (VALUES
           (m.moved_on, m.holding, m.unpaid, m.waiting, 0::bigint, m.reserve),
           (coalesce(f.moved_on, m.moved_on), 0, 0, 0, m.waiting, 0))
         AS d (day, holding, unpaid, waiting, asked, reserve)
   GROUP BY m.class_code, m.party_id, d.day
  WINDOW until_then AS (PARTITION BY m.class_code, m.party_id ORDER BY d.day)
$$;

-- What may not be below zero, and what it says if it is. Of what a movement changes: how it changes that.
CREATE FUNCTION share_room(holding bigint, unpaid bigint, waiting bigint, asked bigint, reserve bigint)
  RETURNS TABLE (place int, minor bigint, fault text) LANGUAGE sql IMMUTABLE AS $$
  VALUES (1, unpaid, 'more is paid in or cancelled than was subscribed'),
         (2, holding, 'more leaves than is held'),
         (3, waiting, 'more is withdrawn or taken back than was asked'),
         (4, holding - asked, 'more is asked back than is held'),
         (5, holding + reserve - unpaid - asked, 'only what was paid in, and is not asked back, leaves')
$$;

-- The first day on which a movement takes what there is not, and what that is; NULL if there is none. What
-- was wrong before it, it may mend. What is given or asked back was free on its own day, by what was known.
CREATE FUNCTION share_day_fault(of_node int, wanted int) RETURNS text LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp AS $$
DECLARE
  moved record;
  found text;
BEGIN
  SELECT e.class_code, e.party_id, e.moved_on, e.holding, e.unpaid, e.waiting, e.reserve, m.movement
    INTO moved
    FROM share_effects(of_node) e
    JOIN share_movement m ON m.node_id = of_node AND m.number = e.number
   WHERE e.number = wanted;
  SELECT format('on %s %s', h.day, r.fault) INTO found
    FROM share_holdings(of_node) h
   CROSS JOIN LATERAL share_room(h.holding, h.unpaid, h.waiting, h.asked, h.reserve) r
    JOIN share_room(moved.holding, moved.unpaid, moved.waiting, moved.waiting, moved.reserve) c
      ON c.place = r.place
   WHERE h.class_code = moved.class_code AND h.party_id = moved.party_id AND h.day >= moved.moved_on
     AND r.minor < 0 AND c.minor < 0
   ORDER BY h.day, r.place
   LIMIT 1;
  IF found IS NULL AND moved.movement IN ('give', 'ask')
     AND (SELECT sum(e.holding - e.unpaid - e.waiting)
            FROM share_effects(of_node) e
           WHERE e.class_code = moved.class_code AND e.party_id = moved.party_id AND e.number <= wanted
             AND e.moved_on <= moved.moved_on) < 0 THEN
    found := format('on %s only what was paid in, and is not asked back, leaves', moved.moved_on);
  END IF;
  RETURN found;
END $$;

CREATE OR REPLACE FUNCTION check_share_movement() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE fault text := coalesce(share_movement_fault(NEW.node_id, NEW.number),
                               share_day_fault(NEW.node_id, NEW.number),
                               share_withdrawal_fault(NEW.node_id, NEW.number),
                               share_movement_refusal(NEW.node_id, NEW.number));
BEGIN
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'movement % of shares: %', NEW.number, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
