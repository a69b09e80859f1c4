-- Files and folders. Every account has two nodes that stand in nothing: the root of its files and its trash. A folder's size is that of all below it.
CREATE TABLE file_nodes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    parent_id BIGINT REFERENCES file_nodes (id) ON DELETE CASCADE,
    role TEXT,
    name TEXT NOT NULL,
    is_folder BOOLEAN NOT NULL,
    blob_id BLOB,
    size BIGINT NOT NULL,
    type TEXT,
    executable BOOLEAN NOT NULL DEFAULT FALSE,
    checksum TEXT,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    changed_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    content_seq BIGINT NOT NULL,
    tree_seq BIGINT NOT NULL,
    members_seq BIGINT NOT NULL,
    copy_of BIGINT,
    copy_level BIGINT,
    UNIQUE (parent_id, name)
);
CREATE UNIQUE INDEX file_nodes_role ON file_nodes (account_id, role) WHERE role IS NOT NULL;
CREATE INDEX file_nodes_changed ON file_nodes (account_id, changed_seq);
CREATE INDEX file_nodes_created ON file_nodes (account_id, created_seq);
CREATE INDEX file_nodes_member_changed ON file_nodes (parent_id, changed_seq);
CREATE INDEX file_nodes_blob ON file_nodes (blob_id) WHERE blob_id IS NOT NULL;
CREATE INDEX file_nodes_author ON file_nodes (changed_by) WHERE changed_by IS NOT NULL;

-- What has left a folder, for readers of that one alone.
CREATE TABLE file_gone (
    parent_id BIGINT NOT NULL REFERENCES file_nodes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    gone_seq BIGINT NOT NULL,
    PRIMARY KEY (parent_id, name)
) WITHOUT ROWID;
CREATE INDEX file_gone_seq ON file_gone (parent_id, gone_seq);

-- Contents that files had before.
CREATE TABLE file_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    node_id BIGINT NOT NULL REFERENCES file_nodes (id) ON DELETE CASCADE,
    blob_id BLOB NOT NULL,
    size BIGINT NOT NULL,
    type TEXT,
    modified_at BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL,
    author_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL
);
CREATE INDEX file_versions_node ON file_versions (node_id, id);
CREATE INDEX file_versions_account ON file_versions (account_id);
CREATE INDEX file_versions_blob ON file_versions (blob_id);
CREATE INDEX file_versions_author ON file_versions (author_id) WHERE author_id IS NOT NULL;

-- What was thrown away: where it was and what it was called there.
CREATE TABLE file_trash (
    node_id BIGINT NOT NULL PRIMARY KEY REFERENCES file_nodes (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    parent_id BIGINT,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    deleted_at BIGINT NOT NULL,
    deleted_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL
) WITHOUT ROWID;
CREATE INDEX file_trash_account ON file_trash (account_id, deleted_at);
CREATE INDEX file_trash_old ON file_trash (deleted_at);
CREATE INDEX file_trash_author ON file_trash (deleted_by) WHERE deleted_by IS NOT NULL;

-- Properties of programs' own (RFC 4918 §4).
CREATE TABLE file_properties (
    node_id BIGINT NOT NULL REFERENCES file_nodes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (node_id, name)
) WITHOUT ROWID;

-- Uploads in parts that are not files yet, of tus and of Nextcloud's programs; each part is a blob of its own.
CREATE TABLE file_uploads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    length BIGINT,
    facts TEXT,
    size BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (person_id, kind, name)
);
CREATE INDEX file_uploads_account ON file_uploads (account_id);
CREATE INDEX file_uploads_expires ON file_uploads (expires_at);

CREATE TABLE file_upload_parts (
    upload_id BIGINT NOT NULL REFERENCES file_uploads (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    blob_id BLOB NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (upload_id, name)
) WITHOUT ROWID;
CREATE INDEX file_upload_parts_blob ON file_upload_parts (blob_id);

INSERT INTO file_nodes (account_id, role, name, is_folder, size, created_at, modified_at, created_seq, changed_seq, content_seq, tree_seq, members_seq)
SELECT id, 'root', '', TRUE, 0, created_at, created_at, 0, 0, 0, 0, 0 FROM accounts WHERE kind < 2;
INSERT INTO file_nodes (account_id, role, name, is_folder, size, created_at, modified_at, created_seq, changed_seq, content_seq, tree_seq, members_seq)
SELECT id, 'trash', '', TRUE, 0, created_at, created_at, 0, 0, 0, 0, 0 FROM accounts WHERE kind < 2;
