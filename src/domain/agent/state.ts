import type { Occurrence } from '../event';
import type { AgentId, AgentKeyId, ClusterId, QueueId } from '../id';
import type { AgentEnding, AgentEvent } from './events';

export interface Agent {
  readonly id: AgentId;
  readonly keyId: AgentKeyId;
  readonly clusterId: ClusterId;
  readonly queueId: QueueId;
  readonly tags: readonly string[];
  readonly instance: string;
  readonly ended: { readonly reason: AgentEnding; readonly at: number } | null;
  readonly registeredAt: number;
}

/** Folds one event into the agent. An ended agent stays, for the record. */
export function evolveAgent(
  before: Agent | undefined,
  event: AgentEvent,
  at: Occurrence,
): Agent | undefined {
  if (event.type === 'AgentRegistered') {
    const { agentId, ...rest } = event.data;
    return { id: agentId, ...rest, ended: null, registeredAt: at.recordedAt };
  }
  return before && { ...before, ended: { reason: event.data.reason, at: at.recordedAt } };
}
