import { assertionFailure, type AssertionFailure } from './assertion-failure';
import { decodeBase64url } from './base64url';
import { KEY_ALGORITHMS, type KeyAlgorithm } from './jwk';
import { isJsonObject, readStrictJson } from './strict-json';

/** The `typ` of a registration assertion. Every other purpose gets one of its own. */
export const REGISTRATION_TYPE = 'ci-register+jwt';

/** A compact JWS of good form with a strict header. Nothing of it is verified yet. */
export interface ParsedAssertion {
  /** The thumbprint of the key that is said to have signed. */
  readonly kid: string;
  readonly algorithm: KeyAlgorithm;
  /** The bytes under the signature: header and payload as they were sent. */
  readonly signingInput: Buffer;
  readonly payload: Buffer;
  readonly signature: Buffer;
}

export type AssertionRead =
  { readonly ok: true; readonly assertion: ParsedAssertion } | AssertionFailure;

const LENGTH_MAX = 4096;
const FORM = /^[A-Za-z0-9_-]{1,512}\.[A-Za-z0-9_-]{1,3000}\.[A-Za-z0-9_-]{1,700}$/;
const HEADER_MEMBERS = ['alg', 'typ', 'kid'];

/**
 * First step: reads the form (compact JWS of at most 4096 characters, canonical base64url) and the
 * header (strict JSON, exactly `alg`, `typ` and `kid`; no key, no URL, no extension). The header
 * chooses nothing: its `alg` is compared with the key's own in `verifyAssertion`.
 */
export function readAssertion(token: string): AssertionRead {
  if (token.length > LENGTH_MAX || !FORM.test(token)) return assertionFailure('form');
  const [header, payload, signature] = token.split('.').map(decodeBase64url);
  if (!header || !payload || !signature) return assertionFailure('form');

  const json = readStrictJson(header);
  if (!json.ok || !isJsonObject(json.value)) return assertionFailure('json');
  const members = json.value;
  if (Object.keys(members).some((name) => !HEADER_MEMBERS.includes(name))) {
    return assertionFailure('header');
  }
  const algorithm = KEY_ALGORITHMS.find((name) => name === members['alg']);
  if (algorithm === undefined) return assertionFailure('alg');
  if (members['typ'] !== REGISTRATION_TYPE) return assertionFailure('typ');
  const kid = members['kid'];
  if (typeof kid !== 'string' || decodeBase64url(kid)?.length !== 32) {
    return assertionFailure('kid');
  }
  const signingInput = Buffer.from(token.slice(0, token.lastIndexOf('.')), 'ascii');
  return { ok: true, assertion: { kid, algorithm, signingInput, payload, signature } };
}
