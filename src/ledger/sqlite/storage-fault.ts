import { SqliteError } from 'better-sqlite3';
import { ClockBehind } from './ledger';

/**
 * What an error means for the batch that met it. RETRY: it recovers once there is space or the clock
 * is right. DEAD: the disk may have lost what it said it wrote; only a restart may go on. Null: not
 * a fault of the storage; a broken constraint is a fault of the program.
 */
export type StorageFault = 'RETRY' | 'DEAD' | null;

export function storageFault(error: unknown): StorageFault {
  if (error instanceof ClockBehind) return 'RETRY';
  if (!(error instanceof SqliteError)) return null;
  if (error.code === 'SQLITE_FULL' || error.code.startsWith('SQLITE_BUSY')) return 'RETRY';
  const ours = ['SQLITE_CONSTRAINT', 'SQLITE_ERROR', 'SQLITE_MISUSE', 'SQLITE_RANGE'];
  return ours.some((code) => error.code.startsWith(code)) ? null : 'DEAD';
}
