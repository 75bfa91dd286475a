import type { Connection } from '../../ledger/sqlite/connection';
import type { LedgerKind } from '../../ledger/types';
import { KIND_CODES, LEDGER_CODES, OPEN } from '../codes';
import type { Interned } from './interned';
import { meet, type Source } from './meet';

/** What an event can be found by: its type, who caused it, what its data names. */
export interface Mark {
  readonly field: 'type' | 'actor' | 'named';
  readonly text: string;
}

export type Direction = 'FORWARD' | 'BACKWARD';

/** A stretch of a ledger, both ends included. */
export interface Stretch {
  readonly organization: number;
  readonly kind: LedgerKind;
  readonly first: number;
  readonly last: number;
}

/** The nearest position in one direction, itself included, with an event that bears the mark. */
type Seek = (mark: number, kind: LedgerKind, from: number) => number | null;

/** Finds the events that bear marks. */
export class MarkRows {
  readonly #interned: Interned;
  readonly #seeks: Readonly<Record<Direction, Readonly<Record<Mark['field'], readonly Seek[]>>>>;

  constructor(db: Connection, interned: Interned) {
    this.#interned = interned;
    const seeks = (direction: Direction) => ({
      type: [seekMark(db, 'type', direction)],
      actor: [seekMark(db, 'actor', direction)],
      named: [
        seekMark(db, 'named_1', direction),
        seekMark(db, 'named_2', direction),
        direction === 'FORWARD' ? seekVersionForward(db) : seekVersionBackward(db),
      ],
    });
    this.#seeks = { FORWARD: seeks('FORWARD'), BACKWARD: seeks('BACKWARD') };
  }

  /** Positions of up to `limit` events that bear all of the marks, of which there is at least one. */
  find(
    marks: readonly Mark[],
    stretch: Stretch,
    direction: Direction,
    limit: number,
  ): readonly number[] {
    const sources = this.#sources(marks, stretch, direction);
    const found: number[] = [];
    const step = direction === 'FORWARD' ? 1 : -1;
    let from = direction === 'FORWARD' ? stretch.first : stretch.last;
    while (found.length < limit) {
      const position = meet(sources, from);
      if (position === null || position < stretch.first || position > stretch.last) break;
      found.push(position);
      from = position + step;
    }
    return found;
  }

  /** For each mark, what finds the next event that bears it. */
  #sources(
    marks: readonly Mark[],
    { organization, kind }: Stretch,
    direction: Direction,
  ): readonly Source[] {
    const nearest = direction === 'FORWARD' ? Math.min : Math.max;
    return marks.map(({ field, text }) => {
      const mark = this.#interned.number(organization, text);
      const seeks = this.#seeks[direction][field];
      return (from) => {
        const found = mark === undefined ? [] : seeks.map((seek) => seek(mark, kind, from));
        const positions = found.filter((position) => position !== null);
        return positions.length === 0 ? null : nearest(...positions);
      };
    });
  }
}

function seekMark(db: Connection, column: string, direction: Direction): Seek {
  const statement = db
    .prepare<[number, number, number], number>(
      `SELECT position FROM event_marks WHERE ${column} = ? AND kind = ?
        AND position ${direction === 'FORWARD' ? '>=' : '<='} ?
        ORDER BY position ${direction === 'FORWARD' ? 'ASC' : 'DESC'} LIMIT 1`,
    )
    .pluck();
  return (mark, kind, from) => statement.get(mark, LEDGER_CODES[kind], from) ?? null;
}

/** Versions of agents are of the activity ledger, all others of the access ledger. */
const IN_LEDGER = `(kind = ${KIND_CODES.agent}) = ?`;

/** Where the entity changes or ends next: at its next version, or where the one before ended. */
function seekVersionForward(db: Connection): Seek {
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
function seekVersionBackward(db: Connection): Seek {
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
