import { generateKeyPairSync } from 'node:crypto';
import type { AgentKeyRegisterInput } from '../../src/commands/inputs';
import type { Caller } from '../../src/commands/protocol';
import type { AgentId, AgentKeyId } from '../../src/domain/id';
import type { MemoryOrganization } from './memory-organization';

/** The public JWK of a fresh key pair, as text. */
export function freshPublicKey(): string {
  return JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
}

type KeyWish = Pick<AgentKeyRegisterInput, 'clusterId'> & Partial<AgentKeyRegisterInput>;

/** Registers a fresh key. Its id. */
export function registeredKey(acme: MemoryOrganization, wish: KeyWish): AgentKeyId {
  const input = { name: 'Runner', publicKey: freshPublicKey(), ...wish };
  return acme.do(acme.admin, 'agentKeyRegister', input)['keyId'] as AgentKeyId;
}

/** The claims of an assertion: a fresh `jti` every time, the same process unless told. */
export function claims(acme: MemoryOrganization, queue: string, instance = 'i'.repeat(22)) {
  const jti = acme.newId('led').replaceAll('_', '-');
  return { queue, tags: null, instance, jti, rememberUntil: acme.world.now + 190_000 };
}

export function keyCaller(acme: MemoryOrganization, keyId: AgentKeyId): Caller {
  return { kind: 'AGENT_KEY', organizationId: acme.id, keyId };
}

/** Registers a fresh key and an agent with it, on a queue by its id or key. */
export function registeredAgent(acme: MemoryOrganization, wish: KeyWish & { queue: string }) {
  const { queue, ...rest } = wish;
  const keyId = registeredKey(acme, rest);
  const { agentId } = acme.do(keyCaller(acme, keyId), 'agentRegister', claims(acme, queue));
  return { keyId, agentId: agentId as AgentId };
}
