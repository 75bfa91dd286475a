import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RandomPool } from '../../../src/ledger/random-pool';
import type { SharedState } from '../../../src/ledger/shared-state';
import type { Connection } from '../../../src/ledger/sqlite/connection';
import { SqliteLedger } from '../../../src/ledger/sqlite/ledger';
import { openLedgerFile } from '../../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../../src/ledger/sqlite/reader';
import { sqliteSharedState } from '../../../src/ledger/sqlite/shared-state';
import { openGate } from '../../../src/ledger/sqlite/transaction';
import { UuidV7 } from '../../../src/ledger/uuidv7';
import { INSTANT } from './samples';

/** The folder of the program's migrations. */
export const MIGRATIONS = resolve(__dirname, '../../../migrations');

/** A new folder for one test's files. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'palisade-ledger-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A ledger file, open for writing and beside that for reading, as in a running server. */
export interface OpenLedger {
  readonly path: string;
  readonly database: Connection;
  readonly writer: SqliteLedger;
  readonly reader: SqliteLedgerReader;
  /** The shared state as other threads read it. */
  readonly shared: SharedState;
  readonly close: () => void;
}

/** Opens, or makes, the folder's ledger file. */
export function openLedger(folder: string): OpenLedger {
  const path = join(folder, 'ledger.db');
  const pool = new RandomPool(randomFillSync);
  const uuids = new UuidV7(
    () => INSTANT,
    (target) => {
      target.set(pool.take(target.length));
    },
  );
  const database = openLedgerFile(path, { migrations: MIGRATIONS });
  let writer: SqliteLedger;
  try {
    writer = new SqliteLedger(database, uuids, pool);
  } catch (error) {
    database.close();
    throw error;
  }
  const reading = openLedgerFile(path, { migrations: MIGRATIONS, readOnly: true });
  return {
    path,
    database,
    writer,
    reader: new SqliteLedgerReader(reading),
    shared: sqliteSharedState(reading, openGate),
    close: () => {
      reading.close();
      database.close();
    },
  };
}
