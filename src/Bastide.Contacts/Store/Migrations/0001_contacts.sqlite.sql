CREATE TABLE address_books (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    sort_order BIGINT NOT NULL DEFAULT 0,
    is_default BOOLEAN NOT NULL DEFAULT FALSE,
    cards_seq BIGINT NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    UNIQUE (account_id, resource)
);
CREATE INDEX address_books_changed ON address_books (account_id, changed_seq);

CREATE TABLE address_book_subscriptions (
    book_id BIGINT NOT NULL REFERENCES address_books (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (book_id, person_id)
) WITHOUT ROWID;
CREATE INDEX address_book_subscriptions_person ON address_book_subscriptions (person_id);

-- The vCard as it came, or as it was composed of what JMAP said, and what is derived from it: the JSContact card, what lists are sorted by, and the folded texts
-- that searches look into.
CREATE TABLE contact_cards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    kind TEXT NOT NULL,
    full_name TEXT NOT NULL,
    given TEXT,
    surname TEXT,
    surname2 TEXT,
    find_names TEXT NOT NULL,
    find_nicknames TEXT NOT NULL,
    find_organizations TEXT NOT NULL,
    find_emails TEXT NOT NULL,
    find_phones TEXT NOT NULL,
    find_services TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    etag TEXT NOT NULL,
    composed BOOLEAN NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    card TEXT NOT NULL,
    vcard BLOB NOT NULL,
    UNIQUE (account_id, uid)
);
CREATE INDEX contact_cards_changed ON contact_cards (account_id, changed_seq);
CREATE INDEX contact_cards_created ON contact_cards (account_id, created_seq);

-- In which address books a card is, and what it is called there by DAV.
CREATE TABLE card_places (
    book_id BIGINT NOT NULL REFERENCES address_books (id) ON DELETE CASCADE,
    card_id BIGINT NOT NULL REFERENCES contact_cards (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    PRIMARY KEY (book_id, card_id),
    UNIQUE (book_id, resource)
) WITHOUT ROWID;
CREATE INDEX card_places_card ON card_places (card_id);
CREATE INDEX card_places_account ON card_places (account_id);
CREATE INDEX card_places_changed ON card_places (book_id, changed_seq);

-- What has left an address book, for readers of that one alone.
CREATE TABLE card_places_gone (
    book_id BIGINT NOT NULL REFERENCES address_books (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    gone_seq BIGINT NOT NULL,
    PRIMARY KEY (book_id, resource)
) WITHOUT ROWID;
CREATE INDEX card_places_gone_seq ON card_places_gone (book_id, gone_seq);

CREATE TABLE card_members (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    member_uid TEXT NOT NULL,
    card_id BIGINT NOT NULL REFERENCES contact_cards (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, member_uid, card_id)
) WITHOUT ROWID;
CREATE INDEX card_members_card ON card_members (card_id);

-- Octets within cards: photographs, logos, sounds.
CREATE TABLE card_media (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blob_id BLOB NOT NULL,
    card_id BIGINT NOT NULL REFERENCES contact_cards (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, blob_id, card_id)
) WITHOUT ROWID;
CREATE INDEX card_media_card ON card_media (card_id);

-- Whom an account wrote to. The score halves with time; it is that of the moment of the last letter.
CREATE TABLE correspondents (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    name TEXT,
    find TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, address)
) WITHOUT ROWID;
CREATE INDEX correspondents_score ON correspondents (account_id, last_at);

-- The one account that holds the cards of everybody here.
CREATE TABLE contact_directory (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX contact_directory_account ON contact_directory (account_id);
