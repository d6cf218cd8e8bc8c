-- Links that show a member their own view without a password: signed, until an instant, ended when asked.

CREATE TABLE own_link_key (
  node_id int         PRIMARY KEY REFERENCES node,
  key     bytea       NOT NULL CHECK (length(key) = 32),
  made_at timestamptz NOT NULL
);
COMMENT ON TABLE own_link_key IS 'What a node signs its members'' links with. Never exported: links end '
  'where books are restored.';
CALL make_append_only('own_link_key');

CREATE TABLE own_link (
  node_id     int         NOT NULL,
  number      int         NOT NULL CHECK (number > 0),
  party_id    int         NOT NULL,
  expires_at  timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, number),
  FOREIGN KEY (node_id, party_id) REFERENCES party,
  CONSTRAINT lasts_a_while CHECK (expires_at > recorded_at AND expires_at <= recorded_at + interval '93 days')
);
CREATE INDEX own_link_of_party ON own_link (node_id, party_id);
COMMENT ON TABLE own_link IS 'Links by which a member sees their own view until they expire.';
CALL make_append_only('own_link');

CREATE TABLE own_link_end (
  node_id     int         NOT NULL,
  link_number int         NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, link_number),
  FOREIGN KEY (node_id, link_number) REFERENCES own_link
);
COMMENT ON TABLE own_link_end IS 'Links that were ended before they expired.';
CALL make_append_only('own_link_end');

GRANT SELECT, INSERT ON own_link_key, own_link, own_link_end TO coopledger_service;
