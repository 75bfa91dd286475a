import { closeSync, fsyncSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Connection } from '../ledger/sqlite/connection';
import type { LedgerReader } from '../ledger/types';
import { catchUpAtOnce, type OnProgress } from './catch-up';
import { nextViewsNumber, removeViews, viewsPath } from './files';
import { openViewsFile, prepareViews } from './open';
import { Projector } from './projector';
import type { Kept } from './sqlite/kept';

const BUILD_CACHE_KIB = 32 * 1024;
/** Most entities pass by once: to keep more of them was measured slower, by the memory it takes. */
const KEPT: Kept = { ids: 50_000, entities: 10_000, rows: 32 };

export interface RebuildOptions {
  /** The data folder. */
  readonly folder: string;
  readonly migrations: string;
  /** The number of the views in use; theirs is left alone. */
  readonly current: number;
  readonly onProgress?: OnProgress;
}

/**
 * Makes new views from the ledger's first event on, in a file of their own, and returns its number.
 * When it returns, the file is durable and holds all that was committed when it began; whoever
 * switches to it catches up first. One that fails takes its file away, one that is killed leaves it
 * to `removeOtherViews`.
 */
export function rebuildViews(ledger: LedgerReader, options: RebuildOptions): number {
  const { folder, migrations, current, onProgress } = options;
  const number = nextViewsNumber(folder, current);
  const path = viewsPath(folder, number);
  // Readable by its owner alone from the first byte, and never a file that is there already.
  closeSync(openSync(path, 'wx', 0o600));
  try {
    build(path, migrations, (db) => {
      catchUpAtOnce(new Projector(db, KEPT), ledger, onProgress);
    });
    syncToDisk(path);
    syncToDisk(folder);
    openViewsFile(path, { migrations }).close();
    return number;
  } catch (error) {
    removeViews(folder, number);
    throw error;
  }
}

/** Fills an empty file without journal or syncs, for which a crash leaves nothing to be saved. */
function build(path: string, migrations: string, fill: (db: Connection) => void): void {
  const db = new Sqlite(path);
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma(`cache_size = -${BUILD_CACHE_KIB}`);
    prepareViews(db, migrations, false);
    const indexes = takeIndexes(db);
    fill(db);
    for (const sql of indexes) db.exec(sql);
  } finally {
    db.close();
  }
}

/** Drops the indexes that only readers need: made at the end, they cost a third. */
function takeIndexes(db: Connection): readonly string[] {
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all();
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  return indexes.map(({ sql }) => sql);
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
