-- Payments that came in from a table: which row each of them was, so that the same file is taken once.

CREATE TABLE payment_row (
  node_id        int         NOT NULL,
  row_hash       uuid        NOT NULL,
  payment_number bigint      NOT NULL,
  recorded_at    timestamptz NOT NULL,
  recorded_by    int         REFERENCES user_account,
  PRIMARY KEY (node_id, row_hash),
  FOREIGN KEY (node_id, payment_number) REFERENCES payment,
  UNIQUE (node_id, payment_number)
);
COMMENT ON TABLE payment_row IS 'Payments that were imported, by the fingerprint of what their row said.';
CALL make_append_only('payment_row');
GRANT SELECT, INSERT ON payment_row TO coopledger_service;
