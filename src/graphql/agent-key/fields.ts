import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { agentKeyState } from '../../domain/agent-key/state';
import type { Versioned } from '../../domain/entity';
import { fingerprint } from '../../keys/fingerprint';
import { AgentListArgs } from '../agent/filters';
import { agentPage } from '../agent/list';
import { AgentConnection } from '../agent/types';
import { ClusterType } from '../cluster/types';
import type { RequestContext } from '../context';
import { find } from '../node/find';
import type { Page } from '../paging/connection';
import { QueueType } from '../queue/types';
import { AgentKeyStateEnum, AgentKeyType, type AgentKeyState } from './types';

@Resolver(() => AgentKeyType)
export class AgentKeyFields {
  @FieldResolver(() => String, {
    description: 'The thumbprint in full as 13 groups of 4 letters, for people to compare.',
  })
  fingerprint(@Root() { id }: Versioned<'agentKey'>): string {
    return fingerprint(id.slice('key_'.length));
  }

  @FieldResolver(() => AgentKeyStateEnum, { description: 'How far it has come, by now.' })
  state(@Root() key: Versioned<'agentKey'>, @Ctx() { clock }: RequestContext): AgentKeyState {
    return agentKeyState(key, clock.now());
  }

  @FieldResolver(() => ClusterType, {
    nullable: true,
    description: 'The cluster it is admitted to.',
  })
  cluster(
    @Root() { clusterId }: Versioned<'agentKey'>,
    @Ctx() context: RequestContext,
  ): Versioned<'cluster'> | null {
    return find(context, 'cluster', clusterId);
  }

  @FieldResolver(() => [QueueType], {
    nullable: true,
    description:
      'The queues its agents may serve, less those deleted since. Null: the OPEN ones of the cluster.',
  })
  queues(
    @Root() { queueIds }: Versioned<'agentKey'>,
    @Ctx() context: RequestContext,
  ): readonly Versioned<'queue'>[] | null {
    const found = queueIds?.map((id) => find(context, 'queue', id));
    return found?.filter((queue) => queue !== null) ?? null;
  }

  @FieldResolver(() => AgentConnection, {
    description: 'The agents that registered with it, ended ones included.',
  })
  agents(
    @Root() { id, clusterId }: Versioned<'agentKey'>,
    @Args(() => AgentListArgs) args: AgentListArgs,
    @Ctx() context: RequestContext,
  ): Page<Versioned<'agent'>> {
    const where = ({ keyId }: Versioned<'agent'>): boolean => keyId === id;
    return agentPage(context, { owner: clusterId, where }, args);
  }
}
