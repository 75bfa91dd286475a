import { createPrivateKey, createPublicKey } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { encodeBase64url } from './base64url';
import { thumbprint, type PublicJwk } from './jwk';

/** A private key was found where a public one was asked for. It holds nothing of the secret. */
export interface PrivateKeyFound {
  /**
   * The thumbprint of the key that leaked, derived from the secret itself so that nobody can get
   * another's key listed as compromised; null if it is of a kind that is never admitted anyway.
   */
  readonly leakedThumbprint: string | null;
}

/** The private members of RFC 7518, RFC 8037 and of the newer key types. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv', 'seed'];
const SECRET_MEMBERS = ['d', 'priv', 'seed'];
const NESTING_MAX = 4;

const PRIVATE_PEM = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----/;
const SHORT_PEM_BLOCK =
  /-----BEGIN (?:EC )?PRIVATE KEY-----[A-Za-z0-9+/=\s]{1,1000}-----END (?:EC )?PRIVATE KEY-----/;

/**
 * Looks for a private key in what was submitted: a private JWK member whatever its value, or PEM
 * text in any string, also within nested values such as a JWK Set. Returns null if there is none.
 */
export function findPrivateKey(submitted: unknown, nesting = 0): PrivateKeyFound | null {
  if (typeof submitted === 'string') {
    return PRIVATE_PEM.test(submitted) ? { leakedThumbprint: leakedByPem(submitted) } : null;
  }
  if (typeof submitted !== 'object' || submitted === null || nesting > NESTING_MAX) return null;
  const members = new Map<string, unknown>(Object.entries(submitted));
  if (PRIVATE_MEMBERS.some((name) => members.has(name))) {
    return { leakedThumbprint: leakedByJwk(members) };
  }
  for (const value of members.values()) {
    const found = findPrivateKey(value, nesting + 1);
    if (found !== null) return found;
  }
  return null;
}

function leakedByJwk(members: ReadonlyMap<string, unknown>): string | null {
  const text = SECRET_MEMBERS.map((name) => members.get(name)).find((value) => value !== undefined);
  if (typeof text !== 'string') return null;
  // Decoded loosely: a secret leaks in any spelling.
  const secret = Buffer.from(text, 'base64url');
  if (secret.length !== 32) return null;
  const jwk = publicJwkOf(members.get('crv'), secret);
  return jwk && thumbprint(jwk);
}

function publicJwkOf(crv: unknown, secret: Uint8Array): PublicJwk | null {
  if (crv === 'Ed25519') {
    return { kty: 'OKP', crv, x: encodeBase64url(ed25519.getPublicKey(secret)) };
  }
  if (crv !== 'P-256' || !p256.utils.isValidSecretKey(secret)) return null;
  const point = p256.getPublicKey(secret, false);
  return {
    kty: 'EC',
    crv,
    x: encodeBase64url(point.subarray(1, 33)),
    y: encodeBase64url(point.subarray(33)),
  };
}

function leakedByPem(text: string): string | null {
  // Environment variables and JSON carry PEM with its line breaks escaped.
  const block = SHORT_PEM_BLOCK.exec(text.replaceAll('\\n', '\n'));
  if (block === null) return null;
  try {
    const jwk = createPublicKey(createPrivateKey(block[0])).export({ format: 'jwk' });
    const { crv, x, y } = jwk;
    if (crv === 'Ed25519' && x !== undefined) return thumbprint({ kty: 'OKP', crv, x });
    if (crv !== 'P-256' || x === undefined || y === undefined) return null;
    return thumbprint({ kty: 'EC', crv, x, y });
  } catch {
    return null;
  }
}
