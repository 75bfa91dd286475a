import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import type { QueuePause } from '../../domain/queue/state';
import { AgentListArgs } from '../agent/filters';
import { agentPage } from '../agent/list';
import { AgentConnection } from '../agent/types';
import { ClusterType } from '../cluster/types';
import type { RequestContext } from '../context';
import { MemberType } from '../member/types';
import { find } from '../node/find';
import { ListArgs } from '../paging/args';
import type { Page } from '../paging/connection';
import { listPage } from '../paging/list';
import { PipelineType } from '../pipeline/types';
import { QueueGrantConnection, QueueGrantType, QueuePauseType, QueueType } from './types';

@Resolver(() => QueueType)
export class QueueFields {
  @FieldResolver(() => ClusterType, { nullable: true, description: 'The cluster it belongs to.' })
  cluster(
    @Root() { clusterId }: Versioned<'queue'>,
    @Ctx() context: RequestContext,
  ): Versioned<'cluster'> | null {
    return find(context, 'cluster', clusterId);
  }

  @FieldResolver(() => QueueGrantConnection, { description: 'The grants on it.' })
  grants(
    @Root() { id }: Versioned<'queue'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'queueGrant'>> {
    return listPage(context, { kind: 'queueGrant', owner: id }, args);
  }

  @FieldResolver(() => AgentConnection, { description: 'Its agents, ended ones included.' })
  agents(
    @Root() { id }: Versioned<'queue'>,
    @Args(() => AgentListArgs) args: AgentListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'agent'>> {
    return agentPage(context, { owner: id, by: 'other' }, args);
  }
}

@Resolver(() => QueuePauseType)
export class QueuePauseFields {
  @FieldResolver(() => MemberType, { nullable: true, description: 'The member who paused it.' })
  by(@Root() { by }: QueuePause, @Ctx() context: RequestContext): Versioned<'member'> | null {
    return find(context, 'member', by.id);
  }
}

@Resolver(() => QueueGrantType)
export class QueueGrantFields {
  @FieldResolver(() => QueueType, { nullable: true, description: 'The queue it is on.' })
  queue(
    @Root() { queueId }: Versioned<'queueGrant'>,
    @Ctx() context: RequestContext,
  ): Versioned<'queue'> | null {
    return find(context, 'queue', queueId);
  }

  @FieldResolver(() => PipelineType, { nullable: true, description: 'The pipeline it lets run.' })
  pipeline(
    @Root() { pipelineId }: Versioned<'queueGrant'>,
    @Ctx() context: RequestContext,
  ): Versioned<'pipeline'> | null {
    return find(context, 'pipeline', pipelineId);
  }
}
