-- The truth: organizations, their two ledgers each, and the events.

CREATE TABLE organizations (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  id TEXT NOT NULL UNIQUE
) STRICT;

-- One row a ledger: where it ends. The Merkle frontier is as long as the position has bits set.
CREATE TABLE ledgers (
  number INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL REFERENCES organizations (number),
  kind TEXT NOT NULL CHECK (kind IN ('ACCESS', 'ACTIVITY')),
  id TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL CHECK (position >= 0),
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = iif(position = 0, 0, 32)),
  root BLOB NOT NULL CHECK (length(root) = 32),
  frontier BLOB NOT NULL CHECK (length(frontier) % 32 = 0),
  recorded_at INTEGER NOT NULL,
  CHECK (number = 2 * organization + (kind = 'ACTIVITY'))
) STRICT;

-- Rows lie in the order of commits, over all ledgers, and an index finds a ledger's positions.
-- Rows in the order of ledgers were measured two to four times slower to write with many ledgers:
-- every event of a batch then falls on a page of its own.
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  ledger INTEGER NOT NULL REFERENCES ledgers (number),
  position INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  envelope BLOB NOT NULL CHECK (length(envelope) <= 65535),
  data TEXT NOT NULL,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  personal TEXT,
  personal_salt BLOB CHECK (length(personal_salt) = 32),
  UNIQUE (ledger, position),
  CHECK ((personal IS NULL) = (personal_salt IS NULL))
) STRICT;

-- The second half is for REPLACE, which deletes what is in its way without firing events_stay.
CREATE TRIGGER events_follow_the_head BEFORE INSERT ON events
WHEN NEW.position IS NOT
    1 + coalesce((SELECT max(position) FROM events WHERE ledger = NEW.ledger), 0)
  OR EXISTS (SELECT 1 FROM events WHERE sequence = NEW.sequence)
BEGIN
  SELECT RAISE(ABORT, 'an event takes the position after the head');
END;

CREATE TRIGGER events_are_immutable BEFORE UPDATE ON events
WHEN NOT (
  OLD.personal IS NOT NULL
  AND NEW.personal IS NULL
  AND NEW.personal_salt IS NULL
  AND NEW.sequence IS OLD.sequence
  AND NEW.ledger IS OLD.ledger
  AND NEW.position IS OLD.position
  AND NEW.recorded_at IS OLD.recorded_at
  AND NEW.leaf_hash IS OLD.leaf_hash
  AND NEW.envelope IS OLD.envelope
  AND NEW.data IS OLD.data
  AND NEW.salt IS OLD.salt
)
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END;

CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are immutable');
END;

CREATE TRIGGER heads_move_forward BEFORE UPDATE ON ledgers
WHEN NEW.number IS NOT OLD.number
  OR NEW.organization IS NOT OLD.organization
  OR NEW.kind IS NOT OLD.kind
  OR NEW.id IS NOT OLD.id
  OR NEW.position < OLD.position
  OR NEW.recorded_at < OLD.recorded_at
BEGIN
  SELECT RAISE(ABORT, 'a ledger only grows');
END;

CREATE TRIGGER ledgers_stay BEFORE DELETE ON ledgers
BEGIN
  SELECT RAISE(ABORT, 'ledgers are for ever');
END;
