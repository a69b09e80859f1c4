-- What clients keep with an item or a collection without the program knowing what it means.
CREATE TABLE item_properties (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type TEXT COLLATE "C" NOT NULL,
    item_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account_id, type, item_id, name)
);
