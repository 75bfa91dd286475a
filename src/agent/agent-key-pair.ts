import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { admitKey } from '../keys/admission';
import type { AdmittedKey, KeyAlgorithm } from '../keys/jwk';

/** An agent's key pair. The private key stays a `KeyObject`: it is not printed by accident. */
export interface AgentKeyPair {
  readonly privateKey: KeyObject;
  /** The public part, as the server will admit it; its `jwk` is what an operator registers. */
  readonly publicKey: AdmittedKey;
}

/** Makes a fresh key pair: Ed25519, or P-256 where hardware or a policy asks for it. */
export function generateAgentKey(algorithm: KeyAlgorithm = 'EdDSA'): AgentKeyPair {
  const { privateKey } =
    algorithm === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return agentKeyPair(privateKey);
}

/**
 * Completes a private key, such as one read from disk, to a pair. Throws a TypeError with the
 * server's message if the server would refuse its public part.
 */
export function agentKeyPair(privateKey: KeyObject): AgentKeyPair {
  const admission = admitKey(createPublicKey(privateKey).export({ format: 'jwk' }));
  if (!admission.ok) throw new TypeError(admission.message);
  return { privateKey, publicKey: admission.key };
}
