-- What came since a state, in the order it came: changes told in parts begin with it.
CREATE INDEX messages_created ON messages (account_id, created_seq);
CREATE INDEX threads_created ON threads (account_id, created_seq);
CREATE INDEX email_submissions_created ON email_submissions (account_id, created_seq);
