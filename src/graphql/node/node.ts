import { Field, ID, InterfaceType, Int } from 'type-graphql';
import type { Entity } from '../../domain/entity';
import { DateTime } from '../scalars/date-time';

const TYPES: Readonly<Record<string, string>> = {
  org: 'Organization',
  usr: 'Member',
  tea: 'Team',
  tmb: 'TeamMember',
  clu: 'Cluster',
  mai: 'ClusterMaintainer',
  que: 'Queue',
  pip: 'Pipeline',
  key: 'AgentKey',
  agt: 'Agent',
  tok: 'ApiToken',
};

/** The name of an entity's GraphQL type. The three kinds of grants share their prefix. */
export function typeNameOf(entity: Entity): string {
  if ('queueId' in entity && 'branches' in entity) return 'QueueGrant';
  if ('holderId' in entity && 'level' in entity) {
    return 'pipelineId' in entity ? 'PipelineGrant' : 'ClusterGrant';
  }
  return TYPES[entity.id.slice(0, 3)] ?? '';
}

/** What everything with an identity has. */
@InterfaceType('Node', {
  description: 'Something with an identity of its own.',
  resolveType: typeNameOf,
})
export abstract class Node {
  @Field(() => ID, { description: 'Its id: opaque, unique for ever, and never given away again.' })
  id!: string;

  @Field(() => Int, {
    description:
      'Grows with every change of it; `expectedVersion` of a mutation is compared with it.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When it came to be.' })
  createdAt!: number;
}
