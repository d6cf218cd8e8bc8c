-- Rules by which sums are divided, as data: typed steps, dated from a day, with the decision that adopted
-- them; and published values of places that rules ask for. Nothing here names a person.

CREATE TABLE sharing_version (
  node_id       int         NOT NULL REFERENCES node,
  number        int         NOT NULL CHECK (number > 0),
  code          text        NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  version       int         NOT NULL CHECK (version > 0),
  title         text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  valid_from    date        NOT NULL,
  rule          text        CHECK (length(rule) BETWEEN 2 AND 20000),
  rule_hash     text,
  decision      text        NOT NULL CHECK (length(decision) <= 500 AND decision ~ '[^[:space:]]'),
  handbook_link text        CHECK (length(handbook_link) BETWEEN 1 AND 500),
  adopted_on    date        NOT NULL,
  recorded_at   timestamptz NOT NULL,
  recorded_by   int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  UNIQUE (node_id, code, version),
  UNIQUE (node_id, code, valid_from),
  CONSTRAINT the_hash_is_that_of_the_rule CHECK (
    rule_hash IS NOT DISTINCT FROM encode(sha256(convert_to(rule, 'UTF8')), 'hex'))
);
COMMENT ON TABLE  sharing_version IS 'Versions of rules. One holds from its day until the next one of its '
  'code begins; one without a rule withdraws it.';
COMMENT ON COLUMN sharing_version.rule IS 'Its steps as canonical JSON text (ledger/sharing/rule_json.hpp).';
COMMENT ON COLUMN sharing_version.decision IS 'Who adopted it, and where that is written down.';
CALL make_append_only('sharing_version');

CREATE TABLE place_value (
  node_id      int         NOT NULL REFERENCES node,
  number       int         NOT NULL CHECK (number > 0),
  name         text        NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]{0,39}$'),
  place        text        NOT NULL CHECK (length(place) BETWEEN 1 AND 60),
  valid_from   date        NOT NULL,
  numerator    bigint      NOT NULL CHECK (numerator >= 0),
  denominator  bigint      NOT NULL CHECK (denominator > 0),
  unit_id      int         REFERENCES unit,
  source       text        NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
  published_on date        NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  int         REFERENCES user_account,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE  place_value IS 'What was published of a place: a living wage an hour, an index of costs. '
  'Of values from the same day the one with the highest number holds.';
COMMENT ON COLUMN place_value.unit_id IS 'Of money, in whole units; an index has none.';
CALL make_append_only('place_value');

-- Numbers and versions without a gap; each version from a later day than the one before; the first one
-- withdraws nothing.
CREATE FUNCTION check_sharing_version() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.version = 1 AND NEW.rule IS NULL)
     OR (NEW.version > 1
         AND NOT EXISTS (SELECT FROM sharing_version v
                          WHERE (v.node_id, v.code, v.version) = (NEW.node_id, NEW.code, NEW.version - 1)
                            AND v.valid_from < NEW.valid_from))
     OR (NEW.number > 1
         AND NOT EXISTS (SELECT FROM sharing_version v
                          WHERE (v.node_id, v.number) = (NEW.node_id, NEW.number - 1))) THEN
    RAISE EXCEPTION 'version % of rule % does not follow', NEW.version, NEW.code
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT ON sharing_version
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_sharing_version();

GRANT SELECT, INSERT ON sharing_version, place_value TO coopledger_service;
