-- Devices told of changes over Web Push (RFC 8620 §7.2), each ending with the session that subscribed it.
CREATE TABLE push_subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    session_id BIGINT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    device_client_id TEXT NOT NULL,
    url TEXT NOT NULL,
    p256dh BLOB,
    auth BLOB,
    verification_code TEXT NOT NULL,
    is_verified BOOLEAN NOT NULL,
    expires_at BIGINT NOT NULL,
    types TEXT,
    position TEXT NOT NULL,
    failures BIGINT NOT NULL DEFAULT 0,
    not_before BIGINT
);
CREATE INDEX push_subscriptions_account ON push_subscriptions (account_id);
CREATE INDEX push_subscriptions_session ON push_subscriptions (session_id);
CREATE INDEX push_subscriptions_expires ON push_subscriptions (expires_at);
