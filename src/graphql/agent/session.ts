import { Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { decide } from '../../access/engine';
import { factsNow } from '../authorize';
import type { RequestContext, RequestPrincipal } from '../context';
import { fault } from '../errors';
import { mutate } from '../mutation/mutate';
import { payloadType } from '../mutation/payload';
import { UserErrorType } from '../mutation/user-error';
import { DateTime } from '../scalars/date-time';

@ObjectType('AgentHeartbeatPayload', {
  simpleResolvers: true,
  description: 'What agentHeartbeat answers with.',
})
class AgentHeartbeatPayload {
  @Field(() => DateTime, { description: "The server's clock, to correct one's own by." })
  serverTime!: number;

  @Field(() => DateTime, { description: 'When the session ends. Register again before that.' })
  sessionExpiresAt!: number;

  @Field(() => Boolean, { description: "Whether the agent's queue gives out no jobs for now." })
  queuePaused!: boolean;

  @Field(() => [UserErrorType], {
    description: 'Always empty: a session that has ended is a fault.',
  })
  userErrors!: readonly UserErrorType[];
}

const DISCONNECT = {
  name: 'agentDisconnect' as const,
  ids: [{ field: 'disconnectedAgentId', id: 'agentId', description: 'The agent that has ended.' }],
};
const AgentDisconnectPayload = payloadType(DISCONNECT.name, DISCONNECT);

@Resolver()
export class AgentSession {
  @Mutation(() => AgentHeartbeatPayload, {
    nullable: true,
    description: 'Says that the agent is still there. Called with its session token.',
  })
  agentHeartbeat(@Ctx() context: RequestContext): AgentHeartbeatPayload {
    const { agentId, organizationId, expiresAt } = sessionOf(context);
    const { agents, clock, queries } = context;
    const agent = queries.get(organizationId, 'agent', agentId);
    const queue = agent && queries.get(organizationId, 'queue', agent.queueId);
    agents.seen(agentId);
    return {
      serverTime: clock.now(),
      sessionExpiresAt: expiresAt,
      queuePaused: queue?.paused != null,
      userErrors: [],
    };
  }

  @Mutation(() => AgentDisconnectPayload, {
    nullable: true,
    description: 'Ends the agent and its session. Called with its session token.',
  })
  agentDisconnect(@Ctx() context: RequestContext): Promise<object> {
    return mutate(context, DISCONNECT, {});
  }
}

/** The session in use. Throws UNAUTHENTICATED once it has ended, FORBIDDEN for who is no agent. */
function sessionOf(context: RequestContext): RequestPrincipal & { readonly kind: 'AGENT' } {
  const { clock, principal } = context;
  if (principal.kind === 'ANONYMOUS') throw fault('UNAUTHENTICATED');
  if (principal.kind !== 'AGENT') throw fault('FORBIDDEN', 'Only agents have sessions.');
  const { agentId, expiresAt } = principal;
  const question = {
    principal: { kind: 'agent', id: agentId },
    action: 'agent:session',
    resource: agentId,
  } as const;
  if (expiresAt <= clock.now() || !decide(factsNow(context), question).allowed) {
    throw fault('UNAUTHENTICATED', 'The session has ended.');
  }
  return principal;
}
