-- Who uploaded what: until something refers to it, it is theirs alone, even in an account that is shared.
CREATE TABLE blob_uploads_of_person (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blob_id BYTEA NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, blob_id, person_id)
);
INSERT INTO blob_uploads_of_person (account_id, person_id, blob_id, uploaded_at)
SELECT account_id, account_id, blob_id, uploaded_at FROM blob_uploads;
DROP TABLE blob_uploads;
ALTER TABLE blob_uploads_of_person RENAME TO blob_uploads;
CREATE INDEX blob_uploads_at ON blob_uploads (uploaded_at);
CREATE INDEX blob_uploads_blob ON blob_uploads (blob_id);
CREATE INDEX blob_uploads_person ON blob_uploads (person_id);
