-- Where dues are paid, and what a notice says besides.

CREATE TABLE dues_payee (
  node_id        int  PRIMARY KEY REFERENCES node,
  account_holder text CHECK (length(account_holder) BETWEEN 1 AND 70 AND account_holder !~ '[[:cntrl:]]'),
  iban           text CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bic            text CHECK (bic ~ '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
  reference_kind text NOT NULL CHECK (reference_kind IN ('rf', 'ogm', 'qrr')),
  letterhead     text NOT NULL CHECK (length(letterhead) <= 500),
  closing        text NOT NULL CHECK (length(closing) <= 2000),
  CHECK (num_nonnulls(account_holder, iban) IN (0, 2)),
  CHECK (bic IS NULL OR iban IS NOT NULL)
);
COMMENT ON TABLE  dues_payee IS 'The account that a node''s dues are paid to, and what its notices say '
  'besides.';
COMMENT ON COLUMN dues_payee.reference_kind IS 'Which references members copy: rf (ISO 11649), ogm '
  '(Belgium), '
  'qrr (Switzerland).';
COMMENT ON COLUMN dues_payee.letterhead IS 'Lines below the node''s title: its address, how to reach it.';
COMMENT ON COLUMN dues_payee.closing IS 'Paragraphs at the end, a line each: whom to ask.';

GRANT SELECT, INSERT ON dues_payee TO coopledger_service;
GRANT UPDATE (account_holder, iban, bic, reference_kind, letterhead, closing) ON dues_payee
  TO coopledger_service;
