-- Keys whose private half somebody submitted to an organization: it never admits them again.

CREATE TABLE leaked_key (
  organization_id TEXT NOT NULL,
  key_id          TEXT NOT NULL,
  PRIMARY KEY (organization_id, key_id)
) STRICT, WITHOUT ROWID;
