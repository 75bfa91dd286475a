import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import { ApiTokenConnection } from '../api-token/types';
import { ClusterGrantConnection, ClusterMaintainerConnection } from '../cluster/types';
import type { RequestContext } from '../context';
import { ListArgs } from '../paging/args';
import type { Page } from '../paging/connection';
import { listPage } from '../paging/list';
import { PipelineGrantConnection } from '../pipeline/types';
import { TeamMemberConnection } from '../team/types';
import { MemberType } from './types';

@Resolver(() => MemberType)
export class MemberFields {
  @FieldResolver(() => TeamMemberConnection, { description: 'The places held in teams.' })
  teams(
    @Root() { id }: Versioned<'member'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'teamMember'>> {
    return listPage(context, { kind: 'teamMember', owner: id, by: 'other' }, args);
  }

  @FieldResolver(() => ClusterMaintainerConnection, {
    description: 'The maintainer roles held directly, not through teams.',
  })
  maintainerRoles(
    @Root() { id }: Versioned<'member'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'clusterMaintainer'>> {
    return listPage(context, { kind: 'clusterMaintainer', owner: id, by: 'other' }, args);
  }

  @FieldResolver(() => ClusterGrantConnection, {
    description: 'The grants on clusters held directly, not through teams.',
  })
  clusterGrants(
    @Root() { id }: Versioned<'member'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'clusterGrant'>> {
    return listPage(context, { kind: 'clusterGrant', owner: id, by: 'other' }, args);
  }

  @FieldResolver(() => PipelineGrantConnection, {
    description: 'The grants on pipelines held directly, not through teams.',
  })
  pipelineGrants(
    @Root() { id }: Versioned<'member'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'pipelineGrant'>> {
    return listPage(context, { kind: 'pipelineGrant', owner: id, by: 'other' }, args);
  }

  @FieldResolver(() => ApiTokenConnection, {
    description: "The member's API tokens: for oneself, ADMIN and AUDITOR.",
  })
  apiTokens(
    @Root() { id }: Versioned<'member'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'apiToken'>> {
    return listPage(context, { kind: 'apiToken', owner: id }, args);
  }
}
