-- The addresses at which calendars are published. A token is found by its SHA-256, and kept sealed for those who may share the calendar. Detail is 0 everything, 1 free/busy.
CREATE TABLE calendar_links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    calendar_id BIGINT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE,
    token_sealed TEXT NOT NULL,
    detail BIGINT NOT NULL,
    name TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX calendar_links_account ON calendar_links (account_id);
CREATE INDEX calendar_links_calendar ON calendar_links (calendar_id);
