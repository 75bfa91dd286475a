import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AgentEnding } from '../../domain/agent/events';
import type { Versioned } from '../../domain/entity';
import { AgentKeyType } from '../agent-key/types';
import { ClusterType } from '../cluster/types';
import type { RequestContext } from '../context';
import { find } from '../node/find';
import { QueueType } from '../queue/types';
import { DateTime } from '../scalars/date-time';
import { stateOf } from './list';
import type { AgentState } from './state';
import { AgentEndingEnum, AgentStateEnum, AgentType } from './types';

@Resolver(() => AgentType)
export class AgentFields {
  @FieldResolver(() => ClusterType, { nullable: true, description: 'The cluster it is in.' })
  cluster(
    @Root() { clusterId }: Versioned<'agent'>,
    @Ctx() context: RequestContext,
  ): Versioned<'cluster'> | null {
    return find(context, 'cluster', clusterId);
  }

  @FieldResolver(() => QueueType, { nullable: true, description: 'The queue it serves.' })
  queue(
    @Root() { queueId }: Versioned<'agent'>,
    @Ctx() context: RequestContext,
  ): Versioned<'queue'> | null {
    return find(context, 'queue', queueId);
  }

  @FieldResolver(() => AgentKeyType, {
    nullable: true,
    description: 'The key it proved itself by.',
  })
  key(
    @Root() { keyId }: Versioned<'agent'>,
    @Ctx() context: RequestContext,
  ): Versioned<'agentKey'> | null {
    return find(context, 'agentKey', keyId);
  }

  @FieldResolver(() => AgentStateEnum, { description: 'Whether it is there, by now.' })
  state(@Root() agent: Versioned<'agent'>, @Ctx() context: RequestContext): AgentState {
    return stateOf(context, agent);
  }

  @FieldResolver(() => AgentEndingEnum, { nullable: true, description: 'Why its life ended.' })
  endedReason(@Root() { ended }: Versioned<'agent'>): AgentEnding | null {
    return ended?.reason ?? null;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When its life ended.' })
  endedAt(@Root() { ended }: Versioned<'agent'>): number | null {
    return ended?.at ?? null;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'When it was last heard of, to within 15 seconds; null if never since it registered.',
  })
  lastSeen(@Root() { id }: Versioned<'agent'>, @Ctx() { queries }: RequestContext): number | null {
    return queries.lastSeen(id);
  }
}
