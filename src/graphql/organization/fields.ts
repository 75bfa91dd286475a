import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Versioned } from '../../domain/entity';
import { AgentListArgs } from '../agent/filters';
import { agentPage } from '../agent/list';
import { AgentConnection } from '../agent/types';
import { AgentKeyListArgs } from '../agent-key/filters';
import { agentKeyPage } from '../agent-key/list';
import { AgentKeyConnection } from '../agent-key/types';
import { ApiTokenConnection } from '../api-token/types';
import { ask, memberOf } from '../authorize';
import { ClusterConnection, ClusterGrantConnection } from '../cluster/types';
import type { RequestContext } from '../context';
import { MemberListArgs, passesMemberFilter } from '../member/filters';
import { MemberConnection } from '../member/types';
import { ListArgs } from '../paging/args';
import type { Page } from '../paging/connection';
import { listPage } from '../paging/list';
import { passesPipelineFilter, PipelineListArgs } from '../pipeline/filters';
import { PipelineConnection, PipelineGrantConnection } from '../pipeline/types';
import { QueueConnection, QueueGrantConnection } from '../queue/types';
import { TeamConnection } from '../team/types';
import { OrganizationType } from './types';

@Resolver(() => OrganizationType)
export class OrganizationFields {
  @FieldResolver(() => ClusterConnection, { description: 'The clusters.' })
  clusters(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'cluster'>> {
    return listPage(context, { kind: 'cluster', owner: id }, args);
  }

  @FieldResolver(() => QueueConnection, {
    description: 'The queues of all clusters, cluster by cluster.',
  })
  queues(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'queue'>> {
    return listPage(context, { kind: 'queue', owner: id, through: ['cluster'] }, args);
  }

  @FieldResolver(() => TeamConnection, { description: 'The teams.' })
  teams(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'team'>> {
    return listPage(context, { kind: 'team', owner: id }, args);
  }

  @FieldResolver(() => MemberConnection, { description: 'The members.' })
  members(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => MemberListArgs) args: MemberListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'member'>> {
    const where = (member: Versioned<'member'>): boolean => passesMemberFilter(member, args.filter);
    return listPage(context, { kind: 'member', owner: id, where }, args);
  }

  @FieldResolver(() => PipelineConnection, { description: 'The pipelines.' })
  pipelines(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => PipelineListArgs) args: PipelineListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'pipeline'>> {
    const where = (pipeline: Versioned<'pipeline'>): boolean =>
      passesPipelineFilter(pipeline, args.filter);
    return listPage(context, { kind: 'pipeline', owner: id, where }, args);
  }

  @FieldResolver(() => ClusterGrantConnection, {
    description: 'The grants on all clusters, cluster by cluster.',
  })
  clusterGrants(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'clusterGrant'>> {
    return listPage(context, { kind: 'clusterGrant', owner: id, through: ['cluster'] }, args);
  }

  @FieldResolver(() => QueueGrantConnection, {
    description: 'The grants on all queues, cluster by cluster and queue by queue.',
  })
  queueGrants(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'queueGrant'>> {
    const through = ['cluster', 'queue'] as const;
    return listPage(context, { kind: 'queueGrant', owner: id, through }, args);
  }

  @FieldResolver(() => PipelineGrantConnection, {
    description: 'The grants on all pipelines, pipeline by pipeline.',
  })
  pipelineGrants(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'pipelineGrant'>> {
    return listPage(context, { kind: 'pipelineGrant', owner: id, through: ['pipeline'] }, args);
  }

  @FieldResolver(() => AgentKeyConnection, {
    description: 'The agent keys of all clusters, cluster by cluster.',
  })
  agentKeys(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => AgentKeyListArgs) args: AgentKeyListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'agentKey'>> {
    return agentKeyPage(context, { owner: id, through: ['cluster'] }, args);
  }

  @FieldResolver(() => AgentConnection, {
    description: 'The agents of all clusters, cluster by cluster, ended ones included.',
  })
  agents(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => AgentListArgs) args: AgentListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'agent'>> {
    return agentPage(context, { owner: id, through: ['cluster'] }, args);
  }

  @FieldResolver(() => ApiTokenConnection, {
    description: "One's own API tokens; for ADMIN and AUDITOR everyone's, member by member.",
  })
  apiTokens(
    @Root() { id }: Versioned<'organization'>,
    @Args(() => ListArgs) args: ListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'apiToken'>> {
    const readsAll = ask(context, { action: 'audit:read', resource: id }).allowed;
    return readsAll
      ? listPage(context, { kind: 'apiToken', owner: id, through: ['member'] }, args)
      : listPage(context, { kind: 'apiToken', owner: memberOf(context).userId }, args);
  }
}
