import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { SqliteError } from 'better-sqlite3';

/** Thrown when another process holds the data folder. */
export class FolderLocked extends Error {
  override readonly name = 'FolderLocked';
}

/**
 * Takes the data folder for this process until `release` or its end: an exclusive transaction on a
 * file of its own, so that the system lets go of it whatever the process dies of. Throws
 * FolderLocked when another process has it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock.db');
  const database = new Sqlite(path, { timeout: 0 });
  try {
    chmodSync(path, 0o600);
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new FolderLocked(`${folder} is in use by another process`);
    }
    throw error;
  }
  return () => {
    database.close();
  };
}
