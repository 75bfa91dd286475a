-- The truth: every organization's two ledgers. kind: 0 access, 1 activity.

CREATE TABLE ledger (
  organization    INTEGER NOT NULL,
  kind            INTEGER NOT NULL CHECK (kind IN (0, 1)),
  organization_id TEXT NOT NULL,
  ledger_id       TEXT NOT NULL UNIQUE,
  position        INTEGER NOT NULL,
  leaf_hash       BLOB NOT NULL,
  frontier        BLOB NOT NULL,
  root            BLOB NOT NULL,
  recorded_at     INTEGER NOT NULL,
  PRIMARY KEY (organization, kind),
  UNIQUE (organization_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  organization  INTEGER NOT NULL,
  kind          INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  recorded_at   INTEGER NOT NULL,
  envelope      BLOB NOT NULL,
  leaf_hash     BLOB NOT NULL,
  data          TEXT NOT NULL,
  salt          BLOB NOT NULL,
  personal      TEXT,
  personal_salt BLOB,
  PRIMARY KEY (organization, kind, position),
  CHECK ((personal IS NULL) = (personal_salt IS NULL))
) STRICT, WITHOUT ROWID;

-- The head moves after its events: an event's position must be the one after the last event.
CREATE TRIGGER event_follows_the_last
BEFORE INSERT ON event
WHEN NEW.position IS NOT 1 + coalesce(
  (SELECT position FROM event
    WHERE organization = NEW.organization AND kind = NEW.kind
    ORDER BY position DESC LIMIT 1), 0)
BEGIN
  SELECT raise(ABORT, 'an event takes the position after the last one');
END;

CREATE TRIGGER event_is_never_deleted
BEFORE DELETE ON event
BEGIN
  SELECT raise(ABORT, 'events are never deleted');
END;

-- Only personal data can go, and only together with its salt.
CREATE TRIGGER event_is_never_changed
BEFORE UPDATE ON event
WHEN NOT (
  NEW.personal IS NULL AND NEW.personal_salt IS NULL
  AND NEW.organization IS OLD.organization AND NEW.kind IS OLD.kind
  AND NEW.position IS OLD.position AND NEW.recorded_at IS OLD.recorded_at
  AND NEW.envelope IS OLD.envelope AND NEW.leaf_hash IS OLD.leaf_hash
  AND NEW.data IS OLD.data AND NEW.salt IS OLD.salt
)
BEGIN
  SELECT raise(ABORT, 'events are never changed');
END;
