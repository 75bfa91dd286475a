import type { Entities, EntityKind } from '../domain/entity';
import type { Action } from './actions';
import { decide } from './engine';
import { agentOf, exists, prefixOf } from './existence';
import type { Facts } from './facts';
import type { Principal } from './question';

/** What must be allowed for something to be seen. */
export interface Read {
  readonly action: Action;
  readonly resource: string;
}

/**
 * The action and the resource by which the id is read: people by the organization, queues, keys
 * and agents by their cluster, tokens by their member. Undefined if it names nothing here.
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
      return exists(facts, 'user', id)
        ? { action: 'organization:read', resource: facts.organizationId }
        : undefined;
    case 'que':
      return readAt('cluster:read', facts.of(id, 'queueCluster')[0]?.object);
    case 'key':
      return readAt('cluster:read', facts.of(id, 'keyCluster')[0]?.object);
    case 'tok':
      return readAt('api-token:read', facts.of(id, 'apiToken')[0]?.object);
    case 'agt':
      return readOf(facts, agentOf(facts, id)?.queueId ?? '');
    default:
      return undefined;
  }
}

function readAt(action: Action, resource: string | undefined): Read | undefined {
  return resource === undefined ? undefined : { action, resource };
}

/** True if the principal may read what the id names; an unknown id is like a hidden one. */
export function visible(facts: Facts, principal: Principal, id: string): boolean {
  const read = readOf(facts, id);
  return read !== undefined && decide(facts, { principal, ...read }).allowed;
}

/** By what each kind of entity is read: every one of these ids, or of these reads. */
const PARTS: { readonly [K in EntityKind]: (entity: Entities[K]) => readonly (string | Read)[] } = {
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
  return PARTS[kind](entity).every((part) =>
    typeof part === 'string'
      ? visible(facts, principal, part)
      : decide(facts, { principal, ...part }).allowed,
  );
}
