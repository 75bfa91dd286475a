import { AgentDisconnected, AgentRegistered } from '../../../../src/domain/agent/events';
import {
  AgentKeyProven,
  AgentKeyRegistered,
  AgentKeyRevoked,
} from '../../../../src/domain/agent-key/events';
import type { AgentKeyId, ClusterId, QueueId } from '../../../../src/domain/id';
import { ending, MINUTE_MS, type Act } from '../history-builder';

export const agentActs = {
  keyRegister: (builder, { a, b, c }) => {
    const queue = builder.pick('queue', a);
    if (queue === undefined) return;
    const clusterId = queue.names[0] as ClusterId;
    const keyId = builder.newKeyId();
    const queueIds = b % 3 === 0 ? null : [queue.id as QueueId];
    const names = [clusterId, ...(queueIds ?? [])];
    builder.begin(
      { kind: 'key', id: keyId, names, ended: AgentKeyRevoked.make({ keyId, clusterId }) },
      AgentKeyRegistered.make(
        {
          ...{ keyId, clusterId, queueIds, tags: [], addressRanges: [] },
          algorithm: 'EdDSA',
          publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
          provableUntil: builder.instant + 9 * MINUTE_MS,
          expiresAt: builder.expiry(c),
        },
        { name: 'key' },
      ),
    );
  },
  keyProve: (builder, { a }) => {
    const key = builder.pick('key', a);
    if (key === undefined) return;
    const keyId = key.id as AgentKeyId;
    builder.record(AgentKeyProven.make({ keyId, clusterId: key.names[0] as ClusterId }));
  },
  keyRevoke: ending('key'),
  /** On any queue, also one that the key does not admit: the engine must see that by itself. */
  agentRegister: (builder, { a, b }) => {
    const [key, queue] = [builder.pick('key', a), builder.pick('queue', b)];
    if (key === undefined || queue === undefined) return;
    const keyId = key.id as AgentKeyId;
    const agentId = builder.newId('agt');
    builder.begin(
      {
        kind: 'agent',
        id: agentId,
        names: [keyId, queue.id],
        ended: AgentDisconnected.make({ agentId, keyId, reason: 'DISCONNECTED' }),
      },
      AgentRegistered.make({
        ...{ agentId, keyId, clusterId: key.names[0] as ClusterId },
        ...{ queueId: queue.id as QueueId, tags: [], instance: 'i'.repeat(22) },
      }),
    );
  },
  agentDisconnect: ending('agent'),
} satisfies Record<string, Act>;
