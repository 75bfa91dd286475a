import type { FactChange } from '../access/difference/fact-change';
import type { Fact, Facts, Moment } from '../access/facts';
import type { EntityKind, Versioned } from '../domain/entity';
import type { ApiTokenId, OrganizationId, UserId } from '../domain/id';
import type { InstallationNameScope } from '../ledger/shared-state';
import type { LedgerKind, StoredEvent } from '../ledger/types';
import type { World } from './world';

/** Where an answer is asked for: now (null), after a position, or at a past instant. */
export type AsOf = { readonly position: number } | { readonly time: number } | null;

/** KEY: by slug, key or lower-case name, then age. CREATED: by age. */
export type ListOrder = 'KEY' | 'CREATED';

/**
 * A page of entities under an owner. Each kind has one `parent` and some a second one, `other`:
 *
 *   kind                parent          other
 *   member, team, cluster               organization
 *   pipeline            organization    cluster (none: null)
 *   teamMember          team            user
 *   clusterMaintainer   cluster         holder
 *   clusterGrant        cluster         holder
 *   queue, agentKey     cluster
 *   queueGrant          queue           pipeline
 *   pipelineGrant       pipeline        holder
 *   agent               cluster         queue
 *   apiToken            user
 */
export interface ListQuery<K extends EntityKind> {
  readonly organizationId: OrganizationId;
  readonly kind: K;
  readonly by: 'parent' | 'other';
  readonly owner: string;
  readonly order: ListOrder;
  /** The last row of the page before, or null. */
  readonly after: ListKey | null;
  readonly limit: number;
}

/** Where a row stands in its list. */
export interface ListKey {
  readonly sort: string;
  readonly id: string;
}

export interface ListRow<K extends EntityKind> {
  readonly key: ListKey;
  readonly entity: Versioned<K>;
}

/** What an API token's hash leads to; null members mean no limit. */
export interface TokenRecord {
  readonly organizationId: OrganizationId;
  readonly tokenId: ApiTokenId;
  readonly userId: UserId;
  readonly scopes: readonly string[];
  readonly addressRanges: readonly string[];
  readonly expiresAt: number | null;
}

export interface AuditQuery {
  readonly organizationId: OrganizationId;
  readonly kind: LedgerKind;
  /** Each given member narrows the result. */
  readonly type: string | null;
  readonly actorId: string | null;
  /** The id of anything that the event's data names. */
  readonly subjectId: string | null;
  /** Instants, half-open: from <= recordedAt < to. */
  readonly recordedFrom: number | null;
  readonly recordedTo: number | null;
  readonly order: 'OLDEST_FIRST' | 'NEWEST_FIRST';
  /** The position of the last event of the page before, or null. */
  readonly after: number | null;
  readonly limit: number;
}

/**
 * Everything the API reads. Synchronous; each call sees all that was acknowledged before it, and the
 * calls of one turn of the event loop see one state, unless something is acknowledged in between.
 */
export interface Queries {
  /** The organization as it stands at this instant. Undefined when there is none. */
  world: (organizationId: OrganizationId, now: number) => World | undefined;
  /** Resolves a moment; 'UNKNOWN_MOMENT' when it lies in the future or before the first event. */
  moment: (organizationId: OrganizationId, asOf: AsOf, now: number) => Moment | 'UNKNOWN_MOMENT';
  /** True if the moment was the present once, or is one that `moment` resolves to. */
  wasMoment: (organizationId: OrganizationId, moment: Moment, now: number) => boolean;
  facts: (organizationId: OrganizationId, moment: Moment) => Facts;
  get: <K extends EntityKind>(
    organizationId: OrganizationId,
    kind: K,
    id: string,
  ) => Versioned<K> | undefined;
  list: <K extends EntityKind>(query: ListQuery<K>) => readonly ListRow<K>[];
  organizationBySlug: (slug: string) => OrganizationId | undefined;
  /** Who holds a name that is taken in the whole installation, or ever held it. */
  installationName: (scope: InstallationNameScope, name: string) => string | undefined;
  /** True if the key's private half was submitted to the organization: it is never admitted there. */
  hasLeaked: (organizationId: OrganizationId, keyId: string) => boolean;
  tokenByHash: (tokenHash: string) => TokenRecord | undefined;
  /** When an agent or an API token was last seen; null if never. */
  lastSeen: (id: string) => number | null;
  auditEvents: (query: AuditQuery) => readonly StoredEvent[];
  /** Every fact that holds at one of two moments only, and what began or ended it. */
  factChanges: (organizationId: OrganizationId, from: Moment, to: Moment) => readonly FactChange[];
  /** The facts that stood at the position and end by themselves after an instant, up to another. */
  expiringFacts: (
    organizationId: OrganizationId,
    position: number,
    after: number,
    until: number,
  ) => readonly Fact[];
  /** The events at these positions of the access ledger, for citing reasons. */
  eventsAt: (
    organizationId: OrganizationId,
    positions: readonly number[],
  ) => readonly StoredEvent[];
}
