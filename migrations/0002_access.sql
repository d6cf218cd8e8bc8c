-- Access: who signs in, with which tokens, and what each may do in which node.

CREATE TABLE user_account (
  id              int         PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name            text        NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9._-]{0,38}[a-z0-9]$'),
  title           text        NOT NULL CHECK (length(title) <= 200),
  password_hash   text        CHECK (password_hash ~ '^\$argon2id\$'),
  password_set_at timestamptz,
  is_operator     boolean     NOT NULL DEFAULT false,
  created_by      int         REFERENCES user_account,
  created_at      timestamptz NOT NULL,
  closed_at       timestamptz,
  CHECK ((password_hash IS NULL) = (password_set_at IS NULL))
);
COMMENT ON TABLE  user_account IS
  'People and programs that sign in to this server. Never deleted: entries name them.';
COMMENT ON COLUMN user_account.title IS 'What people call them.';
COMMENT ON COLUMN user_account.password_hash IS
  'Argon2id in its encoded form, parameters and salt included. NULL: signs in by token only.';
COMMENT ON COLUMN user_account.is_operator IS
  'Runs the server: makes users, nodes and units. Reads no books without a role in the node.';
COMMENT ON COLUMN user_account.closed_at IS
  'Since then none of their tokens is accepted and they cannot sign in.';

CREATE TABLE access_token (
  id           int         PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  user_id      int         NOT NULL REFERENCES user_account,
  token_hash   bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  origin       text        NOT NULL CHECK (origin IN ('sign_in', 'issued')),
  label        text        NOT NULL CHECK (length(label) <= 200),
  scopes       text[]      NOT NULL
    CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'write', 'admin']),
  only_node_id int         REFERENCES node,
  issued_at    timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at > issued_at),
  revoked_at   timestamptz,
  last_used_on date
);
CREATE INDEX access_token_of_user ON access_token (user_id);
COMMENT ON TABLE  access_token IS 'Bearer tokens. The token itself is shown once and never kept.';
COMMENT ON COLUMN access_token.token_hash IS
  'SHA-256 of the token''s text. 32 random bytes need no slow hash.';
COMMENT ON COLUMN access_token.origin IS
  'sign_in: by name and password, ends when the password changes. issued: asked for by name.';
COMMENT ON COLUMN access_token.only_node_id IS 'If set, the token is good for this node only.';
COMMENT ON COLUMN access_token.last_used_on IS
  'The last day of UTC on which it was used; not more precise on purpose.';

CREATE TABLE role_grant (
  node_id    int         NOT NULL REFERENCES node,
  user_id    int         NOT NULL REFERENCES user_account,
  role       text        NOT NULL
    CHECK (role IN ('treasurer', 'bookkeeper', 'approver', 'auditor', 'member', 'neighbour')),
  granted_at timestamptz NOT NULL,
  granted_by int         REFERENCES user_account,
  revoked_at timestamptz CHECK (revoked_at >= granted_at),
  revoked_by int         REFERENCES user_account,
  PRIMARY KEY (node_id, user_id, role, granted_at)
);
CREATE UNIQUE INDEX role_grant_held ON role_grant (node_id, user_id, role) WHERE revoked_at IS NULL;
CREATE INDEX role_grant_of_user ON role_grant (user_id) WHERE revoked_at IS NULL;
COMMENT ON TABLE  role_grant IS
  'Who held which role in which node, from when to when, given and taken by whom. Rows stay.';
COMMENT ON COLUMN role_grant.granted_by IS
  'NULL: by the program itself, or by an operator at the command line.';

CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON user_account
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON role_grant
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON user_account, access_token, role_grant TO coopledger_service;
GRANT UPDATE (title, password_hash, password_set_at, is_operator, closed_at)
  ON user_account TO coopledger_service;
GRANT UPDATE (revoked_at, last_used_on) ON access_token TO coopledger_service;
GRANT DELETE ON access_token TO coopledger_service;
GRANT UPDATE (revoked_at, revoked_by) ON role_grant TO coopledger_service;
