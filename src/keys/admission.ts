import { decodeBase64url } from './base64url';
import { ed25519Fault } from './ed25519';
import { thumbprint, type AdmittedKey, type KeyAlgorithm, type PublicJwk } from './jwk';
import { p256Fault } from './p256';
import { findPrivateKey, type PrivateKeyFound } from './private-key';
import { isPublished } from './published-keys';

/** What is said to whoever submitted the key; nothing of the submission is repeated. */
const MESSAGES = {
  PRIVATE_KEY_SUBMITTED:
    'This is a private key. It was not stored, but it has left its owner: discard it and make a new one.',
  NOT_A_JWK: 'The key must be a public JSON Web Key (RFC 7517): a JSON object with kty, crv and x.',
  MALFORMED_JSON: 'The text is not one plain JSON object of at most 4096 bytes.',
  UNSUPPORTED_KEY:
    'Only Ed25519 (kty "OKP", crv "Ed25519") and P-256 (kty "EC", crv "P-256") keys are accepted.',
  UNKNOWN_MEMBER:
    'The key may have only kty, crv, x, for P-256 y, and optionally alg, use, key_ops and kid.',
  WRONG_PURPOSE: 'use, if given, must be "sig", and key_ops exactly ["verify"].',
  ALGORITHM_MISMATCH: 'alg, if given, must be EdDSA or Ed25519 for Ed25519, and ES256 for P-256.',
  MALFORMED_COORDINATE: 'Each coordinate must be exactly 32 bytes in base64url without padding.',
  NOT_ON_CURVE: 'The key is not a point on its curve.',
  NOT_CANONICAL: 'The key is not in its canonical encoding.',
  SMALL_ORDER: 'The key is a point of small order: anybody could sign for it.',
  MIXED_ORDER: 'The key is not in the prime-order group.',
  PUBLISHED_KEY: 'This key is public knowledge: make a new one.',
  KID_MISMATCH: 'kid, if given, must be the RFC 7638 thumbprint (SHA-256) of the key.',
} as const;

export type KeyRefusalCode = keyof typeof MESSAGES;

export interface KeyRefusal extends PrivateKeyFound {
  readonly ok: false;
  readonly code: KeyRefusalCode;
  readonly message: string;
}

export type KeyAdmission = { readonly ok: true; readonly key: AdmittedKey } | KeyRefusal;

interface KeyKind {
  readonly algorithm: KeyAlgorithm;
  readonly required: readonly string[];
  /** The values that `alg` may have. */
  readonly named: readonly string[];
}

// RFC 9864 gives EdDSA over Ed25519 a name of its own.
const ED25519: KeyKind = {
  algorithm: 'EdDSA',
  required: ['kty', 'crv', 'x'],
  named: ['EdDSA', 'Ed25519'],
};
const P256: KeyKind = {
  algorithm: 'ES256',
  required: ['kty', 'crv', 'x', 'y'],
  named: ['ES256'],
};
const OPTIONAL = ['alg', 'use', 'key_ops', 'kid'];

/**
 * Decides whether a parsed JWK is a public key that Palisade may trust signatures of: Ed25519 or
 * P-256, with known members only, in the one canonical encoding, a point of full prime order, not
 * printed in public documents, and named by its own thumbprint if named at all. A private key is
 * refused with a code of its own. Never throws on input.
 */
export function admitKey(submitted: unknown): KeyAdmission {
  const found = findPrivateKey(submitted);
  if (found !== null) return refuseKey('PRIVATE_KEY_SUBMITTED', found.leakedThumbprint);
  if (!isPlainObject(submitted)) return refuseKey('NOT_A_JWK');
  const members = new Map<string, unknown>(Object.entries(submitted));

  const kind = kindOf(members);
  if (kind === null) return refuseKey('UNSUPPORTED_KEY');
  const memberFault = faultOfMembers(members, kind);
  if (memberFault !== null) return refuseKey(memberFault);
  const jwk = canonicalJwk(members, kind);
  if (typeof jwk === 'string') return refuseKey(jwk);

  const name = thumbprint(jwk);
  if (isPublished(name)) return refuseKey('PUBLISHED_KEY');
  if (members.has('kid') && members.get('kid') !== name) return refuseKey('KID_MISMATCH');
  return { ok: true, key: { thumbprint: name, algorithm: kind.algorithm, jwk } };
}

/** Builds a refusal with the code's message. */
export function refuseKey(
  code: KeyRefusalCode,
  leakedThumbprint: string | null = null,
): KeyRefusal {
  return { ok: false, code, message: MESSAGES[code], leakedThumbprint };
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(members: ReadonlyMap<string, unknown>): KeyKind | null {
  const kty = members.get('kty');
  const crv = members.get('crv');
  if (kty === 'OKP' && crv === 'Ed25519') return ED25519;
  if (kty === 'EC' && crv === 'P-256') return P256;
  return null;
}

function faultOfMembers(
  members: ReadonlyMap<string, unknown>,
  { required, named }: KeyKind,
): KeyRefusalCode | null {
  for (const name of members.keys()) {
    if (!required.includes(name) && !OPTIONAL.includes(name)) return 'UNKNOWN_MEMBER';
  }
  if (members.has('use') && members.get('use') !== 'sig') return 'WRONG_PURPOSE';
  if (members.has('key_ops')) {
    const operations = members.get('key_ops');
    const fits = Array.isArray(operations) && operations.length === 1 && operations[0] === 'verify';
    if (!fits) return 'WRONG_PURPOSE';
  }
  const fits = !members.has('alg') || named.some((name) => name === members.get('alg'));
  return fits ? null : 'ALGORITHM_MISMATCH';
}

function canonicalJwk(
  members: ReadonlyMap<string, unknown>,
  kind: KeyKind,
): PublicJwk | KeyRefusalCode {
  const x = coordinate(members.get('x'));
  if (x === null) return 'MALFORMED_COORDINATE';
  if (kind === ED25519) {
    return ed25519Fault(x.bytes) ?? { kty: 'OKP', crv: 'Ed25519', x: x.text };
  }
  const y = coordinate(members.get('y'));
  if (y === null) return 'MALFORMED_COORDINATE';
  return p256Fault(x.bytes, y.bytes) ?? { kty: 'EC', crv: 'P-256', x: x.text, y: y.text };
}

function coordinate(text: unknown): { text: string; bytes: Buffer } | null {
  if (typeof text !== 'string') return null;
  const bytes = decodeBase64url(text);
  return bytes?.length === 32 ? { text, bytes } : null;
}
