-- How far the folders of other servers have been imported: an import that was broken off goes on behind it.
CREATE TABLE mail_imports (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    source TEXT COLLATE "C" NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    PRIMARY KEY (account_id, source)
);
