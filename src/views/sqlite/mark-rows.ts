import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import type { LedgerKind } from '../../ledger/types';
import { LEDGER_CODES } from '../codes';
import type { Interned } from './interned';
import { blockwise, FIELD_CODES, type BlockRow, type MarkField } from './mark-blocks';
import { meet, type Direction, type Source } from './meet';
import { seekVersion, type SeekVersion } from './seek-version';

/** What events are asked for by. */
export interface Mark {
  readonly field: MarkField;
  readonly text: string;
}

/** A stretch of a ledger, both ends included. */
export interface Stretch {
  readonly organization: number;
  readonly kind: LedgerKind;
  readonly first: number;
  readonly last: number;
}

/** The nearest block in one direction, itself included, with events that bear the mark. */
type SeekBlock = Statement<[mark: number, field: number, kind: number, block: number], BlockRow>;

/** Finds the events that bear marks. */
export class MarkRows {
  readonly #interned: Interned;
  readonly #blocks: Readonly<Record<Direction, SeekBlock>>;
  readonly #versions: Readonly<Record<Direction, SeekVersion>>;

  constructor(db: Connection, interned: Interned) {
    this.#interned = interned;
    this.#blocks = { FORWARD: seekBlock(db, 'FORWARD'), BACKWARD: seekBlock(db, 'BACKWARD') };
    this.#versions = {
      FORWARD: seekVersion(db, 'FORWARD'),
      BACKWARD: seekVersion(db, 'BACKWARD'),
    };
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
    return marks.map(({ field, text }): Source => {
      const mark = this.#interned.number(organization, text);
      if (mark === undefined) return () => null;
      const marked = this.#marked(mark, field, kind, direction);
      if (field !== 'named') return marked;
      const version = this.#versions[direction];
      return (from) => {
        const named = marked(from);
        const changed = version(mark, kind, from);
        if (named === null || changed === null) return named ?? changed;
        return nearest(named, changed);
      };
    });
  }

  #marked(mark: number, field: MarkField, kind: LedgerKind, direction: Direction): Source {
    const statement = this.#blocks[direction];
    return blockwise(direction, (block) =>
      statement.get(mark, FIELD_CODES[field], LEDGER_CODES[kind], block),
    );
  }
}

function seekBlock(db: Connection, direction: Direction): SeekBlock {
  const [onward, order] = direction === 'FORWARD' ? ['>=', 'ASC'] : ['<=', 'DESC'];
  return db
    .prepare<[number, number, number, number], BlockRow>(
      `SELECT block, places FROM event_marks
        WHERE mark = ? AND field = ? AND kind = ? AND block ${onward} ?
        ORDER BY block ${order} LIMIT 1`,
    )
    .raw();
}
