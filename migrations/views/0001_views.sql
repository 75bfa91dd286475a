-- Read models of every organization: made from the ledgers, and made again whenever they are lost.
-- A row holds from its from_position up to, not including, its to_position; 9007199254740991
-- stands for a row that is still open. Positions are those of the ledger that the row comes from.

-- Up to where each ledger is projected. kind: 0 access, 1 activity.
CREATE TABLE standings (
  organization INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  position INTEGER NOT NULL CHECK (position > 0),
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (organization, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE organizations (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE
) STRICT;

-- Every id stands for itself once, and as a small number everywhere else: rows of numbers are a
-- third as large and as costly. Numbers are of one organization, so no row can join two.
CREATE TABLE interned (
  number INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (organization, text)
) STRICT;

-- Every version of every entity. Associations (memberships, maintainers, grants) are listed by the
-- facts that they state; parent, other and sort are for the rest: see ListQuery. kind: see codes.ts.
-- States are long: in a table without rowid they would make its tree twice as deep.
CREATE TABLE entities (
  entity INTEGER NOT NULL,
  from_position INTEGER NOT NULL,
  to_position INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  version INTEGER NOT NULL,
  parent INTEGER,
  other INTEGER,
  sort TEXT,
  state TEXT NOT NULL,
  UNIQUE (entity, from_position)
) STRICT;

CREATE INDEX entities_of_parent ON entities (parent, kind, entity)
  WHERE to_position = 9007199254740991 AND parent IS NOT NULL;
CREATE INDEX entities_of_parent_sorted ON entities (parent, kind, sort, entity)
  WHERE to_position = 9007199254740991 AND parent IS NOT NULL AND sort IS NOT NULL;
CREATE INDEX entities_of_other ON entities (other, kind, entity)
  WHERE to_position = 9007199254740991 AND other IS NOT NULL;
CREATE INDEX entities_of_other_sorted ON entities (other, kind, sort, entity)
  WHERE to_position = 9007199254740991 AND other IS NOT NULL AND sort IS NOT NULL;

-- Access-bearing relations; see Facts. The key finds open facts of a subject at once, and those
-- that held at a position beside the few that have closed since. source: the entity that states it.
CREATE TABLE facts (
  subject INTEGER NOT NULL,
  relation INTEGER NOT NULL,
  to_position INTEGER NOT NULL,
  object INTEGER NOT NULL,
  source INTEGER NOT NULL,
  from_position INTEGER NOT NULL,
  expires_at INTEGER,
  level TEXT,
  detail TEXT,
  PRIMARY KEY (subject, relation, to_position, object, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX facts_on_object ON facts
  (object, relation, to_position, level, source, subject, from_position, expires_at, detail);

-- Every slug and key that was ever taken; scope: see NameScope.
CREATE TABLE names (
  organization INTEGER NOT NULL,
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  owner INTEGER NOT NULL,
  from_position INTEGER NOT NULL,
  PRIMARY KEY (organization, scope, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  token INTEGER PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE live_agents (
  agent INTEGER PRIMARY KEY,
  agent_key INTEGER NOT NULL,
  queue INTEGER NOT NULL,
  cluster INTEGER NOT NULL
) STRICT;

CREATE INDEX live_agents_of_key ON live_agents (agent_key);
CREATE INDEX live_agents_of_queue ON live_agents (queue);
CREATE INDEX live_agents_of_cluster ON live_agents (cluster);

-- What the audit finds events by: type, actor and what else their data names; those that change an
-- entity are known by its versions. One that names more than two others has further rows, without
-- type and actor.
CREATE TABLE event_marks (
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  position INTEGER NOT NULL,
  type INTEGER,
  actor INTEGER,
  named_1 INTEGER,
  named_2 INTEGER
) STRICT;

CREATE INDEX event_marks_by_type ON event_marks (type, kind, position) WHERE type IS NOT NULL;
CREATE INDEX event_marks_by_actor ON event_marks (actor, kind, position) WHERE actor IS NOT NULL;
CREATE INDEX event_marks_by_name_1 ON event_marks (named_1, kind, position)
  WHERE named_1 IS NOT NULL;
CREATE INDEX event_marks_by_name_2 ON event_marks (named_2, kind, position)
  WHERE named_2 IS NOT NULL;
