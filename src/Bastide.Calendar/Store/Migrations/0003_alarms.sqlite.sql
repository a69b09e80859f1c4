-- The alarms of the coming days, a row for each time one goes off for somebody. Those that went off stay a while, for devices that were away. Times are seconds since 1970.
CREATE TABLE calendar_alarms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    object_id BIGINT NOT NULL REFERENCES calendar_objects (id) ON DELETE CASCADE,
    recurrence_id TEXT NOT NULL,
    alert_id TEXT NOT NULL,
    by_mail BOOLEAN NOT NULL,
    due_at BIGINT NOT NULL,
    fired_at BIGINT,
    fired_seq BIGINT,
    UNIQUE (object_id, person_id, recurrence_id, alert_id, due_at)
);
CREATE INDEX calendar_alarms_due ON calendar_alarms (due_at) WHERE fired_at IS NULL;
CREATE INDEX calendar_alarms_waiting ON calendar_alarms (person_id, due_at) WHERE fired_at IS NULL;
CREATE INDEX calendar_alarms_told ON calendar_alarms (person_id, fired_seq);
CREATE INDEX calendar_alarms_fired ON calendar_alarms (fired_at) WHERE fired_at IS NOT NULL;

-- When the alarms of an object are to be looked for: 0 at once, NULL when none will come. The revision moves with each change of what they depend on.
CREATE TABLE calendar_alarm_plans (
    object_id INTEGER PRIMARY KEY REFERENCES calendar_objects (id) ON DELETE CASCADE,
    plan_at BIGINT,
    revision BIGINT NOT NULL
);
CREATE INDEX calendar_alarm_plans_due ON calendar_alarm_plans (plan_at) WHERE plan_at IS NOT NULL;

INSERT INTO calendar_alarm_plans (object_id, plan_at, revision) SELECT id, 0, 0 FROM calendar_objects WHERE kind = 1;
