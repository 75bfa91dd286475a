import type { Caller } from '../../commands/protocol';
import { AddressRanges } from '../../domain/address';
import type { AgentKey } from '../../domain/agent-key/state';
import { isAgentKeyId, isId } from '../../domain/id';
import { readAssertion, type ParsedAssertion } from '../../keys/assertion';
import { readClaims, type RegistrationClaims } from '../../keys/assertion-claims';
import { verifyAssertion } from '../../keys/assertion-signature';
import { isJsonObject, readStrictJson } from '../../keys/strict-json';
import type { RequestContext, Turn } from '../context';
import { fault } from '../errors';

type KeyCaller = Caller & { readonly kind: 'AGENT_KEY' };

/** What a verified assertion says, and whose it is. */
export interface Registration {
  readonly caller: KeyCaller;
  /** The key's thumbprint, as the assertion named it. */
  readonly kid: string;
  readonly claims: RegistrationClaims;
}

/** The one answer to every agent that is not let in: it tells nobody which keys exist. */
export function agentAuthFailed({ clock }: RequestContext): Error {
  const serverTime = new Date(clock.now()).toISOString();
  return fault('AGENT_AUTH_FAILED', undefined, { serverTime });
}

/**
 * Judges a registration assertion: form, header, source, key, signature, claims and address, in
 * this order; whether it is fresh and may have what it asks for, the writer decides. Throws
 * RATE_LIMITED before any cryptography, BAD_USER_INPUT for text that is no compact JWS, and
 * AGENT_AUTH_FAILED for everything else.
 */
export async function verifyRegistration(
  context: RequestContext,
  text: string,
): Promise<Registration> {
  const { registrations, sourceAddress } = context;
  const read = readAssertion(text);
  const claimed = read.ok ? read.assertion.kid : null;
  checkTurn(await registrations.begin(sourceAddress, claimed));
  if (!read.ok && read.code === 'BAD_REQUEST') {
    throw fault('BAD_USER_INPUT', 'The assertion is no compact JWS of at most 4096 characters.');
  }
  if (!read.ok) throw agentAuthFailed(context);
  const registration = await judge(context, read.assertion);
  if (registration !== null) return registration;
  await registrations.failed(sourceAddress, read.assertion.kid);
  throw agentAuthFailed(context);
}

function checkTurn(turn: Turn): void {
  if (turn.granted) return;
  const retryAfter = Math.ceil(turn.retryAfterMs / 1000);
  throw fault('RATE_LIMITED', 'Too many attempts to register came from this address.', {
    retryAfter,
  });
}

async function judge(
  context: RequestContext,
  assertion: ParsedAssertion,
): Promise<Registration | null> {
  const caller = claimedCaller(assertion);
  const key = caller && context.queries.get(caller.organizationId, 'agentKey', caller.keyId);
  // Without a key a decoy is verified: the unknown costs as much as the known, and fails.
  const verified = await verifyAssertion(
    assertion,
    key ? { thumbprint: assertion.kid, algorithm: key.algorithm, jwk: key.publicKey } : null,
  );
  if (!verified.ok || !caller || !key) return null;
  const { audience, clock, sourceAddress } = context;
  const read = readClaims(verified.assertion, { audience, now: clock.now() });
  return read.ok && isWithin(key, sourceAddress)
    ? { caller, kid: assertion.kid, claims: read.claims }
    : null;
}

/**
 * Whom the assertion claims to speak for. The organization is read from a payload that nobody has
 * verified yet, and used for nothing but to find the key: until it is proven, a key is unique only
 * within its organization.
 */
function claimedCaller({ kid, payload }: ParsedAssertion): KeyCaller | null {
  const json = readStrictJson(payload);
  if (!json.ok || !isJsonObject(json.value)) return null;
  const organizationId = json.value['org'];
  const keyId = `key_${kid}`;
  if (typeof organizationId !== 'string' || !isId('org', organizationId)) return null;
  return isAgentKeyId(keyId) ? { kind: 'AGENT_KEY', organizationId, keyId } : null;
}

function isWithin({ addressRanges }: AgentKey, address: string | null): boolean {
  if (addressRanges.length === 0) return true;
  return address !== null && new AddressRanges(addressRanges).contains(address);
}
