import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import { OPEN } from '../codes';
import type { FactDraft } from '../projection/facts-of';
import type { Interning } from './interned';
import type { Kept } from './kept';
import { endsOf, OpenFacts, rowOf, type Ends, type FactRow } from './open-facts';
import { RowInserter, type InsertSql } from './row-inserter';

/** How many lists of open facts, and facts in them, are kept in memory for certain. */
const CACHED = 12_000;

const INSERT: InsertSql = {
  into: `INSERT INTO facts
    (subject, relation, to_position, object, source, from_position, expires_at, level, detail)`,
  row: `(?, ?, ${OPEN}, ?, ?, ?, ?, ?, ?)`,
};

/** Opens and closes facts, and knows the open ones that were read lately. */
export class FactWriter {
  readonly known = new OpenFacts(CACHED);
  readonly #interning: Interning;
  readonly #rows: RowInserter<FactRow>;
  readonly #close: Statement<[to: number, ...Ends]>;

  constructor(db: Connection, interning: Interning, { rows }: Kept) {
    this.#interning = interning;
    this.#rows = new RowInserter(db, INSERT, rows);
    this.#close = db.prepare(
      `UPDATE facts SET to_position = ?
        WHERE subject = ? AND relation = ? AND to_position = ${OPEN} AND object = ? AND source = ?`,
    );
  }

  open(organization: number, fact: FactDraft, position: number): void {
    const row = rowOf(fact, position, (id) => this.#interning.intern(organization, id));
    this.#rows.insert(...row);
    this.known.add(row);
  }

  /** Throws when no such fact is open: the views would no longer say what the events say. */
  close(organization: number, fact: FactDraft, position: number): void {
    const ends = endsOf(fact, (id) => this.#interning.intern(organization, id));
    const close = (): boolean => this.#close.run(position, ...ends).changes === 1;
    if (!close() && !(this.#rows.flush() && close())) {
      throw new RangeError(`no open fact ${fact.relation} of ${fact.source} to close`);
    }
    this.known.remove(ends);
  }

  /** Writes what is not in the table yet. */
  save(): void {
    this.#rows.flush();
  }

  forget(): void {
    this.#rows.forget();
    this.known.clear();
  }
}
