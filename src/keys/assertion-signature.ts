import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { ParsedAssertion } from './assertion';
import { assertionFailure, type AssertionFailure } from './assertion-failure';
import type { AdmittedKey, KeyAlgorithm, PublicJwk } from './jwk';

declare const verified: unique symbol;
/** An assertion that the key named by its `kid` has signed. Its claims are not judged yet. */
export interface VerifiedAssertion extends ParsedAssertion {
  readonly [verified]: true;
}

export type AssertionVerified =
  { readonly ok: true; readonly assertion: VerifiedAssertion } | AssertionFailure;

/**
 * Both algorithms have signatures of two 32-byte halves (RFC 8032, RFC 7518 section 3.4). Checked
 * here, so that no runtime is asked what it makes of a longer, shorter or DER one.
 */
const SIGNATURE_BYTES = 64;

/**
 * Points hashed onto the curves (RFC 9380, with the text "palisade decoy key"), so that nobody
 * knows a private key of them.
 */
export const DECOY_KEYS: Readonly<Record<KeyAlgorithm, PublicJwk>> = {
  EdDSA: { kty: 'OKP', crv: 'Ed25519', x: 'EgJo1vQhYaqzC83tGUVliIpBNDCAjx4CZ8INd_fhIf8' },
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    x: '6WzS7qBWKcHBd9oW_QzPCQh0qCAzIb3tH1hmqw7DXTk',
    y: 'WZ5JAFdFMDvxpmcoWS_AdM44Q5Zvj75QANnSpbd5N9k',
  },
};

/**
 * Second step: checks the signature with the algorithm pinned to the key at its admission. Pass
 * null for a `kid` that is not known: the same work is done with a decoy key, and it fails. The
 * check runs in libuv's thread pool.
 */
export async function verifyAssertion(
  assertion: ParsedAssertion,
  key: AdmittedKey | null,
): Promise<AssertionVerified> {
  if (assertion.signature.length !== SIGNATURE_BYTES) return assertionFailure('sig');
  const known = key !== null && key.thumbprint === assertion.kid;
  const usable = known && key.algorithm === assertion.algorithm;
  const signed = await isSigned(assertion, usable ? key.jwk : DECOY_KEYS[assertion.algorithm]);
  if (!known) return assertionFailure('kid');
  if (!usable) return assertionFailure('alg');
  if (!signed) return assertionFailure('sig');
  return { ok: true, assertion: assertion as VerifiedAssertion };
}

function isSigned(assertion: ParsedAssertion, jwk: PublicJwk): Promise<boolean> {
  const { algorithm, signingInput, signature } = assertion;
  const key: KeyObject = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  const digest = algorithm === 'ES256' ? 'sha256' : null;
  return new Promise((resolve) => {
    verify(digest, signingInput, { key, dsaEncoding: 'ieee-p1363' }, signature, (error, valid) => {
      resolve(error === null && valid);
    });
  });
}
