import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import { OPEN, RELATION_CODES } from '../codes';
import type { FactDraft } from '../projection/facts-of';
import type { Interning } from './interned';

/** Opens and closes facts. */
export class FactWriter {
  readonly #interning: Interning;
  readonly #insert: Statement<
    [
      subject: number,
      relation: number,
      object: number,
      source: number,
      from: number,
      expiresAt: number | null,
      level: string | null,
      detail: string | null,
    ]
  >;
  readonly #close: Statement<
    [to: number, subject: number, relation: number, object: number, source: number]
  >;

  constructor(db: Connection, interning: Interning) {
    this.#interning = interning;
    this.#insert = db.prepare(`INSERT INTO facts
      (subject, relation, to_position, object, source, from_position, expires_at, level, detail)
      VALUES (?, ?, ${OPEN}, ?, ?, ?, ?, ?, ?)`);
    this.#close = db.prepare(
      `UPDATE facts SET to_position = ?
        WHERE subject = ? AND relation = ? AND to_position = ${OPEN} AND object = ? AND source = ?`,
    );
  }

  open(organization: number, fact: FactDraft, position: number): void {
    const { relation, subject, object, source, level, detail, expiresAt } = fact;
    this.#insert.run(
      this.#interning.intern(organization, subject),
      RELATION_CODES[relation],
      this.#interning.intern(organization, object),
      this.#interning.intern(organization, source),
      position,
      expiresAt,
      level,
      detail === null ? null : JSON.stringify(detail),
    );
  }

  /** Throws when no such fact is open: the views would no longer say what the events say. */
  close(organization: number, fact: FactDraft, position: number): void {
    const { relation, subject, object, source } = fact;
    const { changes } = this.#close.run(
      position,
      this.#interning.intern(organization, subject),
      RELATION_CODES[relation],
      this.#interning.intern(organization, object),
      this.#interning.intern(organization, source),
    );
    if (changes !== 1) throw new RangeError(`no open fact ${relation} of ${source} to close`);
  }
}
