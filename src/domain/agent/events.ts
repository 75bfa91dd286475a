import { Type } from '@sinclair/typebox';
import { agentKeyId, defineEvent, idOf, oneOf, type EventOf } from '../event';
import { TAGS_MAX, TAG_PATTERN } from '../tag';

export const AGENT_ENDINGS = ['DISCONNECTED', 'SUPERSEDED', 'KEY_REVOKED', 'EXPIRED'] as const;
/** Why an agent's life ended: by itself, by a newer process with its key, by its key, by silence. */
export type AgentEnding = (typeof AGENT_ENDINGS)[number];

const agentId = idOf('agt');

export const AgentRegistered = defineEvent({
  type: 'AgentRegistered',
  ledger: 'ACTIVITY',
  entity: 'agent',
  id: 'agentId',
  data: {
    agentId,
    keyId: agentKeyId,
    clusterId: idOf('clu'),
    queueId: idOf('que'),
    tags: Type.Array(Type.String({ pattern: TAG_PATTERN }), { maxItems: TAGS_MAX }),
    /** Random per process start, chosen by the agent. */
    instance: Type.String({ pattern: '^[A-Za-z0-9_-]{22,64}$' }),
  },
});

export const AgentDisconnected = defineEvent({
  type: 'AgentDisconnected',
  ledger: 'ACTIVITY',
  entity: 'agent',
  id: 'agentId',
  data: { agentId, keyId: agentKeyId, reason: oneOf(AGENT_ENDINGS) },
});

/** Refusals of one kind by one caller within one interval, counted. */
export const RefusalsCounted = defineEvent({
  type: 'RefusalsCounted',
  ledger: 'ACTIVITY',
  entity: null,
  id: 'organizationId',
  data: {
    organizationId: idOf('org'),
    caller: Type.String({ maxLength: 64 }),
    operation: Type.String({ maxLength: 64 }),
    code: Type.String({ maxLength: 64 }),
    count: Type.Integer({ minimum: 1 }),
    since: Type.Integer({ minimum: 0 }),
  },
});

export type AgentEvent = EventOf<typeof AgentRegistered> | EventOf<typeof AgentDisconnected>;

export const agentEvents = [AgentRegistered, AgentDisconnected, RefusalsCounted];
