import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';

const STEP_PAGES = 1000;

/**
 * Copies a database file as of one moment, while it is written to, and makes the copy durable. The
 * copy is one file, and stands under its name only when it is whole. `onProgress` hears how many
 * pages of how many are done. Copy the views before their ledger: views that lag behind catch up,
 * views ahead of their ledger are refused.
 */
export async function backupFile(
  source: string,
  target: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const database = new Sqlite(source, { readonly: true, fileMustExist: true });
  try {
    // A copy starts again whenever its source is written to, unless its connection already reads:
    // then it is a copy of what that transaction sees.
    database.exec('BEGIN; SELECT 1 FROM sqlite_schema');
    await database.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages - remainingPages, totalPages);
        return STEP_PAGES;
      },
    });
  } finally {
    database.close();
  }
  foldLog(partial);
  chmodSync(partial, 0o600);
  syncToDisk(partial);
  renameSync(partial, target);
  syncToDisk(dirname(target));
}

// A copy in WAL mode would put two more files beside it as soon as somebody looked at it.
function foldLog(path: string): void {
  const copy = new Sqlite(path);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
