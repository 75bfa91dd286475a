import { SqliteError } from 'better-sqlite3';

/**
 * What an error thrown by the file means for the batch that met it. FULL: it recovers once there is
 * space. DEAD: the disk may have lost what it said it wrote; only a restart may go on. Null: not a
 * fault of the storage, a broken constraint included.
 */
export function storageFault(error: unknown): 'FULL' | 'DEAD' | null {
  if (!(error instanceof SqliteError)) return null;
  if (error.code === 'SQLITE_FULL' || error.code.startsWith('SQLITE_BUSY')) return 'FULL';
  if (error.code.startsWith('SQLITE_CONSTRAINT')) return null;
  if (error.code === 'SQLITE_ERROR' || error.code === 'SQLITE_MISUSE') return null;
  return 'DEAD';
}
