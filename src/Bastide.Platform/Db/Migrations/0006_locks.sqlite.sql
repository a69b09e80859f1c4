-- What people hold for themselves for a while: an address below an account's, whatever stands there.
CREATE TABLE locks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token TEXT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    is_exclusive BOOLEAN NOT NULL,
    is_deep BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX locks_path ON locks (account_id, path);
CREATE INDEX locks_person ON locks (person_id, expires_at);
