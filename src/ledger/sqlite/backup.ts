import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';

/**
 * Copies an open database as of one moment, while it is written to, and makes the copy durable.
 * `onProgress` hears how many pages of how many are done. Copy the views before their ledger: views
 * that lag behind catch up, views ahead of their ledger are refused.
 */
export async function backupFile(
  database: Database,
  target: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  await database.backup(target, {
    progress: ({ totalPages, remainingPages }) => {
      onProgress(totalPages - remainingPages, totalPages);
      return 1000;
    },
  });
  chmodSync(target, 0o600);
  syncToDisk(target);
  syncToDisk(dirname(target));
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
