import { join } from 'node:path';
import { openConnection, type Connection } from './connection';
import { checkSchema, migrate } from './migrate';

const WRITER_CACHE_KIB = 32 * 1024;
const READER_CACHE_KIB = 8 * 1024;

export interface OpenOptions {
  /** The folder of this program's migrations. */
  readonly migrations: string;
  readonly readOnly?: boolean;
}

/**
 * Opens ledger.db, made and migrated if it is not there (unless `readOnly`). Whoever opens it for
 * writing holds the data folder's lock. Throws UnsafeStorage, and SchemaMismatch for a file of
 * another version of this program.
 */
export function openLedgerFile(path: string, options: OpenOptions): Connection {
  const readOnly = options.readOnly ?? false;
  const migrations = join(options.migrations, 'ledger');
  const database = openConnection(path, {
    readOnly,
    synchronous: 'FULL',
    cacheKiB: readOnly ? READER_CACHE_KIB : WRITER_CACHE_KIB,
  });
  try {
    if (readOnly) checkSchema(database, migrations);
    else migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
