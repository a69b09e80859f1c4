-- Challenges that a passkey has answered, until they could not be answered any more: an answer counts once.
CREATE TABLE answered_challenges (
    challenge_hash BYTEA PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX answered_challenges_expires ON answered_challenges (expires_at);

-- Which registered applications nobody has used.
CREATE INDEX sessions_client ON sessions (client_id);
