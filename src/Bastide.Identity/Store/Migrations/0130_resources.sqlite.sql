-- The teams that are rooms and things people book.
CREATE TABLE team_resources (
    team_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    is_room BOOLEAN NOT NULL,
    is_asked BOOLEAN NOT NULL,
    capacity BIGINT,
    place TEXT
);
