CREATE TABLE blobs (
    id BYTEA PRIMARY KEY,
    size BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    compressed BOOLEAN NOT NULL DEFAULT FALSE,
    content BYTEA
);
CREATE INDEX blobs_touched ON blobs (touched_at);
