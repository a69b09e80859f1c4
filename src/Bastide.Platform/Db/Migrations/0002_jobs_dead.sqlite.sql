CREATE INDEX jobs_dead ON jobs (id) WHERE dead = TRUE;
