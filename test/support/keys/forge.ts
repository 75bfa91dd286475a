import { sign } from 'node:crypto';
import type { AgentKeyPair } from '../../../src/agent/agent-key-pair';
import { readAssertion } from '../../../src/keys/assertion';
import { readClaims, type RegistrationClaims } from '../../../src/keys/assertion-claims';
import type { AssertionFailure } from '../../../src/keys/assertion-failure';
import { verifyAssertion } from '../../../src/keys/assertion-signature';

export const AUDIENCE = 'https://palisade.example.com/agent-auth';
/** A Tuesday, with a fraction of a second. */
export const NOW = 1_790_000_000_250;
export const NOW_S = Math.floor(NOW / 1000);
export const JTI = 'AAAAAAAAAAAAAAAAAAAAAA';

/** The claims of a valid assertion of this key, some replaced. */
export function claimsOf(
  pair: AgentKeyPair,
  replaced: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    iss: pair.publicKey.thumbprint,
    sub: pair.publicKey.thumbprint,
    aud: AUDIENCE,
    jti: JTI,
    iat: NOW_S,
    exp: NOW_S + 60,
    org: 'org_01hxyzabcdefghjkmnpqrstvwx',
    queue: 'deploy',
    inst: 'BBBBBBBBBBBBBBBBBBBBBBBB',
    ...replaced,
  };
}

/** The header of a valid assertion of this key, some members replaced. */
export function headerOf(
  pair: AgentKeyPair,
  replaced: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { algorithm, thumbprint } = pair.publicKey;
  return { alg: algorithm, typ: 'ci-register+jwt', kid: thumbprint, ...replaced };
}

export type Part = Readonly<Record<string, unknown>> | string | Uint8Array;

/** The base64url of a part: an object as JSON, text and bytes as they are. */
export function segment(part: Part): string {
  if (part instanceof Uint8Array) return Buffer.from(part).toString('base64url');
  const text = typeof part === 'string' ? part : JSON.stringify(part);
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** Signs two segments as they are, however odd, with node:crypto alone. */
export function signSegments(pair: AgentKeyPair, header: string, payload: string): string {
  const input = Buffer.from(`${header}.${payload}`, 'latin1');
  const digest = pair.publicKey.algorithm === 'ES256' ? 'sha256' : null;
  const key = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return `${header}.${payload}.${sign(digest, input, key).toString('base64url')}`;
}

/** A signed token of any header and payload; by default a valid assertion. */
export function forge(
  pair: AgentKeyPair,
  parts: { readonly header?: Part; readonly payload?: Part } = {},
): string {
  const { header = headerOf(pair), payload = claimsOf(pair) } = parts;
  return signSegments(pair, segment(header), segment(payload));
}

export type Verdict = { readonly ok: true; readonly claims: RegistrationClaims } | AssertionFailure;

/** All three steps, by a server that knows the keys given. */
export async function judge(
  token: string,
  pairs: readonly AgentKeyPair[],
  now = NOW,
): Promise<Verdict> {
  const read = readAssertion(token);
  if (!read.ok) return read;
  const pair = pairs.find(({ publicKey }) => publicKey.thumbprint === read.assertion.kid);
  const verified = await verifyAssertion(read.assertion, pair?.publicKey ?? null);
  if (!verified.ok) return verified;
  return readClaims(verified.assertion, { audience: AUDIENCE, now });
}

/** The uniform answer, with its reason for the audit log. */
export function failed(reason: string): object {
  return { ok: false, code: 'AGENT_AUTH_FAILED', reason };
}

export const BAD_FORM = { ok: false, code: 'BAD_REQUEST', reason: 'form' };
