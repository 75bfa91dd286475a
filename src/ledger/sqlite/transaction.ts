import type { Database, Statement } from 'better-sqlite3';
import { StorageFault } from '../errors';
import { asStorageFault } from './storage-fault';

/** What statements pass through on their way to a connection. */
export interface StatementGate {
  readonly read: <T>(statements: () => T) => T;
  readonly write: <T>(statements: () => T) => T;
}

/** Nothing stands in the way. SQLite itself refuses writes on a connection for reading. */
export const openGate: StatementGate = {
  read: (statements) => statements(),
  write: (statements) => statements(),
};

/**
 * The one transaction that a write connection has open at a time. SQLite may end a transaction by
 * itself (a full disk does), and statements after that would each commit alone: so the first fault
 * closes the gate, and only `rollback` opens it again. After an I/O error nothing opens it.
 */
export class WriteTransaction implements StatementGate {
  readonly #database: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  #state: 'IDLE' | 'OPEN' | 'FAILED' = 'IDLE';
  #dead: StorageFault | null = null;

  constructor(database: Database) {
    this.#database = database;
    // IMMEDIATE, since a deferred transaction that reads first can be refused its first write.
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
  }

  /** The I/O error after which this connection writes nothing more, or null. */
  get dead(): StorageFault | null {
    return this.#dead;
  }

  /** Throws StorageFault; then no transaction is open. */
  begin(): void {
    if (this.#state !== 'IDLE') throw new Error('a transaction is already open');
    this.#attempt(() => this.#begin.run());
    this.#state = 'OPEN';
  }

  /** Runs statements that only read, within the transaction if one is open. */
  readonly read = <T>(statements: () => T): T =>
    this.#state === 'IDLE' ? this.#attempt(statements) : this.write(statements);

  /** Runs statements of the open transaction. Whatever they throw ends it, as a StorageFault. */
  readonly write = <T>(statements: () => T): T => {
    if (this.#state === 'IDLE') throw new Error('no transaction is open');
    if (this.#state === 'FAILED') {
      throw new StorageFault('BATCH_FAILED', 'an earlier fault ended this transaction');
    }
    try {
      return this.#attempt(statements);
    } catch (error) {
      this.#state = 'FAILED';
      throw error;
    }
  };

  /** Once this returns, everything is durable. Throws StorageFault; then roll back. */
  commit(): void {
    this.write(() => this.#commit.run());
    this.#state = 'IDLE';
  }

  /** Harmless when no transaction is open. Never throws. */
  rollback(): void {
    this.#state = 'IDLE';
    if (!this.#database.inTransaction) return;
    try {
      this.#rollback.run();
    } catch (error) {
      // A transaction that can be neither committed nor dropped would hold the file for ever.
      this.#dead ??= asStorageFault(error);
    }
  }

  #attempt<T>(statements: () => T): T {
    if (this.#dead !== null) throw this.#dead;
    try {
      return statements();
    } catch (error) {
      const fault = asStorageFault(error);
      if (fault.kind === 'IO') this.#dead = fault;
      throw fault;
    }
  }
}
