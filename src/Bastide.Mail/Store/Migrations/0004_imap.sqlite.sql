-- What changed in a mailbox since a modification sequence, for IMAP clients that come back (RFC 7162).
CREATE INDEX message_mailboxes_modseq ON message_mailboxes (mailbox_id, modseq);

-- The UIDs that left a mailbox, and when.
CREATE TABLE mailbox_expunged (
    mailbox_id BIGINT NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
    modseq BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, modseq, uid)
) WITHOUT ROWID;
