-- Calendars that hold what somebody else publishes, and how far each is. Times are milliseconds since 1970.
CREATE TABLE calendar_sources (
    calendar_id INTEGER PRIMARY KEY REFERENCES calendars (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    tried_at BIGINT,
    refreshed_at BIGINT,
    error_type TEXT,
    error_text TEXT,
    failures BIGINT NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT
);
CREATE INDEX calendar_sources_account ON calendar_sources (account_id);
