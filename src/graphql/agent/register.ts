import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { SESSION_MS } from '../../commands/session';
import type { Versioned } from '../../domain/entity';
import type { RequestContext } from '../context';
import { fault } from '../errors';
import { submit } from '../mutation/mutate';
import { toError } from '../mutation/to-error';
import { UserErrorType } from '../mutation/user-error';
import { DateTime } from '../scalars/date-time';
import { agentAuthFailed, verifyRegistration } from './registration';
import { AgentType } from './types';

@InputType({ description: 'The proof of an agent that it holds a key.' })
class AgentRegisterInput {
  @Field(() => String, {
    description:
      'A compact JWS (RFC 7515) of type `ci-register+jwt`, signed with the key: valid for at most 60 seconds, and once.',
  })
  assertion!: string;
}

@ObjectType('AgentRegisterPayload', {
  simpleResolvers: true,
  description: 'What agentRegister answers with.',
})
class AgentRegisterPayload {
  @Field(() => String, {
    description:
      'What the agent calls with from now on, as its bearer token. It is shown this once.',
  })
  sessionToken!: string;

  @Field(() => DateTime, { description: 'When the session ends. Register again before that.' })
  expiresAt!: number;

  @Field(() => AgentType, { description: 'The agent as it is known now.' })
  agent!: Versioned<'agent'>;

  @Field(() => DateTime, { description: "The server's clock, to correct one's own by." })
  serverTime!: number;

  @Field(() => [UserErrorType], {
    description: 'Always empty: an agent that is not let in is told no reason.',
  })
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class AgentRegistration {
  @Mutation(() => AgentRegisterPayload, {
    nullable: true,
    description:
      "Registers an agent by a signed assertion; an earlier session of the same key ends. Whatever is wrong but the assertion's form, the answer is AGENT_AUTH_FAILED.",
  })
  async agentRegister(
    @Arg('input', () => AgentRegisterInput, { description: 'What to do.' })
    { assertion }: AgentRegisterInput,
    @Ctx() context: RequestContext,
  ): Promise<AgentRegisterPayload> {
    const { caller, claims, kid } = await verifyRegistration(context, assertion);
    const { queue, tags, instance, jti, rememberUntil } = claims;
    const told = { queue, tags, instance, jti, rememberUntil };
    const outcome = await submit(context, caller, 'agentRegister', told);
    if (
      outcome.kind === 'FAULT' &&
      (outcome.code === 'UNAVAILABLE' || outcome.code === 'INTERNAL')
    ) {
      throw toError(outcome);
    }
    const { registrations, sourceAddress } = context;
    if (outcome.kind !== 'DONE') {
      await registrations.failed(sourceAddress, kid);
      throw agentAuthFailed(context);
    }
    await registrations.succeeded(sourceAddress, kid);
    const agent = context.queries.get(caller.organizationId, 'agent', outcome.ids['agentId'] ?? '');
    if (agent === undefined || outcome.secret === null) throw fault('INTERNAL');
    return {
      sessionToken: outcome.secret,
      expiresAt: agent.registeredAt + SESSION_MS,
      agent,
      serverTime: context.clock.now(),
      userErrors: [],
    };
  }
}
