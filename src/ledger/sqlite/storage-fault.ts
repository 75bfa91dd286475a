import { ClockBehind, StorageFault, type StorageFaultKind } from '../errors';

/** Faults of the program, not of the file: a broken constraint or trigger, a wrong statement. */
const STATEMENT_CODE =
  /^SQLITE_(?:CONSTRAINT|ERROR|MISUSE|RANGE|MISMATCH|TOOBIG|AUTH|SCHEMA|INTERRUPT|ABORT)/u;

/**
 * SQLite's extended result code, or null if the error is none of SQLite's. By its shape, since the
 * addon keeps the error class of whoever loaded it first.
 */
export function sqliteCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null;
}

/** The StorageFault that whatever a statement threw stands for. */
export function asStorageFault(error: unknown): StorageFault {
  if (error instanceof StorageFault) return error;
  const code = sqliteCode(error);
  return new StorageFault(faultKind(code), code ?? 'a statement could not run', error);
}

/**
 * What an error means for the batch that met it. RETRY: it recovers once there is space or the clock
 * is right. DEAD: the disk may have lost what it said it wrote; only a restart may go on. Null: not
 * a fault of the storage but of the program.
 */
export function storageFault(error: unknown): 'RETRY' | 'DEAD' | null {
  if (error instanceof ClockBehind) return 'RETRY';
  const kind = error instanceof StorageFault ? error.kind : faultKind(sqliteCode(error));
  if (kind === 'IO') return 'DEAD';
  return kind === 'FULL' || kind === 'BUSY' ? 'RETRY' : null;
}

function faultKind(code: string | null): StorageFaultKind {
  if (code === null || STATEMENT_CODE.test(code)) return 'STATEMENT';
  // The memory shared between connections is no part of what is durable: on a full disk it fails to
  // grow, and grows once there is space.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'FULL';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'BUSY';
  // Whatever else there is may have cost something that was said to be written.
  return 'IO';
}
