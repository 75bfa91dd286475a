import type { Connection } from '../../ledger/sqlite/connection';
import type { LedgerKind } from '../../ledger/types';
import { KIND_CODES, LEDGER_CODES, OPEN } from '../codes';
import type { Direction } from './meet';

/** The nearest position in one direction, itself included, where the entity changes or ends. */
export type SeekVersion = (entity: number, kind: LedgerKind, from: number) => number | null;

/** Finds where entities change by their versions, which are the marks of those events. */
export function seekVersion(db: Connection, direction: Direction): SeekVersion {
  return direction === 'FORWARD' ? seekVersionForward(db) : seekVersionBackward(db);
}

/** Versions of agents are of the activity ledger, all others of the access ledger. */
const IN_LEDGER = `(kind = ${KIND_CODES.agent}) = ?`;

/** Where the entity changes or ends next: at its next version, or where the one before ended. */
function seekVersionForward(db: Connection): SeekVersion {
  const next = db
    .prepare<[number, number, number], number>(
      `SELECT from_position FROM entities
        WHERE entity = ? AND from_position >= ? AND ${IN_LEDGER}
        ORDER BY from_position LIMIT 1`,
    )
    .pluck();
  const end = db
    .prepare<[number, number, number], number>(
      `SELECT to_position FROM entities
        WHERE entity = ? AND from_position < ? AND ${IN_LEDGER}
        ORDER BY from_position DESC LIMIT 1`,
    )
    .pluck();
  return (entity, kind, from) => {
    const ended = end.get(entity, from, LEDGER_CODES[kind]);
    // The end of a version comes no later than the next one begins.
    if (ended !== undefined && ended >= from && ended < OPEN) return ended;
    return next.get(entity, from, LEDGER_CODES[kind]) ?? null;
  };
}

/** Where the entity changed or ended last: where its last version ended, if by then, or began. */
function seekVersionBackward(db: Connection): SeekVersion {
  const last = db
    .prepare<[number, number, number], [from: number, to: number]>(
      `SELECT from_position, to_position FROM entities
        WHERE entity = ? AND from_position <= ? AND ${IN_LEDGER}
        ORDER BY from_position DESC LIMIT 1`,
    )
    .raw();
  return (entity, kind, from) => {
    const version = last.get(entity, from, LEDGER_CODES[kind]);
    if (version === undefined) return null;
    const [began, ended] = version;
    return ended <= from ? ended : began;
  };
}
