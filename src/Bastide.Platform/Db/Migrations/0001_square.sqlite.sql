CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind BIGINT NOT NULL,
    name TEXT NOT NULL,
    seq BIGINT NOT NULL DEFAULT 0,
    quota BIGINT,
    disabled BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL
);

CREATE TABLE account_states (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (account_id, type)
) WITHOUT ROWID;

CREATE TABLE account_usage (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    octets BIGINT NOT NULL,
    items BIGINT NOT NULL,
    PRIMARY KEY (account_id, type)
) WITHOUT ROWID;

CREATE TABLE tombstones (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    item_id BIGINT NOT NULL,
    created_seq BIGINT NOT NULL,
    destroyed_seq BIGINT NOT NULL,
    PRIMARY KEY (account_id, type, destroyed_seq, item_id)
) WITHOUT ROWID;

CREATE TABLE grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    collection_type TEXT NOT NULL DEFAULT '',
    collection_id BIGINT NOT NULL DEFAULT 0,
    grantee_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    rights BIGINT NOT NULL,
    UNIQUE (grantee_id, account_id, collection_type, collection_id)
);
CREATE INDEX grants_account ON grants (account_id);

CREATE TABLE blob_uploads (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blob_id BLOB NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, blob_id)
) WITHOUT ROWID;
CREATE INDEX blob_uploads_at ON blob_uploads (uploaded_at);
CREATE INDEX blob_uploads_blob ON blob_uploads (blob_id);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    job_key TEXT,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    leased_until BIGINT,
    lease_owner TEXT,
    dead BOOLEAN NOT NULL DEFAULT FALSE,
    error TEXT,
    revision BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, job_key)
);
CREATE INDEX jobs_due ON jobs (kind, dead, run_at);

CREATE TABLE search_positions (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (account_id, type)
) WITHOUT ROWID;

CREATE TABLE search_documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    item_id BIGINT NOT NULL,
    UNIQUE (account_id, type, item_id)
);

-- The words come folded and separated by spaces; "ascii" takes every other character as part of one.
CREATE VIRTUAL TABLE search_text USING fts5 (
    owner, title, sender, recipients, body, names,
    content = '', contentless_delete = 1, prefix = '3', tokenize = 'ascii'
);

CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents BEGIN
    DELETE FROM search_text WHERE rowid = old.id;
END;
