import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import { ClusterType } from '../cluster/types';
import type { RequestContext } from '../context';
import { find } from '../node/find';
import { findHolder, HolderUnion, type Holder } from '../node/holder';
import { ListArgs } from '../paging/args';
import type { Page } from '../paging/connection';
import { listPage } from '../paging/list';
import { QueueGrantConnection } from '../queue/types';
import { PipelineGrantConnection, PipelineGrantType, PipelineType } from './types';

@Resolver(() => PipelineType)
export class PipelineFields {
  @FieldResolver(() => ClusterType, {
    nullable: true,
    description: 'The cluster it is in; null if it is in none, or in one that one may not see.',
  })
  cluster(
    @Root() { clusterId }: Versioned<'pipeline'>,
    @Ctx() context: RequestContext,
  ): Versioned<'cluster'> | null {
    return find(context, 'cluster', clusterId);
  }

  @FieldResolver(() => PipelineGrantConnection, { description: 'The grants on it.' })
  grants(
    @Root() { id }: Versioned<'pipeline'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'pipelineGrant'>> {
    return listPage(context, { kind: 'pipelineGrant', owner: id }, args);
  }

  @FieldResolver(() => QueueGrantConnection, {
    description: 'The grants that let it run on queues.',
  })
  queueGrants(
    @Root() { id }: Versioned<'pipeline'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'queueGrant'>> {
    return listPage(context, { kind: 'queueGrant', owner: id, by: 'other' }, args);
  }
}

@Resolver(() => PipelineGrantType)
export class PipelineGrantFields {
  @FieldResolver(() => PipelineType, { nullable: true, description: 'The pipeline it is on.' })
  pipeline(
    @Root() { pipelineId }: Versioned<'pipelineGrant'>,
    @Ctx() context: RequestContext,
  ): Versioned<'pipeline'> | null {
    return find(context, 'pipeline', pipelineId);
  }

  @FieldResolver(() => HolderUnion, { nullable: true, description: 'Who holds it.' })
  holder(
    @Root() { holderId }: Versioned<'pipelineGrant'>,
    @Ctx() context: RequestContext,
  ): Holder | null {
    return findHolder(context, holderId);
  }
}
