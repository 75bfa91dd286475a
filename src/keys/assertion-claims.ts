import type { VerifiedAssertion } from './assertion-signature';
import { assertionFailure, type AssertionFailure, type AssertionReason } from './assertion-failure';
import { isJsonObject, readStrictJson, type JsonObject, type JsonValue } from './strict-json';

/** What an agent asks for when it registers. Instants are milliseconds since the epoch. */
export interface RegistrationClaims {
  /** The key that signed, and whom the assertion speaks for. */
  readonly thumbprint: string;
  readonly organizationId: string;
  /** The queue that the agent wants to serve: its id or its key. */
  readonly queue: string;
  /** The tags that the agent wants to carry; null if it did not say. */
  readonly tags: readonly string[] | null;
  /** Random per process start. */
  readonly instance: string;
  readonly jti: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** How long the used `jti` must be remembered at least. */
  readonly rememberUntil: number;
}

export type ClaimsRead =
  { readonly ok: true; readonly claims: RegistrationClaims } | AssertionFailure;

export interface ClaimsExpected {
  /** The server's configured audience, compared as it is. */
  readonly audience: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const LIFETIME_MAX_S = 60;
const SKEW_MS = 10_000;
const AGE_MAX_MS = 70_000;
const REMEMBER_MARGIN_MS = 120_000;

const RANDOM = /^[A-Za-z0-9_-]{22,64}$/;
const ORGANIZATION = /^[A-Za-z0-9_-]{1,64}$/;
const QUEUE = /^[\x21-\x7e]{1,100}$/;
const TAG = /^[\x21-\x3c\x3e-\x7e]{1,64}=[\x21-\x7e]{1,128}$/;
const NAMES = ['iss', 'sub', 'aud', 'jti', 'iat', 'exp', 'nbf', 'org', 'queue', 'tags', 'inst'];

/**
 * Third step: reads the payload of a verified assertion (strict JSON, known claims only) and judges
 * its claims at `now`. What a well-formed claim names may still not exist or not be allowed.
 */
export function readClaims(
  assertion: VerifiedAssertion,
  { audience, now }: ClaimsExpected,
): ClaimsRead {
  const json = readStrictJson(assertion.payload);
  if (!json.ok || !isJsonObject(json.value)) return assertionFailure('json');
  const claims = json.value;
  if (Object.keys(claims).some((name) => !NAMES.includes(name))) return assertionFailure('claims');

  const { kid } = assertion;
  if (claims['iss'] !== kid || claims['sub'] !== kid) return assertionFailure('sub');
  if (claims['aud'] !== audience) return assertionFailure('aud');
  const times = readTimes(claims, now);
  if (typeof times === 'string') return assertionFailure(times);

  const jti = match(claims['jti'], RANDOM);
  if (jti === null) return assertionFailure('jti');
  const organizationId = match(claims['org'], ORGANIZATION);
  if (organizationId === null) return assertionFailure('org');
  const queue = match(claims['queue'], QUEUE);
  if (queue === null) return assertionFailure('queue');
  const tags = readTags(claims['tags']);
  if (tags === undefined) return assertionFailure('tags');
  const instance = match(claims['inst'], RANDOM);
  if (instance === null) return assertionFailure('inst');
  return {
    ok: true,
    claims: { thumbprint: kid, organizationId, queue, tags, instance, jti, ...times },
  };
}

type Times = Pick<RegistrationClaims, 'issuedAt' | 'expiresAt' | 'rememberUntil'>;

function readTimes(claims: JsonObject, now: number): Times | AssertionReason {
  const { iat, exp, nbf } = claims;
  if (typeof iat !== 'number') return 'iat';
  const issuedAt = iat * 1000;
  if (issuedAt < now - AGE_MAX_MS || issuedAt > now + SKEW_MS) return 'iat';
  if (typeof exp !== 'number' || exp <= iat || exp - iat > LIFETIME_MAX_S) return 'exp';
  const expiresAt = exp * 1000;
  if (now >= expiresAt + SKEW_MS) return 'exp';
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > iat)) return 'nbf';
  return { issuedAt, expiresAt, rememberUntil: expiresAt + SKEW_MS + REMEMBER_MARGIN_MS };
}

/** The tags, null if none were named, undefined if they are malformed. */
function readTags(claim: JsonValue | undefined): readonly string[] | null | undefined {
  if (claim === undefined) return null;
  if (!Array.isArray(claim)) return undefined;
  const tags = (claim as readonly JsonValue[]).map((tag) => match(tag, TAG));
  const named = tags.filter((tag) => tag !== null);
  const distinct = new Set(named).size === tags.length;
  return distinct && named.length === tags.length ? named : undefined;
}

function match(claim: JsonValue | undefined, pattern: RegExp): string | null {
  return typeof claim === 'string' && pattern.test(claim) ? claim : null;
}
