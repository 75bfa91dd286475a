import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sqliteCode } from '../ledger/sqlite/storage-fault';

const FILE = /^views-([1-9]\d{0,8})\.db$/u;
const COMPANIONS = ['', '-journal', '-wal', '-shm'];

/** The path of the views file with this number. */
export function viewsPath(folder: string, number: number): string {
  return join(folder, `views-${number}.db`);
}

/** The numbers of all views files of a folder, the least first. */
export function viewsNumbers(folder: string): readonly number[] {
  return readdirSync(folder)
    .flatMap((name) => FILE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** A number that no views file of the folder has had. */
export function nextViewsNumber(folder: string, current: number): number {
  return Math.max(0, current, ...viewsNumbers(folder)) + 1;
}

/**
 * Removes every views file but the current one, and says which. A file that anybody has open stays:
 * it may be a rebuild in another process.
 */
export function removeOtherViews(folder: string, current: number): readonly number[] {
  const removed = viewsNumbers(folder).filter(
    (number) => number !== current && !isOpen(viewsPath(folder, number)),
  );
  for (const number of removed) removeViews(folder, number);
  return removed;
}

/** Removes a views file, which nobody may have open, and all that is its. */
export function removeViews(folder: string, number: number): void {
  for (const companion of COMPANIONS) {
    rmSync(viewsPath(folder, number) + companion, { force: true });
  }
}

/** Only the last connection to a file can take it out of WAL mode, or lock it alone. */
function isOpen(path: string): boolean {
  const db = new Sqlite(path, { timeout: 0 });
  try {
    const mode: unknown = db.pragma('journal_mode = DELETE', { simple: true });
    db.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return mode !== 'delete';
  } catch (error) {
    // What is damaged or half made is nobody's.
    return sqliteCode(error)?.startsWith('SQLITE_BUSY') === true;
  } finally {
    db.close();
  }
}
