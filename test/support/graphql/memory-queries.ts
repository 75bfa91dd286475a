import type { EntityKind, Versioned } from '../../../src/domain/entity';
import type { OrganizationId } from '../../../src/domain/id';
import { factsOf } from '../../../src/views/projection/facts-of';
import { placeOf, type Place } from '../../../src/views/projection/place-of';
import type { ListKey, ListQuery, ListRow, Queries } from '../../../src/views/queries';
import type { MemoryOrganization } from '../memory-organization';

/** What the API reads, from an organization in memory at its present. It keeps no events. */
export function memoryQueries(organization: MemoryOrganization): Queries {
  const isHere = (id: string): boolean => id === organization.id;
  return {
    world: (id) => (isHere(id) ? organization.world : undefined),
    moment: (id, asOf) =>
      isHere(id) && asOf === null ? organization.world.facts.moment : 'UNKNOWN_MOMENT',
    wasMoment: (id, { position, instant }) => {
      const head = organization.world.facts.moment;
      const isPast = position <= head.position && instant <= head.instant;
      return isHere(id) && position >= 1 && isPast;
    },
    facts: () => organization.world.facts,
    get: (id, kind, entityId) => (isHere(id) ? organization.world.get(kind, entityId) : undefined),
    list: (query) => (isHere(query.organizationId) ? list(organization, query) : []),
    organizationBySlug: (slug) => {
      const here = organization.world.get('organization', organization.id);
      return here?.slug === slug ? organization.id : undefined;
    },
    hasLeaked: () => false,
    installationName: (scope, name) => organization.claimed.get(`${scope} ${name}`),
    tokenByHash: () => undefined,
    lastSeen: () => null,
    auditEvents: () => [],
    factChanges: () => [],
    expiringFacts: (_id, _position, after, until) =>
      organization.world
        .openFacts()
        .filter(({ expiresAt }) => expiresAt !== null && expiresAt > after && expiresAt <= until),
    eventsAt: () => [],
  };
}

function list<K extends EntityKind>(
  { id, world }: MemoryOrganization,
  { kind, by, owner, order, after, limit }: ListQuery<K>,
): readonly ListRow<K>[] {
  const rows: ListRow<K>[] = [];
  for (const [entityId, entry] of world.entities()) {
    if (entry.kind !== kind) continue;
    const entity = world.get(kind, entityId)!;
    const { parent, other, sort } = standsAt(kind, entity, id);
    if ((by === 'parent' ? parent : other) !== owner) continue;
    rows.push({ key: { sort: order === 'KEY' ? (sort ?? '') : '', id: entityId }, entity });
  }
  return rows
    .sort((a, b) => compare(a.key, b.key))
    .filter(({ key }) => after === null || compare(key, after) > 0)
    .slice(0, limit);
}

/** Associations stand by the fact that they state: on its object, of its subject. */
function standsAt<K extends EntityKind>(kind: K, entity: Versioned<K>, id: OrganizationId): Place {
  const place = placeOf(kind, entity, id);
  const [fact] = factsOf(kind, entity, id);
  if (place.parent !== null || fact?.relation !== kind) return place;
  return { ...place, parent: fact.object, other: fact.subject };
}

function compare(a: ListKey, b: ListKey): number {
  if (a.sort !== b.sort) return a.sort < b.sort ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
