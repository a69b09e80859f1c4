CREATE INDEX known_devices_last_used ON known_devices (last_used_at);
CREATE INDEX oidc_authorizations_created ON oidc_authorizations (creation_date);
CREATE INDEX revocations_at ON revocations (at);
CREATE INDEX administrators_domain ON administrators (domain);
