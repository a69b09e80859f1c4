CREATE TABLE calendars (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    color TEXT,
    time_zone TEXT,
    kinds BIGINT NOT NULL,
    extra TEXT,
    is_default BOOLEAN NOT NULL DEFAULT FALSE,
    members_seq BIGINT NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    UNIQUE (account_id, resource)
);
CREATE INDEX calendars_changed ON calendars (account_id, changed_seq);

-- What each person has of their own of a calendar; NULL where they have the calendar's, or the standard.
CREATE TABLE calendar_views (
    calendar_id BIGINT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    is_subscribed BOOLEAN,
    is_visible BOOLEAN,
    name TEXT,
    color TEXT,
    time_zone TEXT,
    sort_order BIGINT,
    availability BIGINT,
    alerts_with_time TEXT,
    alerts_without_time TEXT,
    PRIMARY KEY (calendar_id, person_id)
) WITHOUT ROWID;
CREATE INDEX calendar_views_person ON calendar_views (person_id);

-- Times are seconds since 1970; those of floating objects are what clocks show, as if it were UTC.
CREATE TABLE calendar_objects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    calendar_id BIGINT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    uid TEXT NOT NULL,
    kind BIGINT NOT NULL,
    etag TEXT NOT NULL,
    size BIGINT NOT NULL,
    begin_at BIGINT,
    end_at BIGINT,
    is_recurring BOOLEAN NOT NULL,
    is_floating BOOLEAN NOT NULL,
    indexed_from BIGINT,
    indexed_until BIGINT,
    index_key TEXT NOT NULL,
    privacy BIGINT NOT NULL,
    is_draft BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    UNIQUE (calendar_id, resource),
    UNIQUE (account_id, uid)
);
CREATE INDEX calendar_objects_changed ON calendar_objects (account_id, changed_seq);
CREATE INDEX calendar_objects_members ON calendar_objects (calendar_id, changed_seq);
CREATE INDEX calendar_objects_indexed_until ON calendar_objects (indexed_until) WHERE indexed_until IS NOT NULL;
CREATE INDEX calendar_objects_beyond ON calendar_objects (account_id, indexed_until) WHERE indexed_until IS NOT NULL;
CREATE INDEX calendar_objects_before ON calendar_objects (account_id, indexed_from) WHERE indexed_from IS NOT NULL;

CREATE TABLE calendar_texts (
    object_id INTEGER PRIMARY KEY REFERENCES calendar_objects (id) ON DELETE CASCADE,
    content BLOB NOT NULL
);

-- What left a calendar, by the name it had there, until something takes the name again (RFC 6578).
CREATE TABLE calendar_removals (
    calendar_id BIGINT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    removed_seq BIGINT NOT NULL,
    PRIMARY KEY (calendar_id, resource)
) WITHOUT ROWID;
CREATE INDEX calendar_removals_seq ON calendar_removals (calendar_id, removed_seq);

-- The occurrences of the years around now. A span is 0 up to a day, 1 up to 32 days, 2 beyond; busy is 0 free, 1 busy, 2 tentative, 3 cancelled.
CREATE TABLE calendar_occurrences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    object_id BIGINT NOT NULL REFERENCES calendar_objects (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL,
    calendar_id BIGINT NOT NULL,
    span BIGINT NOT NULL,
    begin_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    recurrence_id TEXT NOT NULL,
    is_floating BOOLEAN NOT NULL,
    busy BIGINT NOT NULL
);
CREATE INDEX calendar_occurrences_object ON calendar_occurrences (object_id);
CREATE INDEX calendar_occurrences_calendar ON calendar_occurrences (calendar_id, span, begin_at);
CREATE INDEX calendar_occurrences_account ON calendar_occurrences (account_id, span, begin_at);

-- Events as JMAP counts them: one for a series, one for each instance of which the series is not known.
CREATE TABLE calendar_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    object_id BIGINT NOT NULL REFERENCES calendar_objects (id) ON DELETE CASCADE,
    recurrence_id TEXT NOT NULL DEFAULT '',
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    UNIQUE (object_id, recurrence_id)
);
CREATE INDEX calendar_events_changed ON calendar_events (account_id, changed_seq);
CREATE INDEX calendar_events_created ON calendar_events (account_id, created_seq);

-- What each person has of their own of an event in a calendar that is shared: JSON, by property and by instance.
CREATE TABLE calendar_event_views (
    object_id BIGINT NOT NULL REFERENCES calendar_objects (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    properties TEXT NOT NULL,
    PRIMARY KEY (object_id, person_id)
) WITHOUT ROWID;
CREATE INDEX calendar_event_views_person ON calendar_event_views (person_id);

CREATE TABLE calendar_event_blobs (
    object_id BIGINT NOT NULL REFERENCES calendar_objects (id) ON DELETE CASCADE,
    blob_id BLOB NOT NULL,
    PRIMARY KEY (object_id, blob_id)
) WITHOUT ROWID;
CREATE INDEX calendar_event_blobs_blob ON calendar_event_blobs (blob_id);

CREATE TABLE participant_identities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    calendar_address TEXT NOT NULL,
    is_default BOOLEAN NOT NULL DEFAULT FALSE,
    created_seq BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX participant_identities_changed ON participant_identities (account_id, changed_seq);

-- Accounts that are older than the calendar begin with one too; 0 accounts are people, 1 teams.
INSERT INTO calendars (account_id, resource, name, kinds, is_default, members_seq, created_seq, changed_seq)
SELECT id, 'default', 'Calendar', 15, TRUE, 0, 0, 0 FROM accounts WHERE kind IN (0, 1);
