import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import { AgentListArgs } from '../agent/filters';
import { agentPage } from '../agent/list';
import { AgentConnection } from '../agent/types';
import { AgentKeyListArgs } from '../agent-key/filters';
import { agentKeyPage } from '../agent-key/list';
import { AgentKeyConnection } from '../agent-key/types';
import type { RequestContext } from '../context';
import { find } from '../node/find';
import { findHolder, HolderUnion, type Holder } from '../node/holder';
import { ListArgs } from '../paging/args';
import type { Page } from '../paging/connection';
import { listPage } from '../paging/list';
import { passesPipelineFilter, PipelineListArgs } from '../pipeline/filters';
import { PipelineConnection } from '../pipeline/types';
import { QueueConnection, QueueType } from '../queue/types';
import {
  ClusterGrantConnection,
  ClusterGrantType,
  ClusterMaintainerConnection,
  ClusterMaintainerType,
  ClusterType,
} from './types';

@Resolver(() => ClusterType)
export class ClusterFields {
  @FieldResolver(() => QueueConnection, { description: 'Its queues.' })
  queues(
    @Root() { id }: Versioned<'cluster'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'queue'>> {
    return listPage(context, { kind: 'queue', owner: id }, args);
  }

  @FieldResolver(() => QueueType, {
    nullable: true,
    description: 'The queue for jobs that name none.',
  })
  defaultQueue(
    @Root() { defaultQueueId }: Versioned<'cluster'>,
    @Ctx() context: RequestContext,
  ): Versioned<'queue'> | null {
    return find(context, 'queue', defaultQueueId);
  }

  @FieldResolver(() => ClusterMaintainerConnection, { description: 'Who maintains it.' })
  maintainers(
    @Root() { id }: Versioned<'cluster'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'clusterMaintainer'>> {
    return listPage(context, { kind: 'clusterMaintainer', owner: id }, args);
  }

  @FieldResolver(() => ClusterGrantConnection, { description: 'The grants on it.' })
  grants(
    @Root() { id }: Versioned<'cluster'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'clusterGrant'>> {
    return listPage(context, { kind: 'clusterGrant', owner: id }, args);
  }

  @FieldResolver(() => PipelineConnection, { description: 'The pipelines in it.' })
  pipelines(
    @Root() { id }: Versioned<'cluster'>,
    @Args(() => PipelineListArgs) args: PipelineListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'pipeline'>> {
    const where = (pipeline: Versioned<'pipeline'>): boolean =>
      passesPipelineFilter(pipeline, args.filter);
    return listPage(context, { kind: 'pipeline', owner: id, by: 'other', where }, args);
  }

  @FieldResolver(() => AgentKeyConnection, { description: 'The agent keys admitted to it.' })
  agentKeys(
    @Root() { id }: Versioned<'cluster'>,
    @Args(() => AgentKeyListArgs) args: AgentKeyListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'agentKey'>> {
    return agentKeyPage(context, { owner: id }, args);
  }

  @FieldResolver(() => AgentConnection, { description: 'Its agents, ended ones included.' })
  agents(
    @Root() { id }: Versioned<'cluster'>,
    @Args(() => AgentListArgs) args: AgentListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'agent'>> {
    return agentPage(context, { owner: id }, args);
  }
}

@Resolver(() => ClusterMaintainerType)
export class ClusterMaintainerFields {
  @FieldResolver(() => ClusterType, { nullable: true, description: 'The cluster maintained.' })
  cluster(
    @Root() { clusterId }: Versioned<'clusterMaintainer'>,
    @Ctx() context: RequestContext,
  ): Versioned<'cluster'> | null {
    return find(context, 'cluster', clusterId);
  }

  @FieldResolver(() => HolderUnion, { nullable: true, description: 'Who maintains it.' })
  holder(
    @Root() { holderId }: Versioned<'clusterMaintainer'>,
    @Ctx() context: RequestContext,
  ): Holder | null {
    return findHolder(context, holderId);
  }
}

@Resolver(() => ClusterGrantType)
export class ClusterGrantFields {
  @FieldResolver(() => ClusterType, { nullable: true, description: 'The cluster it is on.' })
  cluster(
    @Root() { clusterId }: Versioned<'clusterGrant'>,
    @Ctx() context: RequestContext,
  ): Versioned<'cluster'> | null {
    return find(context, 'cluster', clusterId);
  }

  @FieldResolver(() => HolderUnion, { nullable: true, description: 'Who holds it.' })
  holder(
    @Root() { holderId }: Versioned<'clusterGrant'>,
    @Ctx() context: RequestContext,
  ): Holder | null {
    return findHolder(context, holderId);
  }
}
