import type { LedgerId, OrganizationId } from '../domain/id';

/**
 * A JSON object. What has no canonical form (undefined, NaN, unsafe integers, dates) is refused
 * when it is written.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export const LEDGER_KINDS = ['ACCESS', 'ACTIVITY'] as const;
/** An organization has one ledger of each kind. */
export type LedgerKind = (typeof LEDGER_KINDS)[number];

declare const organizationNumber: unique symbol;
/** An organization's small number within one ledger file. It never leaves the process. */
export type OrganizationNumber = number & { readonly [organizationNumber]: true };

export interface LedgerRef {
  readonly organization: OrganizationNumber;
  readonly kind: LedgerKind;
}

/** An organization and the public ids of its two ledgers. */
export interface OrganizationEntry {
  readonly number: OrganizationNumber;
  readonly organizationId: OrganizationId;
  readonly accessLedgerId: LedgerId;
  readonly activityLedgerId: LedgerId;
}

/** Who caused an event, with the roles held then. Ids only: the envelope is never erased. */
export interface Actor {
  readonly kind: 'MEMBER' | 'AGENT_KEY' | 'INSTALLATION' | 'HOST' | 'SYSTEM';
  readonly id: string;
  /** The API token or session that the actor used. */
  readonly via?: string;
  readonly roles: readonly string[];
}

/** An event that is not yet in a ledger. */
export interface NewEvent {
  readonly type: string;
  readonly schemaVersion: number;
  /** Never erased: ids, roles, levels, times, slugs. */
  readonly data: JsonObject;
  /** Erasable: names, addresses, free text. */
  readonly personal?: JsonObject;
}

/** What the events of one command have in common. */
export interface AppendContext {
  readonly actor: Actor;
  readonly correlationId: string;
  /** The batch's instant, milliseconds since 1970. */
  readonly recordedAt: number;
}

/** An event as a ledger holds it. */
export interface StoredEvent {
  /** From 1, without gaps. */
  readonly position: number;
  /** A UUIDv7 as text. */
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Milliseconds since 1970; never less than that of the event before. */
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly data: JsonObject;
  /** Null when there never was any, and once erased. */
  readonly personal: JsonObject | null;
  /** RFC 6962 leaf hash of the envelope. */
  readonly leafHash: Buffer;
}

/** Where a ledger ends. An empty one has position 0, an empty leaf hash and instant 0. */
export interface Head {
  readonly position: number;
  readonly leafHash: Buffer;
  /** RFC 6962 root over all leaves. */
  readonly root: Buffer;
  readonly recordedAt: number;
}

/** Exactly what a ledger stores for one position: all that a proof or a verification needs. */
export interface Evidence {
  readonly position: number;
  readonly recordedAt: number;
  /** The canonical bytes that were hashed as the leaf. */
  readonly envelope: Buffer;
  readonly data: string;
  readonly salt: Uint8Array;
  readonly personal: string | null;
  readonly personalSalt: Uint8Array | null;
  readonly leafHash: Buffer;
}

/**
 * Reads ledgers. An implementation answers each call with all that was committed before it; on the
 * writer's own connection, with the open batch too. An organization that it does not hold:
 * NoSuchLedger.
 */
export interface LedgerReader {
  /** Every organization, in the order of their numbers. */
  organizations: () => readonly OrganizationEntry[];
  organization: (organizationId: string) => OrganizationNumber | undefined;
  head: (ref: LedgerRef) => Head;
  /** At most `limit` events in order from this position on; fewer only at the end. */
  page: (ref: LedgerRef, fromPosition: number, limit: number) => readonly StoredEvent[];
  event: (ref: LedgerRef, position: number) => StoredEvent | undefined;
  /** The events at these positions, in the order asked; positions past the end are left out. */
  events: (ref: LedgerRef, positions: readonly number[]) => readonly StoredEvent[];
  /** The last position recorded at or before the instant (milliseconds); 0 when none was. */
  positionAt: (ref: LedgerRef, instant: number) => number;
  /** Like `page`, exactly as stored. */
  evidence: (ref: LedgerRef, fromPosition: number, limit: number) => readonly Evidence[];
}

/**
 * The one writer of all ledgers. What happens between `begin` and `commit` is one batch: durable as
 * a whole once `commit` returned, without a trace, in memory too, after `rollback`.
 *
 * A fault of the storage throws a StorageFault and ends the batch: until `rollback`, every call but
 * that throws. A fault of kind IO ends the writer: in this process nothing is written again.
 */
export interface LedgerWriter {
  /** Why nothing will be written again, or null. */
  readonly dead: Error | null;
  begin: () => void;
  /** Makes an organization with two empty ledgers. One that exists is a StorageFault. */
  createOrganization: (
    organizationId: string,
    ledgerIds: { readonly accessLedgerId: string; readonly activityLedgerId: string },
  ) => OrganizationNumber;
  /**
   * Appends the events at the next positions, together or not at all. An instant before the head's
   * becomes the head's. Throws and leaves the batch as it was: ClockBehind for an instant more than
   * two minutes before the head's, NotCanonical and EnvelopeTooLarge for events that no ledger can
   * hold.
   */
  append: (
    ref: LedgerRef,
    events: readonly NewEvent[],
    context: AppendContext,
  ) => readonly StoredEvent[];
  /** The position of the last event, the batch's own included. */
  position: (ref: LedgerRef) => number;
  head: (ref: LedgerRef) => Head;
  commit: () => void;
  /** Forgets everything since `begin`. Safe to call at any time. */
  rollback: () => void;
}
