-- What people are told when their rights on something of somebody else change (RFC 9670 §3).
CREATE TABLE share_notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    changed_by BIGINT NOT NULL,
    changed_by_name TEXT NOT NULL,
    changed_by_address TEXT,
    object_type TEXT NOT NULL,
    object_account BIGINT NOT NULL,
    object_id TEXT NOT NULL,
    old_rights TEXT,
    new_rights TEXT,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX share_notifications_changed ON share_notifications (account_id, changed_seq);
