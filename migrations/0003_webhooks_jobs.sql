-- Webhooks: where a node's events are sent. Jobs: long work of a node, with its progress and its result.

CREATE TABLE webhook (
  node_id           int         NOT NULL REFERENCES node,
  number            int         NOT NULL CHECK (number > 0),
  url               text        NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
  secret            text        NOT NULL CHECK (length(secret) >= 32),
  kinds             text[]      NOT NULL DEFAULT '{}',
  created_by        int,
  created_at        timestamptz NOT NULL,
  ended_at          timestamptz,
  delivered_event   bigint      NOT NULL CHECK (delivered_event >= 0),
  failures          int         NOT NULL DEFAULT 0 CHECK (failures >= 0),
  next_attempt_at   timestamptz NOT NULL,
  leased_until      timestamptz,
  last_attempt_at   timestamptz,
  last_delivered_at timestamptz,
  last_outcome      text        CHECK (length(last_outcome) <= 500),
  paused_at         timestamptz,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE  webhook IS 'Addresses that a node''s events are sent to, in order, each until it is '
  'answered with 2xx.';
COMMENT ON COLUMN webhook.secret IS 'The key of the signatures (HMAC-SHA256). Both sides need it, so it '
  'is kept as it is.';
COMMENT ON COLUMN webhook.kinds IS 'The kinds of events that are sent; empty: all.';
COMMENT ON COLUMN webhook.delivered_event IS 'Every event up to this number was delivered, or is of no '
  'asked kind.';
COMMENT ON COLUMN webhook.failures IS 'Attempts since the last delivery that failed.';
COMMENT ON COLUMN webhook.leased_until IS 'Until then one server is delivering: the others leave it alone.';
COMMENT ON COLUMN webhook.paused_at IS 'Since then nothing is sent, because too many attempts failed; a '
  'test that succeeds ends the pause.';
CREATE INDEX webhook_due ON webhook (next_attempt_at) WHERE ended_at IS NULL AND paused_at IS NULL;

CREATE TABLE job (
  node_id      int         NOT NULL REFERENCES node,
  number       int         NOT NULL CHECK (number > 0),
  kind         text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  parameters   jsonb       NOT NULL,
  host         text,
  state        text        NOT NULL
    CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  stage        text        NOT NULL DEFAULT '',
  done_count   bigint      NOT NULL DEFAULT 0,
  total_count  bigint      NOT NULL DEFAULT 0,
  cancel_asked boolean     NOT NULL DEFAULT false,
  result       jsonb,
  problem      jsonb,
  created_by   int,
  created_at   timestamptz NOT NULL,
  started_at   timestamptz,
  beat_at      timestamptz,
  ended_at     timestamptz,
  PRIMARY KEY (node_id, number)
);
COMMENT ON TABLE  job IS 'Long work in the background. What it records it records through the books; '
  'this row only tells how it stands.';
COMMENT ON COLUMN job.host IS 'The machine that has the files it needs; NULL: any server may do it.';
COMMENT ON COLUMN job.total_count IS '0 while it is not known.';
COMMENT ON COLUMN job.beat_at IS 'The last sign of life of the server that runs it; without one for a '
  'while it counts as interrupted.';
CREATE INDEX job_unfinished ON job (created_at) WHERE state IN ('waiting', 'running');

GRANT SELECT, INSERT ON webhook, job TO coopledger_service;
GRANT UPDATE (ended_at, delivered_event, failures, next_attempt_at, leased_until, last_attempt_at,
  last_delivered_at,
  last_outcome, paused_at) ON webhook TO coopledger_service;
GRANT UPDATE (state, stage, done_count, total_count, cancel_asked, result, problem, started_at, beat_at,
  ended_at)
  ON job TO coopledger_service;
