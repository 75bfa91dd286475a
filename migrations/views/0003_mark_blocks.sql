-- What the audit finds events by: type, actor and what else their data names; those that change an
-- entity are known by its versions. A row holds the positions that bear one mark within a block of
-- 256: places has a byte for each, the position within its block, in order. Whatever happens often
-- then costs one byte an event instead of a row and its index entries.
-- field: 0 type, 1 actor, 2 named. kind: 0 access, 1 activity.
DROP TABLE event_marks;

CREATE TABLE event_marks (
  mark INTEGER NOT NULL,
  field INTEGER NOT NULL CHECK (field IN (0, 1, 2)),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  block INTEGER NOT NULL,
  places BLOB NOT NULL CHECK (length(places) BETWEEN 1 AND 256),
  PRIMARY KEY (mark, field, kind, block)
) STRICT, WITHOUT ROWID;
