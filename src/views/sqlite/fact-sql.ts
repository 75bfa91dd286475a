import { limitTo } from '../../ledger/sqlite/connection';
import { OPEN, RELATION_CODES } from '../codes';

/*
 * The statements that read facts, each for the present and for any position of the past.
 *
 * A fact holds at a moment if its interval holds the position and it has not expired by the instant.
 * Of the facts that held at a position most are still open, and their key leads straight to them;
 * the rest have closed since, and are a short range of their own. At the last position that is
 * projected there is no such rest.
 */

const COLUMNS = [
  'subject',
  'relation',
  'object',
  'source',
  'from_position',
  'expires_at',
  'level',
  'detail',
];
const columns = (table: string): string => COLUMNS.map((column) => `${table}.${column}`).join(', ');
const NO_COLUMNS = COLUMNS.map(() => 'NULL').join(', ');

const unexpired = (table: string): string =>
  `(${table}.expires_at IS NULL OR ${table}.expires_at > @instant)`;
const begun = (table: string): string => `${table}.from_position <= @position`;

const isOpen = (table = 'facts'): string => `${table}.to_position = ${OPEN}`;
const openNow = (table = 'facts'): string => `${isOpen(table)} AND ${unexpired(table)}`;
const openThen = `${openNow()} AND ${begun('facts')}`;
const closedSince = `facts.to_position > @position AND facts.to_position < ${OPEN}
  AND ${begun('facts')} AND ${unexpired('facts')}`;
const heldThen = (table = 'facts'): string =>
  `${table}.to_position > @position AND ${begun(table)} AND ${unexpired(table)}`;

const FACTS = `SELECT ${columns('facts')} FROM facts`;
const DIRECT = `SELECT ${columns('facts')}, ${NO_COLUMNS} FROM facts`;
const THROUGH_TEAMS = `SELECT ${columns('facts')}, ${columns('memberships')}
  FROM facts AS memberships CROSS JOIN facts
  WHERE memberships.subject = @subject
    AND memberships.relation = ${RELATION_CODES.teamMember}
    AND facts.subject = memberships.object AND facts.relation = @relation`;

const BY_SUBJECT = 'facts.subject = @subject AND facts.relation = @relation';
const BY_OBJECT = 'facts.object = @object AND facts.relation = @relation';
const TO_OBJECT = 'facts.object = @object';
/** The sign keeps the planner from looking by object: a subject has fewer facts than an object. */
const TO_OBJECT_UNINDEXED = '+facts.object = @object';

/** A statement for the present, and one for positions of the past. */
export interface FactSql {
  readonly now: string;
  readonly past: string;
}

export const OF: FactSql = {
  now: `${FACTS} WHERE ${BY_SUBJECT} AND ${openNow()}`,
  past: `${FACTS} WHERE ${BY_SUBJECT} AND ${heldThen()}`,
};

export const ON: FactSql = {
  now: `${FACTS} WHERE ${BY_OBJECT} AND ${openNow()}`,
  past: `${FACTS} WHERE ${BY_OBJECT} AND ${heldThen()}`,
};

export const ON_AT_LEVEL: FactSql = {
  now: `${FACTS} WHERE ${BY_OBJECT} AND facts.level = @level AND ${openNow()}`,
  past: `${FACTS} WHERE ${BY_OBJECT} AND facts.level = @level AND ${openThen}
    UNION ALL ${FACTS} WHERE ${BY_OBJECT} AND facts.level = @level AND ${closedSince}`,
};

export const BETWEEN: FactSql = {
  now: `${FACTS} WHERE ${BY_SUBJECT} AND ${TO_OBJECT} AND ${openNow()}`,
  past: `${FACTS} WHERE ${BY_SUBJECT} AND ${TO_OBJECT} AND ${openThen}
    UNION ALL ${FACTS} WHERE ${BY_SUBJECT} AND ${TO_OBJECT_UNINDEXED} AND ${closedSince}`,
};

/** What a user holds directly and through teams: the fact, then the membership if there is one. */
export const HELD: FactSql = {
  now: `${DIRECT} WHERE ${BY_SUBJECT} AND ${TO_OBJECT} AND ${openNow()}
    UNION ALL ${THROUGH_TEAMS} AND ${openNow('memberships')} AND ${TO_OBJECT} AND ${openNow()}`,
  past: `${DIRECT} WHERE ${BY_SUBJECT} AND ${TO_OBJECT} AND ${openThen}
    UNION ALL ${DIRECT} WHERE ${BY_SUBJECT} AND ${TO_OBJECT_UNINDEXED} AND ${closedSince}
    UNION ALL ${THROUGH_TEAMS} AND ${heldThen('memberships')} AND ${TO_OBJECT} AND ${openThen}
    UNION ALL ${THROUGH_TEAMS} AND ${heldThen('memberships')}
      AND ${TO_OBJECT_UNINDEXED} AND ${closedSince}`,
};

/** Open facts between two, expired ones too. */
export const OPEN_BETWEEN = `${FACTS} WHERE ${BY_SUBJECT} AND ${TO_OBJECT} AND ${isOpen()}`;

/** The open facts of a subject, expired ones too, up to a number of them. */
export const OPEN_OF = `${FACTS} WHERE ${BY_SUBJECT} AND ${isOpen()} ${limitTo('@limit')}`;

const ANY_RELATION = `facts.relation IN (${Object.values(RELATION_CODES).join(', ')})`;

/** Open facts that name an id, expired ones too. */
export const OPEN_NAMING = `${FACTS} WHERE facts.subject = @subject AND ${ANY_RELATION} AND ${isOpen()}
  UNION ALL ${FACTS} WHERE facts.object = @object AND ${ANY_RELATION} AND ${isOpen()}
    AND facts.subject <> @subject`;

/** By expiry first: else the planner goes through every id that the organization has. */
const EXPIRING = `${FACTS} CROSS JOIN interned ON interned.number = facts.subject
  WHERE interned.organization = @organization
    AND facts.expires_at > @since AND facts.expires_at <= @instant AND facts.from_position <= @earlier`;

/** Facts that held at one moment and at another one only had expired. */
export const EXPIRED = `${EXPIRING} AND ${isOpen()}
  UNION ALL ${EXPIRING} AND facts.to_position > @position AND facts.to_position < ${OPEN}`;
