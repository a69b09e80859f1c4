CREATE TABLE email_submissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    identity_id BIGINT,
    email_id BIGINT,
    thread_id BIGINT,
    envelope TEXT NOT NULL,
    send_at BIGINT NOT NULL,
    undo_status BIGINT NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX email_submissions_changed ON email_submissions (account_id, changed_seq);
CREATE INDEX email_submissions_old ON email_submissions (send_at);

CREATE TABLE outgoing_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    submission_id BIGINT REFERENCES email_submissions (id) ON DELETE SET NULL,
    sender TEXT NOT NULL,
    blob_id BLOB NOT NULL,
    size BIGINT NOT NULL,
    eight_bit BOOLEAN NOT NULL,
    utf8 BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX outgoing_messages_submission ON outgoing_messages (submission_id);
CREATE INDEX outgoing_messages_account ON outgoing_messages (account_id);
CREATE INDEX outgoing_messages_blob ON outgoing_messages (blob_id);
CREATE INDEX outgoing_messages_old ON outgoing_messages (created_at);

CREATE TABLE outgoing_recipients (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id BIGINT NOT NULL REFERENCES outgoing_messages (id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    domain TEXT NOT NULL,
    status BIGINT NOT NULL,
    reply TEXT NOT NULL,
    remote TEXT,
    told_delayed BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX outgoing_recipients_message ON outgoing_recipients (message_id, domain);

CREATE TABLE vacation_replies (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    sender TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, sender)
) WITHOUT ROWID;
CREATE INDEX vacation_replies_old ON vacation_replies (sent_at);
