import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import { OPEN, RELATION_CODES } from '../codes';
import type { FactDraft } from '../projection/facts-of';
import type { Interning } from './interned';
import type { Kept } from './kept';
import { OpenFacts } from './open-facts';
import { RowInserter, type InsertSql } from './row-inserter';

/** How many lists of open facts are kept in memory for certain. */
const LISTS_CACHED = 4000;

type Row = [
  subject: number,
  relation: number,
  object: number,
  source: number,
  from: number,
  expiresAt: number | null,
  level: string | null,
  detail: string | null,
];

const INSERT: InsertSql = {
  into: `INSERT INTO facts
    (subject, relation, to_position, object, source, from_position, expires_at, level, detail)`,
  row: `(?, ?, ${OPEN}, ?, ?, ?, ?, ?, ?)`,
};

/** Opens and closes facts, and knows the open ones that were read lately. */
export class FactWriter {
  readonly known = new OpenFacts(LISTS_CACHED);
  readonly #interning: Interning;
  readonly #rows: RowInserter<Row>;
  readonly #close: Statement<
    [to: number, subject: number, relation: number, object: number, source: number]
  >;

  constructor(db: Connection, interning: Interning, { rows }: Kept) {
    this.#interning = interning;
    this.#rows = new RowInserter(db, INSERT, rows);
    this.#close = db.prepare(
      `UPDATE facts SET to_position = ?
        WHERE subject = ? AND relation = ? AND to_position = ${OPEN} AND object = ? AND source = ?`,
    );
  }

  open(organization: number, fact: FactDraft, position: number): void {
    const { relation, subject, object, source, level, detail, expiresAt } = fact;
    const from = this.#interning.intern(organization, subject);
    this.#rows.insert(
      from,
      RELATION_CODES[relation],
      this.#interning.intern(organization, object),
      this.#interning.intern(organization, source),
      position,
      expiresAt,
      level,
      detail === null ? null : JSON.stringify(detail),
    );
    this.known.add(from, fact, position);
  }

  /** Throws when no such fact is open: the views would no longer say what the events say. */
  close(organization: number, fact: FactDraft, position: number): void {
    const { relation, subject, object, source } = fact;
    const from = this.#interning.intern(organization, subject);
    const to = this.#interning.intern(organization, object);
    const by = this.#interning.intern(organization, source);
    const close = (): boolean =>
      this.#close.run(position, from, RELATION_CODES[relation], to, by).changes === 1;
    if (!close() && !(this.#rows.flush() && close())) {
      throw new RangeError(`no open fact ${relation} of ${source} to close`);
    }
    this.known.remove(from, fact);
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
