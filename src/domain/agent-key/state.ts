import type { Occurrence } from '../event';
import type { AgentKeyId, ClusterId, QueueId } from '../id';
import type { AgentKeyEvent, KeyAlgorithm } from './events';

export type AgentPublicKey =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

export interface AgentKey {
  readonly id: AgentKeyId;
  readonly clusterId: ClusterId;
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly publicKey: AgentPublicKey;
  /** The queues the key admits; null means the cluster's OPEN ones. */
  readonly queueIds: readonly QueueId[] | null;
  readonly tags: readonly string[];
  readonly addressRanges: readonly string[];
  readonly state: 'PENDING' | 'ACTIVE' | 'REVOKED';
  readonly provableUntil: number;
  readonly expiresAt: number | null;
  readonly createdAt: number;
}

/** Folds one event into the key. A revoked key stays, for ever refused. */
export function evolveAgentKey(
  before: AgentKey | undefined,
  event: AgentKeyEvent,
  at: Occurrence,
): AgentKey | undefined {
  if (event.type === 'AgentKeyRegistered') {
    const { keyId, ...rest } = event.data;
    return {
      id: keyId,
      ...rest,
      name: event.personal?.name ?? keyId,
      state: 'PENDING',
      createdAt: at.recordedAt,
    };
  }
  if (before === undefined) return undefined;
  return { ...before, state: event.type === 'AgentKeyProven' ? 'ACTIVE' : 'REVOKED' };
}

/** The key's state at an instant, expiry counted. */
export function agentKeyState(
  key: AgentKey,
  now: number,
): 'PENDING' | 'ACTIVE' | 'REVOKED' | 'EXPIRED' {
  if (key.state === 'REVOKED') return 'REVOKED';
  const expiresAt = agentKeyExpiry(key);
  return expiresAt !== null && expiresAt <= now ? 'EXPIRED' : key.state;
}

/** When the key stops to count: a pending one when nobody proved it in time. */
export function agentKeyExpiry(key: AgentKey): number | null {
  if (key.state !== 'PENDING') return key.expiresAt;
  return key.expiresAt === null ? key.provableUntil : Math.min(key.provableUntil, key.expiresAt);
}
