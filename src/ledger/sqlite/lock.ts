import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sqliteCode } from './storage-fault';

/** Thrown when another process holds the data folder. */
export class FolderLocked extends Error {
  override readonly name = 'FolderLocked';
}

/**
 * Takes the data folder for this process until `release` or its end: an exclusive transaction on a
 * file of its own, so that the system lets go of it whatever the process dies of. Throws
 * FolderLocked when another process has it. (POSIX drops a process's locks on a file once *any*
 * descriptor of it is closed: nothing else in this process may open lock.db.)
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
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY') === true) {
      throw new FolderLocked(`${folder} is in use by another process`);
    }
    throw error;
  }
  return () => {
    database.close();
  };
}
