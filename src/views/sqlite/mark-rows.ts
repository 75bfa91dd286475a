import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import type { LedgerKind } from '../../ledger/types';
import { LEDGER_CODES } from '../codes';
import type { Interned } from './interned';

/** What an event can be found by: its type, who caused it, what its data names. */
export type MarkField = 'type' | 'actor' | 'named';

export interface Mark {
  readonly field: MarkField;
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

type Seek = Statement<[mark: number, kind: number, position: number], number>;

/** Finds the events that bear marks. */
export class MarkRows {
  readonly #interned: Interned;
  readonly #seeks: Readonly<Record<Direction, Readonly<Record<MarkField, readonly Seek[]>>>>;

  constructor(db: Connection, interned: Interned) {
    this.#interned = interned;
    const seek = (column: string, direction: Direction): Seek =>
      db
        .prepare<[number, number, number], number>(
          `SELECT position FROM event_marks WHERE ${column} = ? AND kind = ?
            AND position ${direction === 'FORWARD' ? '>=' : '<='} ?
            ORDER BY position ${direction === 'FORWARD' ? 'ASC' : 'DESC'} LIMIT 1`,
        )
        .pluck();
    const seeks = (direction: Direction) => ({
      type: [seek('type', direction)],
      actor: [seek('actor', direction)],
      named: ['named_1', 'named_2', 'named_3'].map((column) => seek(column, direction)),
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
    const found: number[] = [];
    const sources = this.#sources(marks, stretch, direction);
    if (sources === null) return found;
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

  /** For each mark, what finds the next event that bears it; null if none ever bore one of them. */
  #sources(
    marks: readonly Mark[],
    { organization, kind }: Stretch,
    direction: Direction,
  ): readonly Source[] | null {
    const sources: Source[] = [];
    for (const { field, text } of marks) {
      const number = this.#interned.number(organization, text);
      if (number === undefined) return null;
      const seeks = this.#seeks[direction][field];
      sources.push((from) => {
        const next = seeks.flatMap((seek) => seek.get(number, LEDGER_CODES[kind], from) ?? []);
        if (next.length === 0) return null;
        return direction === 'FORWARD' ? Math.min(...next) : Math.max(...next);
      });
    }
    return sources;
  }
}

/** The next position of one mark's events, from a position on, in the direction of the search. */
type Source = (from: number) => number | null;

/**
 * The next position that every source has. Each skips to where the others are, so that the rarest
 * mark decides what the search costs.
 */
function meet(sources: readonly Source[], from: number): number | null {
  let candidate = from;
  let agreed = 0;
  while (agreed < sources.length) {
    for (const source of sources) {
      const next = source(candidate);
      if (next === null) return null;
      agreed = next === candidate ? agreed + 1 : 1;
      candidate = next;
      if (agreed === sources.length) break;
    }
  }
  return candidate;
}
