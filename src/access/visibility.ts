import type { Entities, EntityKind } from '../domain/entity';
import type { Action } from './actions';
import { decide } from './engine';
import { agentOf, exists, prefixOf } from './existence';
import type { Facts, Relation } from './facts';
import type { Principal } from './question';
import { NOWHERE } from './rule';

/** What must be allowed for something to be seen. */
export interface Read {
  readonly action: Action;
  readonly resource: string;
}

/**
 * The action and the resource by which the id is read: people by the organization, queues, keys
 * and agents by their cluster, tokens by their member. What names nothing here is read by nothing,
 * and that is judged, so that it takes no less time than what is hidden. Undefined if its prefix is
 * of no such thing.
 */
function readOf(facts: Facts, id: string): Read | undefined {
  switch (prefixOf(id)) {
    case 'org':
      return { action: 'organization:read', resource: id };
    case 'tea':
      return { action: 'team:read', resource: id };
    case 'clu':
      return { action: 'cluster:read', resource: id };
    case 'pip':
      return { action: 'pipeline:read', resource: id };
    case 'usr':
      return {
        action: 'organization:read',
        resource: exists(facts, 'user', id) ? facts.organizationId : NOWHERE,
      };
    case 'que':
      return { action: 'cluster:read', resource: objectOf(facts, id, 'queueCluster') };
    case 'key':
      return { action: 'cluster:read', resource: objectOf(facts, id, 'keyCluster') };
    case 'tok':
      return { action: 'api-token:read', resource: objectOf(facts, id, 'apiToken') };
    case 'agt': {
      const queueId = agentOf(facts, id)?.queueId ?? NOWHERE;
      return { action: 'cluster:read', resource: objectOf(facts, queueId, 'queueCluster') };
    }
    default:
      return undefined;
  }
}

function objectOf(facts: Facts, id: string, relation: Relation): string {
  return facts.of(id, relation)[0]?.object ?? NOWHERE;
}

/** True if the principal may read what the id names; an unknown id is like a hidden one. */
export function visible(facts: Facts, principal: Principal, id: string): boolean {
  const read = readOf(facts, id);
  return read !== undefined && decide(facts, { principal, ...read }).allowed;
}

/** By what something is read: as the thing of this id is, or by this read. */
type Part = string | Read;

/** By what each kind of entity is read: every one of these. */
const PARTS: { readonly [K in EntityKind]: (entity: Entities[K]) => readonly Part[] } = {
  organization: ({ id }) => [id],
  member: ({ id }) => [id],
  team: ({ id }) => [id],
  teamMember: ({ teamId, userId }) => [teamId, userId],
  cluster: ({ id }) => [id],
  clusterMaintainer: ({ clusterId, holderId }) => [clusterId, holderId],
  clusterGrant: ({ clusterId, holderId }) => [clusterId, holderId],
  queue: ({ clusterId }) => [clusterId],
  queueGrant: ({ queueId, pipelineId }) => [queueId, pipelineId],
  pipeline: ({ id }) => [id],
  pipelineGrant: ({ pipelineId, holderId }) => [pipelineId, holderId],
  // Not by their own ids: revoked keys and ended agents stay, but no fact speaks of them.
  agentKey: ({ clusterId }) => [clusterId],
  agent: ({ clusterId }) => [clusterId],
  apiToken: ({ userId }) => [{ action: 'api-token:read', resource: userId }],
};

/**
 * True if the principal may read the entity: a thing by its own right, a membership, role or grant
 * by both its ends.
 */
export function visibleEntity<K extends EntityKind>(
  facts: Facts,
  principal: Principal,
  kind: K,
  entity: Entities[K],
): boolean {
  return PARTS[kind](entity).every((part) => sees(facts, principal, part));
}

function sees(facts: Facts, principal: Principal, part: Part): boolean {
  return typeof part === 'string'
    ? visible(facts, principal, part)
    : decide(facts, { principal, ...part }).allowed;
}

/**
 * By what an entity is read that is not there: by the first part of one that is. Null for kinds of
 * which the id alone tells.
 */
const INSTEAD: Readonly<Record<EntityKind, Read | 'que_' | null>> = {
  organization: null,
  member: null,
  team: null,
  teamMember: { action: 'team:read', resource: NOWHERE },
  cluster: null,
  clusterMaintainer: { action: 'cluster:read', resource: NOWHERE },
  clusterGrant: { action: 'cluster:read', resource: NOWHERE },
  queue: null,
  queueGrant: 'que_',
  pipeline: null,
  pipelineGrant: { action: 'pipeline:read', resource: NOWHERE },
  agentKey: { action: 'cluster:read', resource: NOWHERE },
  agent: { action: 'cluster:read', resource: NOWHERE },
  apiToken: { action: 'api-token:read', resource: NOWHERE },
};

/**
 * The entity of this id, if there is one and the principal may read it. Where the id alone tells, what
 * is hidden is not even looked up; elsewhere what is not there is judged as well. So neither takes
 * longer than the other, but for reading what is hidden.
 */
export function findVisible<K extends EntityKind, E extends Entities[K]>(
  facts: Facts,
  principal: Principal,
  { kind, id }: { readonly kind: K; readonly id: string },
  lookUp: () => E | undefined,
): E | undefined {
  const instead = INSTEAD[kind];
  if (instead === null) return visible(facts, principal, id) ? lookUp() : undefined;
  const entity = lookUp();
  const seen =
    entity === undefined
      ? sees(facts, principal, instead)
      : visibleEntity(facts, principal, kind, entity);
  return seen ? entity : undefined;
}
