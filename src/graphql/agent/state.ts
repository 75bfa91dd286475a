import type { Agent } from '../../domain/agent/state';

export type AgentState = 'CONNECTED' | 'STALE' | 'DISCONNECTED';

/** How long an agent may be silent and still count as there. */
const SILENCE_MAX_MS = 3 * 60_000;

/** Whether the agent is there at an instant, last seen at another (null: since it registered). */
export function agentState(agent: Agent, lastSeen: number | null, now: number): AgentState {
  if (agent.ended !== null) return 'DISCONNECTED';
  const heard = Math.max(lastSeen ?? 0, agent.registeredAt);
  return now - heard > SILENCE_MAX_MS ? 'STALE' : 'CONNECTED';
}
