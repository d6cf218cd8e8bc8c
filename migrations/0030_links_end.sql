-- Which sign-in is whose is a fact with an end: a link is never deleted, it ends. So whoever was linked with
-- a member when something was recorded is known for good, and nobody steps aside for the moment of an
-- approval.

ALTER TABLE party_user DROP CONSTRAINT party_user_pkey;
ALTER TABLE party_user ADD PRIMARY KEY (node_id, party_id, user_id, linked_at);

CREATE TABLE party_user_end (
  node_id     int         NOT NULL,
  party_id    int         NOT NULL,
  user_id     int         NOT NULL,
  linked_at   timestamptz NOT NULL,
  unlinked_at timestamptz NOT NULL,
  unlinked_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, party_id, user_id, linked_at),
  FOREIGN KEY (node_id, party_id, user_id, linked_at) REFERENCES party_user,
  CONSTRAINT a_link_ends_after_it_began CHECK (unlinked_at >= linked_at),
  CONSTRAINT somebody_else_unlinks CHECK (unlinked_by <> user_id)
);
COMMENT ON TABLE party_user IS 'Which sign-in sees the party''s own view, until the link ends. Links end '
  'when the party is erased.';
COMMENT ON TABLE party_user_end IS 'Links of sign-ins with parties that ended. That they were there stays '
  'known: nobody approves what is theirs by leaving it for a moment.';
CALL make_append_only('party_user');
CALL make_append_only('party_user_end');
REVOKE DELETE ON party_user FROM coopledger_service;
GRANT SELECT, INSERT ON party_user_end TO coopledger_service;

-- Whether a sign-in and a party are linked now.
CREATE FUNCTION is_linked(of_node int, of_party int, of_user int) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM party_user u
                  WHERE u.node_id = of_node AND u.party_id = of_party AND u.user_id = of_user
                    AND NOT EXISTS (SELECT FROM party_user_end e
                          WHERE e.node_id = u.node_id AND e.party_id = u.party_id AND e.user_id = u.user_id
                            AND e.linked_at = u.linked_at));
END $$;

-- As before (0022), and links that ended since count.
CREATE OR REPLACE FUNCTION was_linked(of_node int, of_party int, of_user int, since timestamptz,
                                      until timestamptz)
  RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM party_user u
                  WHERE u.node_id = of_node AND u.party_id = of_party AND u.user_id = of_user
                    AND u.linked_at <= until
                    AND NOT EXISTS (SELECT FROM party_user_end e
                          WHERE e.node_id = u.node_id AND e.party_id = u.party_id AND e.user_id = u.user_id
                            AND e.linked_at = u.linked_at AND e.unlinked_at <= since));
END $$;

CREATE FUNCTION check_party_user() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.linked_by = NEW.user_id THEN
    RAISE EXCEPTION 'nobody links their own sign-in' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF is_linked(NEW.node_id, NEW.party_id, NEW.user_id) THEN
    RAISE EXCEPTION 'a sign-in is linked with a party once at a time'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER by_somebody_else BEFORE INSERT ON party_user
  FOR EACH ROW EXECUTE FUNCTION check_party_user();

-- As before (0004), but links end.
CREATE OR REPLACE FUNCTION check_nothing_is_left() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM party_profile p WHERE (p.node_id, p.party_id) = (NEW.node_id, NEW.party_id))
     OR EXISTS (SELECT FROM party_user u
                 WHERE (u.node_id, u.party_id) = (NEW.node_id, NEW.party_id)
                   AND is_linked(u.node_id, u.party_id, u.user_id)) THEN
    RAISE EXCEPTION 'whoever is erased leaves no profile and no sign-in'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- As before (0020): whoever was linked with the payee since the mandate was granted draws nothing for them.
CREATE OR REPLACE FUNCTION check_own_draw() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
  AS $$
BEGIN
  IF was_linked(NEW.node_id, NEW.party_id, NEW.recorded_by,
                (SELECT m.recorded_at FROM spending_mandate m
                  WHERE m.node_id = NEW.node_id AND m.number = NEW.mandate_number), NEW.recorded_at) THEN
    RAISE EXCEPTION 'nobody draws what pays them' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- ---------------------------------------------------------------- hours

-- Nobody decides on hours of a member whose sign-in was theirs since the hours were recorded.
CREATE FUNCTION check_own_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM work_hours h
              WHERE h.node_id = NEW.node_id AND h.number = NEW.hours_number
                AND was_linked(h.node_id, h.party_id, NEW.recorded_by, h.recorded_at, NEW.recorded_at)) THEN
    RAISE EXCEPTION 'hours %: nobody decides on their own hours', NEW.hours_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER not_their_own AFTER INSERT ON work_hours_step
  FOR EACH ROW WHEN (NEW.kind <> 'reversed') EXECUTE FUNCTION check_own_hours();

-- What hours are for is a cost object of the node.
CREATE FUNCTION check_hours_object() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM dimension d
                  WHERE d.node_id = NEW.node_id AND d.kind = 'cost_object' AND d.code = NEW.cost_object) THEN
    RAISE EXCEPTION 'hours % are for something that the node does not know', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER for_a_cost_object AFTER INSERT ON work_hours DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.cost_object IS NOT NULL) EXECUTE FUNCTION check_hours_object();
