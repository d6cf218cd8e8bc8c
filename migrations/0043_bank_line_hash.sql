-- The text that a line was read from has its hash, as its file has: what was read is proved line by line.
ALTER TABLE bank_line ADD COLUMN raw_hash bytea;
-- Lines are never updated: the table is written anew with it.
ALTER TABLE bank_line ALTER COLUMN raw_hash TYPE bytea USING sha256(convert_to(raw, 'UTF8'));
ALTER TABLE bank_line ALTER COLUMN raw_hash SET NOT NULL;
ALTER TABLE bank_line ADD CONSTRAINT a_hash_has_32_bytes CHECK (length(raw_hash) = 32);
COMMENT ON COLUMN bank_line.raw_hash IS 'SHA-256 of raw in UTF-8, made when the line is written.';
