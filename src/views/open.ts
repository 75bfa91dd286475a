import { join } from 'node:path';
import { openConnection, type Connection } from '../ledger/sqlite/connection';
import { checkSchema, migrate, SchemaMismatch } from '../ledger/sqlite/migrate';
import { PROJECTION_VERSION } from './codes';

const WRITER_CACHE_KIB = 32 * 1024;
const READER_CACHE_KIB = 32 * 1024;

/** Thrown when a views file was made by another version of the projections: make it again. */
export class ViewsOutdated extends Error {
  override readonly name = 'ViewsOutdated';
}

export interface OpenViewsOptions {
  /** The folder of this program's migrations. */
  readonly migrations: string;
  readonly readOnly?: boolean;
}

/**
 * Opens a views file, made if it is not there (unless `readOnly`). NORMAL durability: a power cut
 * may take its last commits, which the ledger then gives again. Throws UnsafeStorage, and
 * ViewsOutdated for a file of another version of this program.
 */
export function openViewsFile(path: string, options: OpenViewsOptions): Connection {
  const readOnly = options.readOnly ?? false;
  const db = openConnection(path, {
    readOnly,
    synchronous: 'NORMAL',
    cacheKiB: readOnly ? READER_CACHE_KIB : WRITER_CACHE_KIB,
  });
  try {
    prepareViews(db, options.migrations, readOnly);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Gives a new file its tables and its version. Throws ViewsOutdated for a file that has others: its
 * rows may mean something else, and are not worth a migration.
 */
export function prepareViews(db: Connection, migrations: string, readOnly: boolean): void {
  const folder = join(migrations, 'views');
  const version = db.pragma('user_version', { simple: true });
  if (version === 0 && !readOnly) {
    migrate(db, folder);
    db.pragma(`user_version = ${PROJECTION_VERSION}`);
  } else if (version !== PROJECTION_VERSION) {
    throw new ViewsOutdated(`${db.name} was made by version ${String(version)} of the projections`);
  }
  try {
    checkSchema(db, folder);
  } catch (error) {
    if (!(error instanceof SchemaMismatch)) throw error;
    throw new ViewsOutdated(error.message, { cause: error });
  }
}
