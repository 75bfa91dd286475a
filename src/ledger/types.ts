/**
 * What every ledger is made of. Each organization has two of one format: ACCESS, who may do what,
 * for ever; and ACTIVITY, the life of its agents.
 */

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue };
export type JsonObject = Readonly<Record<string, unknown>>;

export const LEDGER_KINDS = ['ACCESS', 'ACTIVITY'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** An organization's small number within one file. It never leaves the process. */
export type OrganizationNumber = number & { readonly __brand: 'OrganizationNumber' };

export interface LedgerRef {
  readonly organization: OrganizationNumber;
  readonly kind: LedgerKind;
}

/** Who caused an event, with the roles held at that time. Ids only. */
export interface Actor {
  readonly kind: 'MEMBER' | 'AGENT_KEY' | 'INSTALLATION' | 'HOST' | 'SYSTEM';
  readonly id: string;
  /** The API token or session that was used. */
  readonly via?: string;
  readonly roles: readonly string[];
}

/** An event that was decided and is not recorded yet. */
export interface NewEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
}

export interface AppendContext {
  readonly actor: Actor;
  readonly correlationId: string;
  /** Milliseconds; one instant per batch. */
  readonly recordedAt: number;
}

/** A recorded event. */
export interface StoredEvent {
  readonly position: number;
  /** UUIDv7, text. */
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly data: JsonObject;
  /** Null when the event has none, or when it was erased. */
  readonly personal: JsonObject | null;
  readonly leafHash: Uint8Array;
}

/** Where a ledger stands. Position 0 is the empty ledger. */
export interface Head {
  readonly position: number;
  /** The leaf hash of the last event; empty for the empty ledger. */
  readonly leafHash: Uint8Array;
  /** The Merkle root (RFC 6962) over all leaves. */
  readonly root: Uint8Array;
  readonly recordedAt: number;
}

/** Reads ledgers. Every call sees all that was committed before it. */
export interface LedgerReader {
  /** Every organization, in the order of their numbers. */
  organizations: () => readonly {
    readonly number: OrganizationNumber;
    readonly organizationId: string;
  }[];
  /** The organization's number, or undefined when there is none. */
  organization: (organizationId: string) => OrganizationNumber | undefined;
  head: (ref: LedgerRef) => Head;
  /** Up to `limit` events from this position on, in order; empty past the head. */
  page: (ref: LedgerRef, fromPosition: number, limit: number) => readonly StoredEvent[];
  event: (ref: LedgerRef, position: number) => StoredEvent | undefined;
  /** The events at these positions, in the order given; unknown positions are left out. */
  events: (ref: LedgerRef, positions: readonly number[]) => readonly StoredEvent[];
  /** The last position recorded at or before the instant; 0 when none was. */
  positionAt: (ref: LedgerRef, instant: number) => number;
}

/**
 * Appends to ledgers within one transaction at a time. Whoever implements it keeps positions dense,
 * hashes and the tree's frontier right, and `recordedAt` from running backwards.
 */
export interface LedgerWriter {
  begin: () => void;
  /** Makes both ledgers of a new organization, within the transaction. */
  createOrganization: (
    organizationId: string,
    ledgerIds: { readonly accessLedgerId: string; readonly activityLedgerId: string },
  ) => OrganizationNumber;
  /** Appends all of them in order. Throws ClockBehind when the clock is too far behind the head. */
  append: (
    ref: LedgerRef,
    events: readonly NewEvent[],
    context: AppendContext,
  ) => readonly StoredEvent[];
  commit: () => void;
  /** Forgets everything since `begin`, memory included. Safe to call at any time. */
  rollback: () => void;
}
