-- What is not an event and must survive.

-- Names that are taken in the whole installation. scope: ORGANIZATION_SLUG or AGENT_KEY.
CREATE TABLE installation_name (
  scope TEXT NOT NULL,
  name  TEXT NOT NULL,
  owner TEXT NOT NULL,
  PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;

-- First results of commands with an idempotency key. organization 0: the installation itself.
CREATE TABLE idempotency (
  organization INTEGER NOT NULL,
  caller       TEXT NOT NULL,
  mutation     TEXT NOT NULL,
  key          TEXT NOT NULL,
  input_hash   BLOB NOT NULL,
  result       TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (organization, caller, mutation, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- Assertions that were used. Kept longer than any of them can be accepted.
CREATE TABLE used_assertion (
  key_id     TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  jti        TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (key_id, purpose, jti)
) STRICT, WITHOUT ROWID;
CREATE INDEX used_assertion_by_expiry ON used_assertion (expires_at);

-- Sessions of agents, by the SHA-256 of their token, hex.
CREATE TABLE agent_session (
  token_hash      TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  agent_id        TEXT NOT NULL,
  key_id          TEXT NOT NULL,
  expires_at      INTEGER NOT NULL,
  PRIMARY KEY (token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_session_by_agent ON agent_session (agent_id);
CREATE INDEX agent_session_by_expiry ON agent_session (expires_at);

CREATE TABLE last_seen (
  id      TEXT NOT NULL PRIMARY KEY,
  instant INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The current views file, the hash of the installation's token.
CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
