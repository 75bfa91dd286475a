import type { LedgerRef } from '../types';

/** A ledger's number in the file; a check of its table holds the same rule. */
export function ledgerNumber({ organization, kind }: LedgerRef): number {
  return 2 * organization + (kind === 'ACTIVITY' ? 1 : 0);
}
