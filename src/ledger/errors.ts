/** The ledger contradicts itself: it was tampered with or damaged. Nothing may be served from it. */
export class LedgerCorrupt extends Error {
  override readonly name = 'LedgerCorrupt';

  constructor(
    readonly ledgerId: string,
    readonly position: number,
    fault: string,
  ) {
    super(`ledger ${ledgerId} at position ${String(position)}: ${fault}`);
  }
}

/** The file holds no such ledger. */
export class NoSuchLedger extends Error {
  override readonly name = 'NoSuchLedger';
}

/** The clock is too far behind the ledger's last event to write anything. */
export class ClockBehind extends Error {
  override readonly name = 'ClockBehind';

  constructor(readonly behindMs: number) {
    super(`the clock is ${String(behindMs)} ms behind the ledger`);
  }
}

/** A value has no canonical JSON form. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';

  constructor(
    readonly path: string,
    fault: string,
  ) {
    super(`${path === '' ? 'the value' : path} ${fault}`);
  }
}

/** An envelope is longer than its format allows. */
export class EnvelopeTooLarge extends Error {
  override readonly name = 'EnvelopeTooLarge';

  constructor(readonly bytes: number) {
    super(`an envelope of ${String(bytes)} bytes is too large`);
  }
}

/**
 * FULL: no space left; the batch may be tried again. BUSY: another connection holds the file; as
 * FULL. IO: the file can no longer be trusted to keep what it is given; the store is dead.
 * STATEMENT: one statement was wrong, a bug of whoever sent it. BATCH_FAILED: an earlier fault
 * ended this batch.
 */
export type StorageFaultKind = 'FULL' | 'BUSY' | 'IO' | 'STATEMENT' | 'BATCH_FAILED';

/** The storage refused or failed. Nothing of the batch is durable or visible after a rollback. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';

  constructor(
    readonly kind: StorageFaultKind,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
