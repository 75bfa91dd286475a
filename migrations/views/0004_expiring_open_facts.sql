-- Of what expires, most was taken away long since: what still stands is found without reading that.
DROP INDEX facts_by_expiry;
CREATE INDEX facts_by_expiry ON facts (to_position, expires_at) WHERE expires_at IS NOT NULL;
