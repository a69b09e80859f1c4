CREATE TABLE mailboxes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    parent_id BIGINT NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    role TEXT,
    sort_order BIGINT NOT NULL DEFAULT 0,
    uid_validity BIGINT NOT NULL,
    uid_next BIGINT NOT NULL DEFAULT 1,
    highest_modseq BIGINT NOT NULL,
    total_emails BIGINT NOT NULL DEFAULT 0,
    unread_emails BIGINT NOT NULL DEFAULT 0,
    total_threads BIGINT NOT NULL DEFAULT 0,
    unread_threads BIGINT NOT NULL DEFAULT 0,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    properties_seq BIGINT NOT NULL,
    UNIQUE (account_id, parent_id, name),
    UNIQUE (account_id, role)
);
CREATE INDEX mailboxes_changed ON mailboxes (account_id, changed_seq);

CREATE TABLE mailbox_subscriptions (
    mailbox_id BIGINT NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (mailbox_id, person_id)
) WITHOUT ROWID;
CREATE INDEX mailbox_subscriptions_person ON mailbox_subscriptions (person_id);

CREATE TABLE threads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX threads_changed ON threads (account_id, changed_seq);

-- A key is the hash of a message id and the base subject: messages that share one are of one thread.
CREATE TABLE thread_keys (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    thread_key BIGINT NOT NULL,
    thread_id BIGINT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, thread_key)
) WITHOUT ROWID;
CREATE INDEX thread_keys_thread ON thread_keys (thread_id);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    thread_id BIGINT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    blob_id BLOB NOT NULL,
    size BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    sent_at BIGINT,
    has_attachment BOOLEAN NOT NULL,
    flags BIGINT NOT NULL,
    sort_subject TEXT NOT NULL,
    sort_from TEXT NOT NULL,
    sort_to TEXT NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX messages_changed ON messages (account_id, changed_seq);
CREATE INDEX messages_received ON messages (account_id, received_at, id);
CREATE INDEX messages_thread ON messages (thread_id);
CREATE INDEX messages_blob ON messages (blob_id, account_id);

-- What a message says of itself, read once at arrival: lists, ENVELOPE and BODYSTRUCTURE come from here.
CREATE TABLE message_contents (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    header BLOB NOT NULL,
    preview TEXT NOT NULL,
    structure BLOB NOT NULL
);

-- The order of the key is that of the list people look at: newest of a mailbox. What the list filters by stands beside it.
CREATE TABLE message_mailboxes (
    mailbox_id BIGINT NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
    received_at BIGINT NOT NULL,
    message_id BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    thread_id BIGINT NOT NULL,
    flags BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    modseq BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, received_at, message_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX message_mailboxes_uid ON message_mailboxes (mailbox_id, uid);
CREATE INDEX message_mailboxes_message ON message_mailboxes (message_id);

CREATE TABLE message_keywords (
    message_id BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    keyword TEXT NOT NULL,
    PRIMARY KEY (message_id, keyword)
) WITHOUT ROWID;

-- The decoded parts of messages by the first eight octets of their hash.
CREATE TABLE message_parts (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    part_key BIGINT NOT NULL,
    message_id BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, part_key, message_id)
) WITHOUT ROWID;
CREATE INDEX message_parts_message ON message_parts (message_id);

CREATE TABLE identities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    reply_to TEXT,
    bcc TEXT,
    text_signature TEXT NOT NULL,
    html_signature TEXT NOT NULL,
    may_delete BOOLEAN NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX identities_changed ON identities (account_id, changed_seq);

CREATE TABLE vacation_responses (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    is_enabled BOOLEAN NOT NULL,
    from_date BIGINT,
    to_date BIGINT,
    subject TEXT,
    text_body TEXT,
    html_body TEXT
);
