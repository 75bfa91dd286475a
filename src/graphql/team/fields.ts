import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import { ClusterGrantConnection, ClusterMaintainerConnection } from '../cluster/types';
import type { RequestContext } from '../context';
import { MemberType } from '../member/types';
import { find } from '../node/find';
import { ListArgs } from '../paging/args';
import type { Page } from '../paging/connection';
import { listPage } from '../paging/list';
import { PipelineGrantConnection } from '../pipeline/types';
import { TeamMemberConnection, TeamMemberType, TeamType } from './types';

@Resolver(() => TeamType)
export class TeamFields {
  @FieldResolver(() => TeamMemberConnection, { description: 'Who is in it.' })
  members(
    @Root() { id }: Versioned<'team'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'teamMember'>> {
    return listPage(context, { kind: 'teamMember', owner: id }, args);
  }

  @FieldResolver(() => ClusterMaintainerConnection, {
    description: 'The maintainer roles it holds.',
  })
  maintainerRoles(
    @Root() { id }: Versioned<'team'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'clusterMaintainer'>> {
    return listPage(context, { kind: 'clusterMaintainer', owner: id, by: 'other' }, args);
  }

  @FieldResolver(() => ClusterGrantConnection, { description: 'The grants on clusters it holds.' })
  clusterGrants(
    @Root() { id }: Versioned<'team'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'clusterGrant'>> {
    return listPage(context, { kind: 'clusterGrant', owner: id, by: 'other' }, args);
  }

  @FieldResolver(() => PipelineGrantConnection, {
    description: 'The grants on pipelines it holds.',
  })
  pipelineGrants(
    @Root() { id }: Versioned<'team'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'pipelineGrant'>> {
    return listPage(context, { kind: 'pipelineGrant', owner: id, by: 'other' }, args);
  }
}

@Resolver(() => TeamMemberType)
export class TeamMemberFields {
  @FieldResolver(() => TeamType, { nullable: true, description: 'The team.' })
  team(
    @Root() { teamId }: Versioned<'teamMember'>,
    @Ctx() context: RequestContext,
  ): Versioned<'team'> | null {
    return find(context, 'team', teamId);
  }

  @FieldResolver(() => MemberType, { nullable: true, description: 'Who is in it.' })
  member(
    @Root() { userId }: Versioned<'teamMember'>,
    @Ctx() context: RequestContext,
  ): Versioned<'member'> | null {
    return find(context, 'member', userId);
  }
}
