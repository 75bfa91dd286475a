import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';

/** How often this thread had reason to read anew. */
let reasons = 0;

/**
 * Has this thread see, from now on, all that was committed until now: to be called after each commit of
 * views here, and with each message of another thread, which may acknowledge one.
 */
export function readAnew(): void {
  reasons += 1;
}

/**
 * A read transaction for one turn of the event loop, or until there is reason to read anew. To begin
 * and to end one costs as much as several look-ups, and a turn answers many requests.
 */
export class ReadSnapshot {
  readonly #db: Connection;
  readonly #onRelease: () => void;
  readonly #begin: Statement;
  readonly #commit: Statement;
  #held = false;
  #reasons = 0;
  /** True while the end of the turn is waited for. */
  #ending = false;

  /** @param onRelease called when what was read may not be so any more */
  constructor(db: Connection, onRelease: () => void) {
    this.#db = db;
    this.#onRelease = onRelease;
    this.#begin = db.prepare('BEGIN');
    this.#commit = db.prepare('COMMIT');
  }

  /** For the rest of the turn every statement of the connection reads the same state. */
  hold(): void {
    if (this.#held && this.#reasons === reasons) return;
    this.#release();
    this.#begin.run();
    this.#held = true;
    this.#reasons = reasons;
    if (this.#ending) return;
    this.#ending = true;
    setImmediate(() => {
      this.#ending = false;
      this.#release();
    });
  }

  #release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#onRelease();
    if (this.#db.open) this.#commit.run();
  }
}
