import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';

/** How often this thread has committed views; other threads' commits are told of in messages. */
let commitsHere = 0;

/** To be called after each commit of views, so that this thread reads it at once. */
export function committedHere(): void {
  commitsHere += 1;
}

/**
 * A read transaction for as long as the program runs without a pause. Messages of other threads come
 * in pauses only, so whatever they acknowledged is seen by all that is read after them.
 */
export class ReadSnapshot {
  readonly #db: Connection;
  readonly #onRelease: () => void;
  readonly #begin: Statement;
  readonly #commit: Statement;
  #held = false;
  #commits = 0;

  /** @param onRelease called when what was read may not be so any more */
  constructor(db: Connection, onRelease: () => void) {
    this.#db = db;
    this.#onRelease = onRelease;
    this.#begin = db.prepare('BEGIN');
    this.#commit = db.prepare('COMMIT');
  }

  /** Until the next pause or commit, every statement of the connection reads the same state. */
  hold(): void {
    if (this.#held && this.#commits === commitsHere) return;
    this.#release();
    this.#begin.run();
    this.#held = true;
    this.#commits = commitsHere;
    queueMicrotask(() => {
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
