import type { AgentKey } from '../agent-key/state';
import { agentKeyState } from '../agent-key/state';
import type { DomainEvent } from '../event';
import { checkTags, firstRefusal } from '../fields';
import type { AgentId } from '../id';
import type { Queue } from '../queue/state';
import { refuse, type Refusal } from '../refusal';
import { AgentDisconnected, AgentRegistered, type AgentEnding } from './events';
import type { Agent } from './state';

export interface Registration {
  readonly queue: Queue;
  /** Null: all tags of the key. */
  readonly tags: readonly string[] | null;
  /** Random per process start. */
  readonly instance: string;
}

/** The agent that the session is for, and the events that make it so. */
export interface Registered {
  readonly agentId: AgentId;
  readonly events: readonly DomainEvent[];
}

/**
 * Registers a process with its key. The same process asking for the same again goes on as the agent
 * it is; any other live agent of the key is superseded, so that one key has one agent. Tags narrow
 * what the key carries and never widen it.
 */
export function registerAgent(
  key: AgentKey,
  live: readonly Agent[],
  wish: Registration,
  fresh: { readonly agentId: AgentId; readonly now: number },
): Registered | Refusal {
  const tags = wish.tags ?? key.tags;
  const refusal = firstRefusal(
    checkUsable(key, fresh.now),
    checkTags(tags),
    checkCarried(key, tags),
  );
  if (refusal !== undefined) return refusal;
  const same = live.find((agent) => isSame(agent, wish, tags));
  const events = live.filter((agent) => agent !== same).map((old) => endAgent(old, 'SUPERSEDED'));
  if (same !== undefined) return { agentId: same.id, events };
  const { agentId } = fresh;
  const registered = AgentRegistered.make({
    agentId,
    keyId: key.id,
    clusterId: key.clusterId,
    queueId: wish.queue.id,
    tags: [...tags],
    instance: wish.instance,
  });
  return { agentId, events: [...events, registered] };
}

export function endAgent({ id: agentId, keyId }: Agent, reason: AgentEnding): DomainEvent {
  return AgentDisconnected.make({ agentId, keyId, reason });
}

function checkUsable(key: AgentKey, now: number): Refusal | undefined {
  const state = agentKeyState(key, now);
  if (state === 'PENDING' || state === 'ACTIVE') return undefined;
  return refuse('KEY_REFUSED', null, 'The key may not be used any more.');
}

function checkCarried(key: AgentKey, tags: readonly string[]): Refusal | undefined {
  if (tags.every((tag) => key.tags.includes(tag))) return undefined;
  return refuse('INVALID', 'tags', 'The key does not carry all of these tags.');
}

function isSame(agent: Agent, wish: Registration, tags: readonly string[]): boolean {
  return (
    agent.instance === wish.instance &&
    agent.queueId === wish.queue.id &&
    agent.tags.length === tags.length &&
    tags.every((tag) => agent.tags.includes(tag))
  );
}
