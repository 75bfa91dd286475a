import type { Entities, EntityKind } from '../../domain/entity';
import type { ClusterId, OrganizationId } from '../../domain/id';
import type { NameScope } from '../world';

/** Where an entity stands in lists; the table of ListQuery says what stands where. */
export interface Place {
  readonly parent: string | null;
  readonly other: string | null;
  /** What lists sort by before age; null where age is all there is. */
  readonly sort: string | null;
}

/** Associations stand in lists by the one fact that they state: its object and its subject. */
const BY_FACT: Place = { parent: null, other: null, sort: null };

type PlaceOf = {
  readonly [K in EntityKind]: (state: Entities[K], organizationId: OrganizationId) => Place;
};

const PLACE_OF: PlaceOf = {
  organization: () => place(null),
  member: ({ name }, organizationId) => place(organizationId, null, name.toLowerCase()),
  team: ({ slug }, organizationId) => place(organizationId, null, slug),
  teamMember: () => BY_FACT,
  cluster: ({ slug }, organizationId) => place(organizationId, null, slug),
  clusterMaintainer: () => BY_FACT,
  clusterGrant: () => BY_FACT,
  queue: ({ clusterId, key }) => place(clusterId, null, key),
  queueGrant: () => BY_FACT,
  pipeline: ({ slug, clusterId }, organizationId) => place(organizationId, clusterId, slug),
  pipelineGrant: () => BY_FACT,
  agentKey: ({ clusterId, name }) => place(clusterId, null, name.toLowerCase()),
  agent: ({ clusterId, queueId }) => place(clusterId, queueId),
  apiToken: ({ userId }) => place(userId),
};

function place(parent: string | null, other: string | null = null, sort: string | null = null) {
  return { parent, other, sort };
}

/** Where the entity stands in lists. */
export function placeOf<K extends EntityKind>(
  kind: K,
  state: Entities[K],
  organizationId: OrganizationId,
): Place {
  return PLACE_OF[kind](state, organizationId);
}

/** A slug or key, and where it is unique for ever. */
export interface ScopedName {
  readonly scope: NameScope;
  readonly name: string;
}

type NameOf = {
  readonly [K in EntityKind]?: (state: Entities[K]) => ScopedName;
};

const NAME_OF: NameOf = {
  team: ({ slug }) => ({ scope: 'team', name: slug }),
  cluster: ({ slug }) => ({ scope: 'cluster', name: slug }),
  pipeline: ({ slug }) => ({ scope: 'pipeline', name: slug }),
  queue: ({ clusterId, key }) => ({ scope: queueScope(clusterId), name: key }),
};

function queueScope(clusterId: ClusterId): NameScope {
  return `queue:${clusterId}`;
}

/** The slug or key that the entity bears within its organization, or null. */
export function nameOf<K extends EntityKind>(kind: K, state: Entities[K]): ScopedName | null {
  const of: NameOf[K] = NAME_OF[kind];
  return of === undefined ? null : of(state);
}

/** True if entities of the kind have a slug, key or name that lists sort by. */
export function isSorted(kind: EntityKind): boolean {
  return SORTED.has(kind);
}

const SORTED: ReadonlySet<EntityKind> = new Set([
  'member',
  'team',
  'cluster',
  'queue',
  'pipeline',
  'agentKey',
]);
