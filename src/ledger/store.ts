import type { LedgerId, OrganizationId } from '../domain/id';
import type {
  AppendContext,
  Evidence,
  Head,
  LedgerRef,
  NewEvent,
  OrganizationEntry,
  OrganizationNumber,
  StoredEvent,
} from './types';

/**
 * Reads ledgers. An implementation answers every call from committed batches only, and sees each
 * batch that was committed before the call. A ledger that does not exist throws a RangeError.
 */
export interface LedgerReader {
  /** All organizations, in the order of their numbers. */
  organizations: () => readonly OrganizationEntry[];
  organization: (organizationId: OrganizationId) => OrganizationEntry | undefined;
  head: (ref: LedgerRef) => Head;
  /** At most `limit` events in order, the first at `fromPosition`; short only at the end. */
  page: (ref: LedgerRef, fromPosition: number, limit: number) => readonly StoredEvent[];
  event: (ref: LedgerRef, position: number) => StoredEvent | undefined;
  /** The events at these positions, in the order asked. One that is absent: RangeError. */
  events: (ref: LedgerRef, positions: readonly number[]) => readonly StoredEvent[];
  /** The last position recorded at or before the instant (milliseconds); 0 when there is none. */
  positionAt: (ref: LedgerRef, instant: number) => number;
  /** Like `page`, as stored. */
  evidence: (ref: LedgerRef, fromPosition: number, limit: number) => readonly Evidence[];
}

/**
 * The one writer of all ledgers. Everything between `begin` and `commit` is one batch: durable as
 * a whole when `commit` returns, or without any trace, in memory too, after `rollback`.
 *
 * A fault of the storage throws a StorageFault and ends the batch: until `rollback`, every call but
 * that throws. A fault of kind IO ends the ledger: nothing is written again in this process.
 */
export interface LedgerWriter {
  /** Null, or why nothing will be written again. */
  readonly dead: Error | null;
  begin: () => void;
  /** Makes an organization with two empty ledgers. A known id is a broken invariant and throws. */
  createOrganization: (
    organizationId: OrganizationId,
    ids: { readonly accessLedgerId: LedgerId; readonly activityLedgerId: LedgerId },
  ) => OrganizationNumber;
  /** Also finds an organization that this batch made. */
  organization: (organizationId: OrganizationId) => OrganizationNumber | undefined;
  /**
   * Appends the events at the next positions, together or not at all. An instant before the head's
   * becomes the head's; ClockBehind if it lies more than two minutes before. NotCanonical and
   * EnvelopeTooLarge for an event that cannot be written. These three leave the batch intact.
   */
  append: (
    ref: LedgerRef,
    events: readonly NewEvent[],
    context: AppendContext,
  ) => readonly StoredEvent[];
  /** The head, this batch's events included. */
  head: (ref: LedgerRef) => Head;
  commit: () => void;
  /** Drops the batch. Harmless when there is none. */
  rollback: () => void;
}
