import { timingSafeEqual } from 'node:crypto';
import { AddressRanges } from '../domain/address';
import { agentKeyState } from '../domain/agent-key/state';
import type { AgentId, AgentKeyId, OrganizationId } from '../domain/id';
import type { RequestPrincipal } from '../graphql/context';
import { hashSecretToken, parseSecretToken } from '../keys/secret-token';
import type { Queries } from '../views/queries';

/** What an agent's session token leads to. */
export interface SessionRecord {
  readonly organizationId: string;
  readonly agentId: string;
  readonly keyId: string;
  readonly expiresAt: number;
}

/** What credentials are looked up in. */
export interface CredentialStore {
  readonly queries: Pick<Queries, 'get' | 'tokenByHash'>;
  readonly agentSession: (tokenHash: string) => SessionRecord | undefined;
  /** SHA-256 of the installation's own token, hex; undefined while none was made. */
  readonly installationTokenHash: () => string | undefined;
}

const BEARER = /^Bearer ([!-~]{1,200})$/iu;
const ANONYMOUS: RequestPrincipal = { kind: 'ANONYMOUS' };

/**
 * Finds who sends a request by its Authorization header. Null for a credential that is malformed,
 * unknown, expired or used from an address that it is not for: the caller must not learn which.
 * `address` is null if it cannot be known; then nothing that is limited to addresses is accepted.
 */
export function authenticate(
  authorization: string | undefined,
  address: string | null,
  store: CredentialStore,
  now: number,
): RequestPrincipal | null {
  if (authorization === undefined) return ANONYMOUS;
  const token = BEARER.exec(authorization)?.[1] ?? '';
  const kind = parseSecretToken(token);
  if (kind === null) return null;
  // Looked up by hash: no comparison ever sees a prefix of a secret.
  const tokenHash = hashSecretToken(token);
  switch (kind) {
    case 'API_TOKEN':
      return member(tokenHash, address, store, now);
    case 'AGENT_SESSION':
      return agent(tokenHash, address, store, now);
    case 'INSTALLATION':
      return isSame(tokenHash, store.installationTokenHash()) ? { kind: 'INSTALLATION' } : null;
  }
}

function member(
  tokenHash: string,
  address: string | null,
  { queries }: CredentialStore,
  now: number,
): RequestPrincipal | null {
  const token = queries.tokenByHash(tokenHash);
  if (token === undefined || isPast(token.expiresAt, now)) return null;
  if (!isWithin(token.addressRanges, address)) return null;
  const { organizationId, userId, tokenId, scopes } = token;
  return { kind: 'MEMBER', organizationId, userId, tokenId, scopes };
}

function agent(
  sessionHash: string,
  address: string | null,
  store: CredentialStore,
  now: number,
): RequestPrincipal | null {
  const session = store.agentSession(sessionHash);
  if (session === undefined || isPast(session.expiresAt, now)) return null;
  // What sessions are kept for was given to them by the writer, which knows its ids.
  const organizationId = session.organizationId as OrganizationId;
  const agentId = session.agentId as AgentId;
  const keyId = session.keyId as AgentKeyId;
  const key = store.queries.get(organizationId, 'agentKey', keyId);
  if (key === undefined || agentKeyState(key, now) !== 'ACTIVE') return null;
  if (!isWithin(key.addressRanges, address)) return null;
  const registered = store.queries.get(organizationId, 'agent', agentId);
  if (registered?.ended !== null) return null;
  return {
    kind: 'AGENT',
    organizationId,
    agentId,
    keyId,
    sessionHash,
    expiresAt: session.expiresAt,
  };
}

function isSame(hash: string, expected: string | undefined): boolean {
  if (expected?.length !== hash.length) return false;
  return timingSafeEqual(Buffer.from(hash), Buffer.from(expected));
}

function isPast(expiresAt: number | null, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function isWithin(ranges: readonly string[], address: string | null): boolean {
  if (ranges.length === 0) return true;
  return address !== null && new AddressRanges(ranges).contains(address);
}
