-- Pages on which others book a time of somebody's, without an account, and what was booked. A token is found by its SHA-256, and kept sealed for its owner, as the secret of a booking is for mails. Settings are JSON.
CREATE TABLE booking_pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE,
    token_sealed TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX booking_pages_account ON booking_pages (account_id);
CREATE TABLE bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id BIGINT NOT NULL REFERENCES booking_pages (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    end_at BIGINT NOT NULL,
    guest_name TEXT NOT NULL,
    guest_address TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    secret_hash BLOB NOT NULL UNIQUE,
    secret_sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (account_id, uid)
);
CREATE INDEX bookings_guest ON bookings (page_id, guest_address);
