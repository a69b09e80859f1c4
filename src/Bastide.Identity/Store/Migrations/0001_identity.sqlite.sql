-- Names are A-labels in lower case. The primary domain is among them.
CREATE TABLE domains (
    name TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Every address that mail is delivered to: one primary address an account, and its aliases.
CREATE TABLE addresses (
    address TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    domain TEXT NOT NULL REFERENCES domains (name),
    is_primary BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX addresses_account ON addresses (account_id, is_primary);
CREATE INDEX addresses_domain ON addresses (domain, address);
CREATE UNIQUE INDEX addresses_one_primary ON addresses (account_id) WHERE is_primary = TRUE;

-- What a person signs in with. The second factor's key is protected by the keys of the data directory.
CREATE TABLE people (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    password_hash TEXT,
    password_changed_at BIGINT NOT NULL,
    security_stamp TEXT NOT NULL,
    totp_key TEXT,
    totp_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash BLOB NOT NULL,
    PRIMARY KEY (account_id, code_hash)
) WITHOUT ROWID;

CREATE TABLE passkeys (
    credential_id BLOB PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    public_key BLOB NOT NULL,
    sign_count BIGINT NOT NULL,
    transports TEXT NOT NULL,
    is_user_verified BOOLEAN NOT NULL,
    is_backup_eligible BOOLEAN NOT NULL,
    is_backed_up BOOLEAN NOT NULL,
    attestation_object BLOB NOT NULL,
    client_data BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
) WITHOUT ROWID;
CREATE INDEX passkeys_account ON passkeys (account_id);

-- Who administers what; a NULL domain is all of them, and the workplace itself.
CREATE TABLE administrators (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    domain TEXT REFERENCES domains (name) ON DELETE CASCADE
);
CREATE UNIQUE INDEX administrators_one ON administrators (account_id, COALESCE(domain, ''));

CREATE TABLE team_members (
    team_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role BIGINT NOT NULL,
    PRIMARY KEY (team_id, account_id)
) WITHOUT ROWID;
CREATE INDEX team_members_account ON team_members (account_id);

-- One row behind every credential in use: a browser, an application's authorisation, an app password, a mail program.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind BIGINT NOT NULL,
    client TEXT NOT NULL,
    client_id TEXT,
    authorization_id TEXT,
    parent_id BIGINT,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    last_address TEXT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_account ON sessions (account_id, ended_at);
CREATE INDEX sessions_parent ON sessions (parent_id);
CREATE INDEX sessions_ended ON sessions (ended_at);
CREATE INDEX sessions_authorization ON sessions (authorization_id);

-- An app password is 100 random bits: its plain SHA-256 cannot be guessed back.
CREATE TABLE app_passwords (
    secret_hash BLOB PRIMARY KEY,
    session_id BIGINT NOT NULL UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX app_passwords_account ON app_passwords (account_id);

-- What every node must forget: read from the last number known, gapless because the counter's row orders the commits.
CREATE TABLE revocation_counter (
    id BIGINT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO revocation_counter (id, value) VALUES (1, 0);

CREATE TABLE revocations (
    number BIGINT PRIMARY KEY,
    account_id BIGINT,
    session_id BIGINT,
    at BIGINT NOT NULL
);

-- Wrong attempts by key (account, remote address, both), for growing delays.
CREATE TABLE sign_in_failures (
    failure_key TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_failed_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_in_failures_at ON sign_in_failures (last_failed_at);

-- Browsers that signed in before: a flood of wrong attempts from elsewhere does not keep them out.
CREATE TABLE known_devices (
    token_hash BLOB PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    last_used_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX known_devices_account ON known_devices (account_id);

-- Append-only. Refers to nothing, so that it outlives what it tells of.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    actor_id BIGINT,
    actor TEXT NOT NULL,
    target TEXT NOT NULL,
    domain TEXT,
    session_id BIGINT,
    remote TEXT,
    detail TEXT
);
CREATE INDEX audit_domain ON audit (domain, id);

CREATE TRIGGER audit_kept_as_written BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- The tables of OpenIddict.
CREATE TABLE oidc_applications (
    id TEXT PRIMARY KEY,
    application_type TEXT,
    client_id TEXT UNIQUE,
    client_secret TEXT,
    client_type TEXT,
    concurrency_token TEXT,
    consent_type TEXT,
    display_name TEXT,
    display_names TEXT,
    json_web_key_set TEXT,
    permissions TEXT,
    post_logout_redirect_uris TEXT,
    properties TEXT,
    redirect_uris TEXT,
    requirements TEXT,
    settings TEXT
);

CREATE TABLE oidc_authorizations (
    id TEXT PRIMARY KEY,
    application_id TEXT REFERENCES oidc_applications (id) ON DELETE CASCADE,
    concurrency_token TEXT,
    creation_date BIGINT,
    properties TEXT,
    scopes TEXT,
    status TEXT,
    subject TEXT,
    type TEXT
);
CREATE INDEX oidc_authorizations_application ON oidc_authorizations (application_id, status, subject, type);

CREATE TABLE oidc_scopes (
    id TEXT PRIMARY KEY,
    concurrency_token TEXT,
    description TEXT,
    descriptions TEXT,
    display_name TEXT,
    display_names TEXT,
    name TEXT UNIQUE,
    properties TEXT,
    resources TEXT
);

CREATE TABLE oidc_tokens (
    id TEXT PRIMARY KEY,
    application_id TEXT REFERENCES oidc_applications (id) ON DELETE CASCADE,
    authorization_id TEXT REFERENCES oidc_authorizations (id) ON DELETE CASCADE,
    concurrency_token TEXT,
    creation_date BIGINT,
    expiration_date BIGINT,
    payload TEXT,
    properties TEXT,
    redemption_date BIGINT,
    reference_id TEXT UNIQUE,
    status TEXT,
    subject TEXT,
    type TEXT
);
CREATE INDEX oidc_tokens_application ON oidc_tokens (application_id, status, subject, type);
CREATE INDEX oidc_tokens_authorization ON oidc_tokens (authorization_id);
CREATE INDEX oidc_tokens_expiration ON oidc_tokens (expiration_date);
