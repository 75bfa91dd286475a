import type { Decided } from '../decided';
import type { DomainEvent } from '../event';
import { checkAddressRanges, checkName, checkTags, checkText, firstRefusal } from '../fields';
import type { AgentKeyId, ClusterId, QueueId } from '../id';
import { checkExpiry, refuse } from '../refusal';
import { NOTE_MAX } from '../text';
import { AgentKeyProven, AgentKeyRegistered, AgentKeyRevoked, type KeyAlgorithm } from './events';
import type { AgentKey, AgentPublicKey } from './state';

const HOURS_TO_PROVE = 24;
const HOUR_MS = 3_600_000;

/** A public key that passed admission, under the name that its thumbprint gives it. */
export interface SubmittedKey {
  readonly keyId: AgentKeyId;
  readonly algorithm: KeyAlgorithm;
  readonly publicKey: AgentPublicKey;
}

export interface NewAgentKey {
  readonly name: string;
  /** Distinct queues of the cluster; null means its OPEN ones. */
  readonly queueIds: readonly QueueId[] | null;
  readonly tags: readonly string[];
  readonly addressRanges: readonly string[];
  readonly expiresAt: number | null;
}

/**
 * Admits a key to a cluster, to be proven by a first valid signature within a day. A key once
 * registered here is refused for ever, revoked ones included.
 */
export function registerAgentKey(
  clusterId: ClusterId,
  key: SubmittedKey,
  known: AgentKey | undefined,
  wish: NewAgentKey,
  now: number,
): Decided {
  const { name, queueIds, tags, addressRanges, expiresAt } = wish;
  const refusal = firstRefusal(
    checkName(name),
    checkTags(tags),
    checkAddressRanges(addressRanges),
    checkExpiry(expiresAt, now),
    known &&
      refuse('ALREADY_EXISTS', 'publicKey', 'This key was registered here before. Make a new one.'),
  );
  if (refusal !== undefined) return refusal;
  return [
    AgentKeyRegistered.make(
      {
        ...key,
        clusterId,
        queueIds: queueIds && [...queueIds],
        tags: [...tags],
        addressRanges: [...addressRanges],
        provableUntil: now + HOURS_TO_PROVE * HOUR_MS,
        expiresAt,
      },
      { name },
    ),
  ];
}

/** The first valid signature, after which the key is active. */
export function proveAgentKey({ id: keyId, clusterId, state }: AgentKey): readonly DomainEvent[] {
  return state === 'PENDING' ? [AgentKeyProven.make({ keyId, clusterId })] : [];
}

/** For ever. Agents of the key end with it, which the caller must see to. */
export function revokeAgentKey(key: AgentKey, reason = ''): Decided {
  const refusal = checkText(reason, 'reason', NOTE_MAX);
  if (refusal !== undefined) return refusal;
  return key.state === 'REVOKED' ? [] : [endAgentKey(key, reason)];
}

export function endAgentKey({ id: keyId, clusterId }: AgentKey, reason = ''): DomainEvent {
  return AgentKeyRevoked.make({ keyId, clusterId }, reason ? { reason } : {});
}
