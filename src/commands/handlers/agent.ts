import { MUTATION_ACTIONS } from '../../access/operations';
import { endAgent, registerAgent } from '../../domain/agent/decide';
import { proveAgentKey } from '../../domain/agent-key/decide';
import type { AgentKey } from '../../domain/agent-key/state';
import type { AgentId } from '../../domain/id';
import type { Queue } from '../../domain/queue/state';
import { isRefusal, notFound, refuse } from '../../domain/refusal';
import { hashSecretToken } from '../../keys/secret-token';
import type { World } from '../../views/world';
import type { Effect, Handler } from '../handler';
import type { AgentDisconnectInput, AgentRegisterInput } from '../inputs';
import type { Caller } from '../protocol';
import { SESSION_MS } from '../session';
import { planOf } from './plan';

function keyOf(world: World, caller: Caller): AgentKey | undefined {
  return caller.kind === 'AGENT_KEY' ? world.get('agentKey', caller.keyId) : undefined;
}

/** The queue by its id, or by its key of today in the agent key's cluster. */
function findQueue(world: World, key: AgentKey | undefined, named: string): Queue | undefined {
  const byId = world.get('queue', named);
  if (byId !== undefined || key === undefined) return byId;
  const queue = world.get('queue', world.nameOwner(`queue:${key.clusterId}`, named) ?? '');
  return queue?.key === named ? queue : undefined;
}

/** The first valid signature takes the key everywhere; whoever proved it elsewhere has it. */
function claimKey(world: World, key: AgentKey): readonly Effect[] {
  if (key.state !== 'PENDING') return [];
  const name = key.id.slice('key_'.length);
  const otherwise = refuse('KEY_REFUSED', null, 'The key may not be used here.');
  return [{ kind: 'CLAIM_NAME', scope: 'AGENT_KEY', name, owner: world.organizationId, otherwise }];
}

/** One live session per key: the old ones end as the new one opens. */
function switchSession(
  agentId: AgentId,
  key: AgentKey,
  live: readonly { readonly id: AgentId }[],
  secret: string,
  now: number,
): readonly Effect[] {
  const expiresAt = now + SESSION_MS;
  const tokenHash = hashSecretToken(secret);
  return [
    ...live.map(({ id }): Effect => ({ kind: 'END_SESSIONS', agentId: id })),
    { kind: 'OPEN_SESSION', tokenHash, agentId, keyId: key.id, expiresAt },
  ];
}

export const agentRegister: Handler<AgentRegisterInput> = {
  asks: ({ queue: named }, world, caller) => {
    const queue = findQueue(world, keyOf(world, caller), named);
    const action = MUTATION_ACTIONS.agentRegister;
    return queue === undefined
      ? notFound('queue')
      : [{ action, resource: queue.id, field: 'queue' }];
  },
  decide: (input, world, { caller, newId, newSecret }) => {
    const key = keyOf(world, caller);
    const queue = findQueue(world, key, input.queue);
    if (key === undefined || queue === undefined) return notFound('queue');
    const live = world.liveAgents({ keyId: key.id });
    const fresh = { agentId: newId('agt'), now: world.now };
    const registered = registerAgent(key, live, { ...input, queue }, fresh);
    if (isRefusal(registered)) return registered;
    const { agentId, events } = registered;
    const secret = newSecret('AGENT_SESSION');
    const { jti, rememberUntil } = input;
    return {
      events: [...proveAgentKey(key), ...events],
      ids: { agentId },
      effects: [
        { kind: 'USE_ASSERTION', keyId: key.id, jti, expiresAt: rememberUntil },
        ...claimKey(world, key),
        ...switchSession(agentId, key, live, secret, world.now),
      ],
      secret,
    };
  },
};

export const agentDisconnect: Handler<AgentDisconnectInput> = {
  // Whoever is no agent has no session to end, and is told so by the rule.
  asks: (_input, world, caller) => [
    {
      action: MUTATION_ACTIONS.agentDisconnect,
      resource: caller.kind === 'AGENT' ? caller.agentId : world.organizationId,
      field: null,
    },
  ],
  decide: (_input, world, { caller }) => {
    const agent = caller.kind === 'AGENT' ? world.get('agent', caller.agentId) : undefined;
    if (agent === undefined) return notFound(null);
    const { id: agentId, ended } = agent;
    const events = ended === null ? [endAgent(agent, 'DISCONNECTED')] : [];
    return planOf(events, { agentId }, [{ kind: 'END_SESSIONS', agentId }]);
  },
};
