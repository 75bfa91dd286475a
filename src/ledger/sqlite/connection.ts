import { chmodSync, existsSync } from 'node:fs';
import Sqlite, { type Database } from 'better-sqlite3';

export type Connection = Database;

export interface ConnectionOptions {
  /** FULL: a commit survives a power cut. NORMAL: only for files that can be made again. */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly readOnly?: boolean;
  readonly cacheKiB: number;
}

/** The first SQLite without the WAL-reset corruption of 3.7.0 to 3.51.2. */
const SQLITE_MIN = [3, 51, 3] as const;

const BUSY_TIMEOUT_MS = 5000;
/** Pages of write-ahead log between checkpoints: fewer make large batches slower. */
const CHECKPOINT_PAGES = 16_000;
/** What a checkpoint leaves of a log that a long reader made grow. */
const LOG_KEPT_BYTES = 64 * 1024 * 1024;

/** Thrown when a file cannot be trusted to keep what it acknowledges. */
class UnsafeStorage extends Error {
  override readonly name = 'UnsafeStorage';
}

/**
 * Opens a database in WAL mode with the settings that every file of ours has, and reads them back.
 * A file that is missing is made, unless it is opened for reading. Throws UnsafeStorage.
 */
export function openConnection(path: string, options: ConnectionOptions): Connection {
  const { readOnly = false, synchronous, cacheKiB } = options;
  const fresh = !existsSync(path);
  const database = new Sqlite(path, {
    readonly: readOnly,
    fileMustExist: readOnly,
    timeout: BUSY_TIMEOUT_MS,
  });
  try {
    expectVersion(database);
    if (fresh) chmodSync(path, 0o600);
    if (!readOnly) expectPragma(database, 'journal_mode', 'wal');
    // Set on every open: better-sqlite3 reopens WAL files as NORMAL without a word.
    expectPragma(database, 'synchronous', synchronous === 'FULL' ? 2 : 1);
    // Erased means gone: freed pages are overwritten, from the first event on.
    expectPragma(database, 'secure_delete', 1);
    expectPragma(database, 'foreign_keys', 1);
    expectPragma(database, 'trusted_schema', 0);
    expectPragma(database, 'cell_size_check', 1);
    expectPragma(database, 'cache_size', -cacheKiB);
    expectPragma(database, 'wal_autocheckpoint', CHECKPOINT_PAGES);
    expectPragma(database, 'journal_size_limit', LOG_KEPT_BYTES);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function expectPragma(database: Database, name: string, value: string | number): void {
  database.pragma(`${name} = ${String(value)}`);
  const actual: unknown = database.pragma(name, { simple: true });
  if (actual !== value) {
    throw new UnsafeStorage(`${database.name}: ${name} is ${String(actual)}, not ${String(value)}`);
  }
}

function expectVersion(database: Database): void {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [minMajor, minMinor, minPatch] = SQLITE_MIN;
  const found = (major * 1000 + minor) * 1000 + patch;
  if (found < (minMajor * 1000 + minMinor) * 1000 + minPatch) {
    throw new UnsafeStorage(`SQLite ${version} is older than ${SQLITE_MIN.join('.')}`);
  }
}

/**
 * At most so many rows. To a bare parameter the planner looks, and so prepares the statement anew
 * whenever a value is bound: that takes longer than a short page.
 */
export function limitTo(parameter: '?' | `@${string}`): string {
  return `LIMIT ${parameter} + 0`;
}
