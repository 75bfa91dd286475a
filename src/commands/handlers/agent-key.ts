import { endAgent } from '../../domain/agent/decide';
import { registerAgentKey, revokeAgentKey, type SubmittedKey } from '../../domain/agent-key/decide';
import type { ClusterId, QueueId } from '../../domain/id';
import { isRefusal, notFound, refuse, type Refusal } from '../../domain/refusal';
import { admitKeyText } from '../../keys/admission-text';
import type { World } from '../../views/world';
import type { Effect } from '../handler';
import type { AgentKeyRegisterInput, AgentKeyRevokeInput } from '../inputs';
import type { Caller } from '../protocol';
import { onEntity } from './on-entity';
import { planOf } from './plan';
import { isReadable } from './readable';

const QUEUES_MAX = 100;

const LEAKED = refuse(
  'KEY_REFUSED',
  'publicKey',
  'The private half of this key was submitted here before: discard it and make a new one.',
);

/**
 * The key under its thumbprint, or why it is no key to trust; nothing of it is repeated. Of a private
 * key its public half is remembered: derived from the secret, so that nobody shuts out another's key.
 */
function admit(text: string): SubmittedKey | Refusal {
  const admission = admitKeyText(text);
  if (admission.ok) {
    const { thumbprint, algorithm, jwk } = admission.key;
    return { keyId: `key_${thumbprint}`, algorithm, publicKey: jwk };
  }
  const { code, message, leakedThumbprint } = admission;
  if (code !== 'PRIVATE_KEY_SUBMITTED') return refuse('KEY_REFUSED', 'publicKey', message);
  const detail = leakedThumbprint === null ? {} : { leakedKeyId: `key_${leakedThumbprint}` };
  return refuse(code, 'publicKey', message, detail);
}

/** The listed queues of the cluster, or null for its OPEN ones. */
function findQueues(
  world: World,
  caller: Caller,
  clusterId: ClusterId,
  queueIds: readonly string[] | null,
): readonly QueueId[] | null | Refusal {
  if (queueIds === null) return null;
  const isSet = new Set(queueIds).size === queueIds.length;
  if (queueIds.length === 0 || queueIds.length > QUEUES_MAX || !isSet) {
    return refuse('INVALID', 'queueIds', 'Name 1 to 100 queues, each once; or none for OPEN ones.');
  }
  const found: QueueId[] = [];
  for (const id of queueIds) {
    const queue = world.get('queue', id);
    const isKnown = queue?.clusterId === clusterId || isReadable(world, caller, id);
    if (queue === undefined || !isKnown) return notFound('queueIds');
    if (queue.clusterId !== clusterId) {
      return refuse('WRONG_CLUSTER', 'queueIds', 'A queue is in another cluster.');
    }
    found.push(queue.id);
  }
  return found;
}

export const agentKeyRegister = onEntity<'cluster', 'clusterId', AgentKeyRegisterInput>({
  mutation: 'agentKeyRegister',
  kind: 'cluster',
  field: 'clusterId',
  decide: ({ id: clusterId }, input, world, { caller }) => {
    const key = admit(input.publicKey);
    if (isRefusal(key)) return key;
    const queueIds = findQueues(world, caller, clusterId, input.queueIds ?? null);
    if (isRefusal(queueIds)) return queueIds;
    const { name, tags = [], addressRanges = [], expiresAt = null } = input;
    const wish = { name, queueIds, tags, addressRanges, expiresAt };
    const known = world.get('agentKey', key.keyId);
    const decided = registerAgentKey(clusterId, key, known, wish, world.now);
    const { keyId } = key;
    return planOf(decided, { keyId, clusterId }, [{ kind: 'ADMIT_KEY', keyId, otherwise: LEAKED }]);
  },
});

export const agentKeyRevoke = onEntity<'agentKey', 'keyId', AgentKeyRevokeInput>({
  mutation: 'agentKeyRevoke',
  kind: 'agentKey',
  field: 'keyId',
  of: (key) => key?.clusterId,
  decide: (key, { reason }, world) => {
    const { id: keyId, clusterId } = key;
    const revoked = revokeAgentKey(key, reason);
    if (isRefusal(revoked)) return revoked;
    const live = world.liveAgents({ keyId });
    const ended = live.map((agent) => endAgent(agent, 'KEY_REVOKED'));
    const effects = live.map(({ id: agentId }): Effect => ({ kind: 'END_SESSIONS', agentId }));
    return planOf([...revoked, ...ended], { keyId, clusterId }, effects);
  },
});
