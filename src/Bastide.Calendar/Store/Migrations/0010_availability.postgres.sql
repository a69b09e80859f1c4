-- The few objects that say when people are there at all (VAVAILABILITY, kind 8) are asked for with every question for free time.
CREATE INDEX calendar_objects_availability ON calendar_objects (account_id) WHERE kind = 8;
