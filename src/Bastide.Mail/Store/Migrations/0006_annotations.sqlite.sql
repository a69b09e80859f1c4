-- What mail programs note of mailboxes (RFC 5464): person 0 for what everybody sees, mailbox 0 for the account as a whole.
CREATE TABLE mailbox_annotations (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mailbox_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    entry TEXT NOT NULL,
    size BIGINT NOT NULL,
    value BLOB,
    changed_seq BIGINT NOT NULL,
    PRIMARY KEY (account_id, mailbox_id, person_id, entry)
) WITHOUT ROWID;
CREATE INDEX mailbox_annotations_changed ON mailbox_annotations (account_id, changed_seq);
