-- The addresses at which what is attached to events is fetched (RFC 8607): a token is found by its SHA-256. What no event of the account refers to is kept for a while after orphaned_at.
CREATE TABLE calendar_attachments (
    token_hash BYTEA PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blob_id BYTEA NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    orphaned_at BIGINT
);
CREATE INDEX calendar_attachments_blob ON calendar_attachments (blob_id);
CREATE INDEX calendar_attachments_account ON calendar_attachments (account_id);
-- What it takes of the account's room; 0 where it is another's.
ALTER TABLE calendar_event_blobs ADD COLUMN size BIGINT NOT NULL DEFAULT 0;
