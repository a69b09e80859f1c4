CREATE TABLE blobs (
    id BLOB PRIMARY KEY,
    size BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    compressed BOOLEAN NOT NULL DEFAULT FALSE,
    content BLOB
);
CREATE INDEX blobs_touched ON blobs (touched_at);
