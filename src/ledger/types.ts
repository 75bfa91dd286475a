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
  readonly organization: OrganizationNumber;
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
  readonly salt: Buffer;
  readonly personal: string | null;
  readonly personalSalt: Buffer | null;
  readonly leafHash: Buffer;
}
