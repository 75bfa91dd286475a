import { createHash } from 'node:crypto';

/** The signature algorithms of RFC 7518 and RFC 8037 that a key may be pinned to. */
export const KEY_ALGORITHMS = ['EdDSA', 'ES256'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

export interface Ed25519Jwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

export interface P256Jwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** A public key with its required members only, each in its one canonical encoding. */
export type PublicJwk = Ed25519Jwk | P256Jwk;

/** A public key that passed admission. Its thumbprint is its name for ever. */
export interface AdmittedKey {
  /** RFC 7638, SHA-256, base64url. */
  readonly thumbprint: string;
  readonly algorithm: KeyAlgorithm;
  readonly jwk: PublicJwk;
}

/**
 * The RFC 7638 thumbprint (SHA-256, base64url). It names a key uniquely only because a
 * `PublicJwk` is canonical: it hashes the strings as they are.
 */
export function thumbprint(jwk: PublicJwk): string {
  const members =
    jwk.kty === 'OKP'
      ? { crv: jwk.crv, kty: jwk.kty, x: jwk.x }
      : { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
