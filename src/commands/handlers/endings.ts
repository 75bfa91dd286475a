import type { Fact, Relation } from '../../access/facts';
import { endAgentKey } from '../../domain/agent-key/decide';
import { endApiToken } from '../../domain/api-token/decide';
import { endClusterGrant, endClusterMaintainer } from '../../domain/cluster/decide-grant';
import type { EntityKind, Versioned } from '../../domain/entity';
import type { DomainEvent } from '../../domain/event';
import { endPipelineGrant } from '../../domain/pipeline/decide-grant';
import { endQueue } from '../../domain/queue/decide';
import { endQueueGrant } from '../../domain/queue/decide-grant';
import { endTeamMember } from '../../domain/team/decide-member';
import type { World } from '../../views/world';

/** What a member or a team holds: all that an AUDITOR cannot. */
export const HOLDINGS: readonly Relation[] = [
  'teamMember',
  'clusterMaintainer',
  'clusterGrant',
  'pipelineGrant',
];

/**
 * Ending is final: one event for each thing that ends because the one with this id does, expired
 * ones included, and what hangs on a queue before the queue. With `relations`, only those.
 */
export function endings(
  world: World,
  id: string,
  relations?: readonly Relation[],
): readonly DomainEvent[] {
  return endingsBut(new Set([id]), world, id, relations);
}

/** One event that ends the thing the fact belongs to. */
export function endingOf(world: World, fact: Fact): readonly DomainEvent[] {
  return endingBut(new Set(), world, fact);
}

function endingsBut(
  ended: Set<string>,
  world: World,
  id: string,
  relations?: readonly Relation[],
): readonly DomainEvent[] {
  return world
    .naming(id)
    .filter(({ relation }) => relations === undefined || relations.includes(relation))
    .flatMap((fact) => endingBut(ended, world, fact));
}

function endingBut(ended: Set<string>, world: World, fact: Fact): readonly DomainEvent[] {
  const { relation, source } = fact;
  if (ended.has(source)) return [];
  ended.add(source);
  switch (relation) {
    case 'teamMember':
      return [endTeamMember(existing(world, 'teamMember', source))];
    case 'clusterMaintainer':
      return [endClusterMaintainer(existing(world, 'clusterMaintainer', source))];
    case 'clusterGrant':
      return [endClusterGrant(existing(world, 'clusterGrant', source))];
    case 'pipelineGrant':
      return [endPipelineGrant(existing(world, 'pipelineGrant', source))];
    case 'queueGrant':
      return [endQueueGrant(existing(world, 'queueGrant', source))];
    case 'apiToken':
      return [endApiToken(existing(world, 'apiToken', source))];
    case 'keyCluster':
    case 'keyQueue':
      return [endAgentKey(existing(world, 'agentKey', source))];
    case 'queueCluster':
      return [...endingsBut(ended, world, source), endQueue(existing(world, 'queue', source))];
    case 'member':
    case 'team':
    case 'cluster':
    case 'pipeline':
    case 'pipelineCluster':
    case 'pipelineArchived':
    case 'pipelineCreation':
      throw new RangeError(`${relation} of ${source} outlives what it names`);
  }
}

/** The entity that an open fact belongs to. A fact without one is a broken view. */
function existing<K extends EntityKind>(world: World, kind: K, id: string): Versioned<K> {
  const entity = world.get(kind, id);
  if (entity === undefined) throw new RangeError(`a fact of ${id} outlived it`);
  return entity;
}
