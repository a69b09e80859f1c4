ALTER TABLE calendar_objects ADD COLUMN schedule_tag TEXT;

-- What others did to somebody's events, until they have seen it (draft-ietf-jmap-calendars, "Calendar Event Notifications"; RFC 6638 §2.2).
-- A kind is 0 created, 1 updated, 2 destroyed. The message is what CalDAV programs read in the scheduling inbox, until they remove it.
CREATE TABLE calendar_notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    event_id BIGINT,
    uid TEXT NOT NULL,
    changed_by_name TEXT NOT NULL,
    changed_by_address TEXT NOT NULL,
    changed_by_account BIGINT,
    comment TEXT,
    event TEXT NOT NULL,
    patch TEXT,
    message BLOB,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX calendar_notifications_changed ON calendar_notifications (account_id, changed_seq);
CREATE INDEX calendar_notifications_created ON calendar_notifications (account_id, created_at);
