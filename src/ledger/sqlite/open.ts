import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { checkSchema, migrate } from './migrate';

/** The first SQLite without the WAL-reset corruption of 3.7.0 to 3.51.2. */
const SQLITE_MIN = [3, 51, 3] as const;

/** Thrown when the file cannot be trusted to keep what it acknowledges. */
export class UnsafeStorage extends Error {
  override readonly name = 'UnsafeStorage';
}

export interface OpenOptions {
  /** The folder of this program's migrations. */
  readonly migrations: string;
  readonly readOnly?: boolean;
}

/**
 * Opens ledger.db, made and migrated if it is not there (unless `readOnly`). FULL durability is set
 * and read back on every open: better-sqlite3 reopens WAL files as NORMAL without a word.
 */
export function openLedgerFile(path: string, options: OpenOptions): Database {
  const fresh = !existsSync(path);
  const database = openSqlite(path, { readOnly: options.readOnly ?? false, synchronous: 'FULL' });
  try {
    if (options.readOnly === true) {
      checkSchema(database, join(options.migrations, 'ledger'));
    } else {
      if (fresh) chmodSync(path, 0o600);
      migrate(database, join(options.migrations, 'ledger'));
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Opens a WAL database with the settings that every file of ours has, and asserts them. */
export function openSqlite(
  path: string,
  options: { readonly readOnly: boolean; readonly synchronous: 'FULL' | 'NORMAL' },
): Database {
  const database = new Sqlite(path, { readonly: options.readOnly, timeout: 5000 });
  try {
    assertVersion(database);
    // Erased means gone: freed pages are overwritten, from the first event on.
    database.pragma('secure_delete = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('cache_size = -65536');
    if (!options.readOnly) {
      database.pragma('journal_mode = WAL');
      database.pragma('wal_autocheckpoint = 16000');
    }
    database.pragma(`synchronous = ${options.synchronous}`);
    const expected = options.synchronous === 'FULL' ? 2 : 1;
    if (database.pragma('synchronous', { simple: true }) !== expected) {
      throw new UnsafeStorage(`${path}: synchronous=${options.synchronous} did not take`);
    }
    if (database.pragma('journal_mode', { simple: true }) !== 'wal') {
      throw new UnsafeStorage(`${path}: not in WAL mode`);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function assertVersion(database: Database): void {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [minMajor, minMinor, minPatch] = SQLITE_MIN;
  const found = (major * 1000 + minor) * 1000 + patch;
  if (found < (minMajor * 1000 + minMinor) * 1000 + minPatch) {
    throw new UnsafeStorage(`SQLite ${version} is older than ${SQLITE_MIN.join('.')}`);
  }
}
