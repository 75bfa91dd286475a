import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';

type Value = number | string | null;

/** The two halves of an INSERT: up to VALUES, and one row of parameters. */
export interface InsertSql {
  readonly into: string;
  readonly row: string;
}

/**
 * Inserts rows into one table, several to a statement: a call costs as much as a row. Those that
 * wait for it are not in the table, so whoever misses one there calls `flush` and looks again.
 */
export class RowInserter<Row extends readonly Value[]> {
  readonly #atOnce: number;
  readonly #one: Statement<[readonly Value[]]>;
  readonly #many: Statement<[readonly Value[]]>;
  #waiting: Value[] = [];
  #count = 0;

  /** @param atOnce rows to a statement; 1 for whoever reads the table by other ways as well */
  constructor(db: Connection, { into, row }: InsertSql, atOnce: number) {
    this.#atOnce = atOnce;
    this.#one = db.prepare(`${into} VALUES ${row}`);
    this.#many = db.prepare(`${into} VALUES ${Array<string>(atOnce).fill(row).join(', ')}`);
  }

  insert(...row: Row): void {
    if (this.#atOnce === 1) {
      this.#one.run(row);
      return;
    }
    this.#waiting.push(...row);
    this.#count += 1;
    if (this.#count < this.#atOnce) return;
    this.#many.run(this.#waiting);
    this.forget();
  }

  /** Inserts what waits; false if nothing did. */
  flush(): boolean {
    if (this.#count === 0) return false;
    const width = this.#waiting.length / this.#count;
    for (let at = 0; at < this.#waiting.length; at += width) {
      this.#one.run(this.#waiting.slice(at, at + width));
    }
    this.forget();
    return true;
  }

  /** Drops what waits. */
  forget(): void {
    this.#waiting = [];
    this.#count = 0;
  }
}
