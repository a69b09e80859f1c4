-- The last UIDVALIDITY that was given: no two mailboxes ever have the same, so that whatever name they take stands for one.
CREATE TABLE uid_validities (
    id BIGINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);
INSERT INTO uid_validities (id, last) SELECT 1, COALESCE(MAX(uid_validity), 0) FROM mailboxes;
