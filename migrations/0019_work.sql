-- Work: circles and who is in them, kinds of work, and hours with what they mean. Everything is appended:
-- where hours stand follows from their steps, and what was wrong is taken back and recorded anew.

-- ---------------------------------------------------------------- circles

CREATE TABLE circle (
  node_id     int         NOT NULL REFERENCES node,
  id          int         NOT NULL CHECK (id > 0),
  code        text        NOT NULL CHECK (code ~ '^[a-z][a-z0-9-]{0,30}$'),
  title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  from_on     date        NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, id),
  UNIQUE (node_id, code)
);
COMMENT ON TABLE circle IS 'A group of members who do a part of the work and look at each other''s hours.';
CALL make_append_only('circle');

CREATE TABLE circle_step (
  node_id     int         NOT NULL,
  circle_id   int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  kind        text        NOT NULL CHECK (kind IN ('joined', 'left', 'closed')),
  party_id    int,
  on_day      date        NOT NULL,
  reason      text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, circle_id, number),
  FOREIGN KEY (node_id, circle_id) REFERENCES circle,
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT a_circle_step_is_whole CHECK ((party_id IS NULL) = (kind = 'closed')
    AND (reason IS NULL) = (kind = 'joined'))
);
CREATE UNIQUE INDEX a_circle_closes_once ON circle_step (node_id, circle_id) WHERE kind = 'closed';
CREATE INDEX circle_step_of_party ON circle_step (node_id, party_id) WHERE party_id IS NOT NULL;
COMMENT ON TABLE  circle_step IS 'Who joined a circle and who left it, and its end, as they became known.';
COMMENT ON COLUMN circle_step.on_day IS 'Joined: the first day. Left, closed: the last one.';
CALL make_append_only('circle_step');

CREATE FUNCTION check_circle_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE begins date; ended date; last record; before int; fault text;
BEGIN
  SELECT c.from_on INTO begins FROM circle c WHERE (c.node_id, c.id) = (NEW.node_id, NEW.circle_id);
  SELECT count(*), min(s.on_day) FILTER (WHERE s.kind = 'closed') INTO before, ended
    FROM circle_step s
   WHERE (s.node_id, s.circle_id) = (NEW.node_id, NEW.circle_id) AND s.number < NEW.number;
  SELECT s.kind, s.on_day INTO last
    FROM circle_step s
   WHERE (s.node_id, s.circle_id, s.party_id) = (NEW.node_id, NEW.circle_id, NEW.party_id)
     AND s.number < NEW.number
   ORDER BY s.number DESC
   LIMIT 1;
  fault := CASE
    WHEN before + 1 <> NEW.number THEN 'steps are numbered without a gap'
    WHEN NEW.on_day < begins THEN 'nothing happens in it before it begins'
    WHEN NEW.kind = 'joined' AND (ended IS NOT NULL
           OR coalesce(last.kind = 'joined' OR last.on_day >= NEW.on_day, false))
      THEN 'who joins is not in it, and it is not closed'
    WHEN NEW.kind = 'left' AND (last.kind = 'joined' AND last.on_day <= NEW.on_day) IS NOT TRUE
      THEN 'who leaves is in it'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'step % of circle %: %', NEW.number, NEW.circle_id, fault
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON circle_step FOR EACH ROW EXECUTE FUNCTION check_circle_step();

-- Whether a party was in a circle on a day, as was known at an instant. What ended at that very instant was
-- recorded after what rests on it.
CREATE FUNCTION is_in_circle(of_node int, of_circle int, of_party int, on_day date, known timestamptz)
  RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT s.kind = 'joined'
                     FROM circle_step s
                    WHERE s.node_id = of_node AND s.circle_id = of_circle AND s.party_id = of_party
                      AND (s.recorded_at < known OR s.recorded_at = known AND s.kind = 'joined')
                      AND (s.kind = 'joined' AND s.on_day <= is_in_circle.on_day
                           OR s.kind = 'left' AND s.on_day < is_in_circle.on_day)
                    ORDER BY s.number DESC
                    LIMIT 1), false)
$$;

-- ---------------------------------------------------------------- kinds of work

CREATE TABLE work_kind (
  node_id     int         NOT NULL REFERENCES node,
  number      int         NOT NULL CHECK (number > 0),
  code        text        NOT NULL CHECK (code ~ '^[a-z][a-z0-9-]{0,30}$'),
  title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  has_price   boolean     NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, code)
);
COMMENT ON TABLE  work_kind IS 'What kinds of work a node tells apart.';
COMMENT ON COLUMN work_kind.has_price IS 'False: its hours are counted and reported, and never paid.';
CALL make_append_only('work_kind');

-- ---------------------------------------------------------------- hours

CREATE TABLE work_hours (
  node_id     int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  party_id    int         NOT NULL,
  circle_id   int         NOT NULL,
  worked_on   date        NOT NULL,
  minutes     int         NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  kind        text        NOT NULL,
  intent      text        NOT NULL CHECK (intent IN ('obligation', 'gift', 'paid')),
  cost_object text,
  task        text        CHECK (length(task) BETWEEN 1 AND 500),
  note        text        CHECK (length(note) BETWEEN 1 AND 500),
  corrects    int,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  FOREIGN KEY (node_id, circle_id) REFERENCES circle,
  FOREIGN KEY (node_id, kind) REFERENCES work_kind (node_id, code),
  FOREIGN KEY (node_id, corrects) REFERENCES work_hours,
  CONSTRAINT corrects_what_was_before CHECK (corrects < number)
);
CREATE INDEX work_hours_of_day ON work_hours (node_id, party_id, worked_on);
CREATE INDEX work_hours_by_day ON work_hours (node_id, worked_on, number);
CREATE UNIQUE INDEX hours_are_corrected_once ON work_hours (node_id, corrects) WHERE corrects IS NOT NULL;
COMMENT ON TABLE  work_hours IS 'What a member worked on a day, and what it is for. Where it stands follows '
  'from its steps.';
COMMENT ON COLUMN work_hours.intent IS 'obligation: counts toward what the member owes; gift: wants nothing; '
  'paid: compensation is wanted.';
COMMENT ON COLUMN work_hours.corrects IS 'The hours that were taken back and stand here anew.';
CALL make_append_only('work_hours');

CREATE TABLE work_hours_step (
  node_id      int         NOT NULL,
  hours_number int         NOT NULL,
  number       int         NOT NULL CHECK (number IN (1, 2)),
  kind         text        NOT NULL CHECK (kind IN ('approved', 'rejected', 'reversed')),
  party_id     int,
  on_day       date        NOT NULL,
  reason       text        CHECK (length(reason) BETWEEN 1 AND 500),
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, hours_number, number),
  FOREIGN KEY (node_id, hours_number) REFERENCES work_hours,
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT hours_step_is_whole CHECK ((reason IS NULL) = (kind = 'approved')
    AND (kind = 'reversed' OR party_id IS NOT NULL AND recorded_by IS NOT NULL)
    AND (number = 1 OR kind = 'reversed'))
);
COMMENT ON TABLE  work_hours_step IS 'What became of hours: approved or rejected by another member of the '
  'circle, taken back.';
COMMENT ON COLUMN work_hours_step.party_id IS 'As which member of the circle it was decided.';
COMMENT ON COLUMN work_hours_step.on_day IS 'The node''s day when it was decided.';
CALL make_append_only('work_hours_step');

-- A day has 24 hours; what is corrected was taken back; work is in a circle that is open, paid work by a
-- member of it.
CREATE FUNCTION check_work_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE fault text;
BEGIN
  fault := CASE
    WHEN (SELECT sum(h.minutes)
            FROM work_hours h
           WHERE (h.node_id, h.party_id, h.worked_on) = (NEW.node_id, NEW.party_id, NEW.worked_on)
             AND NOT EXISTS (SELECT FROM work_hours_step s
                              WHERE s.node_id = h.node_id AND s.hours_number = h.number
                                AND s.kind <> 'approved')) > 1440
      THEN 'a day has 24 hours'
    WHEN EXISTS (SELECT FROM circle c
                  WHERE (c.node_id, c.id) = (NEW.node_id, NEW.circle_id) AND NEW.worked_on < c.from_on)
         OR EXISTS (SELECT FROM circle_step s
                     WHERE (s.node_id, s.circle_id, s.kind) = (NEW.node_id, NEW.circle_id, 'closed')
                       AND s.recorded_at < NEW.recorded_at AND s.on_day < NEW.worked_on)
      THEN 'the circle is not open on that day'
    WHEN NEW.intent = 'paid' AND NOT (SELECT k.has_price FROM work_kind k
                                       WHERE (k.node_id, k.code) = (NEW.node_id, NEW.kind))
      THEN 'work of this kind is not paid'
    WHEN NEW.intent = 'paid' AND NOT is_in_circle(NEW.node_id, NEW.circle_id, NEW.party_id, NEW.worked_on,
                                                  NEW.recorded_at)
      THEN 'who wants to be paid is in the circle'
    WHEN NEW.corrects IS NOT NULL AND NOT EXISTS (
           SELECT FROM work_hours h
             JOIN work_hours_step s ON s.node_id = h.node_id AND s.hours_number = h.number
              AND s.kind <> 'approved'
            WHERE (h.node_id, h.number, h.party_id) = (NEW.node_id, NEW.corrects, NEW.party_id))
      THEN 'what it corrects was the member''s, and does not count any more'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'hours %: %', NEW.number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER are_possible AFTER INSERT ON work_hours
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_work_hours();

CREATE FUNCTION check_work_hours_step() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE told record; before record; fault text;
BEGIN
  SELECT h.party_id, h.circle_id, h.recorded_by INTO told
    FROM work_hours h WHERE (h.node_id, h.number) = (NEW.node_id, NEW.hours_number);
  SELECT s.kind INTO before
    FROM work_hours_step s
   WHERE (s.node_id, s.hours_number, s.number) = (NEW.node_id, NEW.hours_number, NEW.number - 1);
  fault := CASE
    WHEN NEW.number > 1 AND before.kind IS DISTINCT FROM 'approved'
      THEN 'hours are approved, then perhaps taken back'
    WHEN NEW.kind <> 'reversed' AND NEW.party_id = told.party_id THEN 'nobody decides on their own hours'
    WHEN NEW.kind <> 'reversed' AND NEW.recorded_by = told.recorded_by
      THEN 'nobody decides on hours that they recorded'
    WHEN NEW.kind <> 'reversed' AND NOT is_in_circle(NEW.node_id, told.circle_id, NEW.party_id, NEW.on_day,
                                                     NEW.recorded_at)
      THEN 'who decides is in the circle'
  END;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION 'hours %: %', NEW.hours_number, fault USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON work_hours_step
  FOR EACH ROW EXECUTE FUNCTION check_work_hours_step();

-- ---------------------------------------------------------------- the service's rights

GRANT SELECT, INSERT ON circle, circle_step, work_kind, work_hours, work_hours_step TO coopledger_service;
