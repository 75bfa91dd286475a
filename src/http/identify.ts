import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AddressRanges } from '../domain/address';
import type { RequestPrincipal } from '../graphql/context';
import type { ErrorCode } from '../graphql/errors';
import type { Queries } from '../views/queries';
import type { Attempts } from './attempts';
import { authenticate, type CredentialStore } from './authentication';
import { clientAddress } from './client-address';
import type { Metrics } from './metrics';
import type { Sightings } from './sightings';
import { sourceOf } from './source';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the request; null until that is known. */
    principal: RequestPrincipal | null;
    /** The client's address, canonical; null until it is known, and if it cannot be. */
    source: string | null;
  }
}

/** What it takes to know who sends a request. */
export interface IdentityParts {
  readonly queries: Queries;
  readonly credentials: Omit<CredentialStore, 'queries'>;
  readonly sightings: Sightings;
  readonly metrics: Metrics;
  readonly clock: { readonly now: () => number };
  readonly failedAuthentications: Attempts;
  readonly proxies: AddressRanges;
}

/** Answers with an error in the shape of whoever is spoken to. */
export type SendError = (
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message?: string,
  extensions?: Readonly<Record<string, unknown>>,
) => FastifyReply;

/** Finds out who sends each request of the scope, before its body is read; refuses bad credentials. */
export function identifyCallers(
  scope: FastifyInstance,
  parts: IdentityParts,
  sendError: SendError,
): void {
  scope.addHook('onRequest', (request, reply, done) => {
    if (identify(request, parts)) done();
    else refuse(request, reply, parts, sendError).catch(done);
  });
}

/** Notes who sends the request; false for a bad credential. */
function identify(request: FastifyRequest, parts: IdentityParts): boolean {
  const { credentials, metrics, queries, sightings } = parts;
  const now = parts.clock.now();
  const forwardedFor = request.headers['x-forwarded-for']?.toString();
  request.source = clientAddress(request.socket.remoteAddress, forwardedFor, parts.proxies);
  const store = { ...credentials, queries };
  const principal = authenticate(request.headers.authorization, request.source, store, now);
  metrics.authentication(principal?.kind ?? 'REFUSED');
  request.principal = principal;
  if (principal?.kind === 'MEMBER') sightings.note(principal.tokenId, now);
  return principal !== null;
}

// A good credential is never held up by the bad ones of others behind the same address.
async function refuse(
  { source }: FastifyRequest,
  reply: FastifyReply,
  { failedAuthentications }: IdentityParts,
  sendError: SendError,
): Promise<void> {
  const turn = await failedAuthentications.take(sourceOf(source));
  if (turn.granted) {
    await sendError(reply.header('www-authenticate', 'Bearer'), 401, 'UNAUTHENTICATED');
    return;
  }
  const retryAfter = Math.ceil(turn.retryAfterMs / 1000);
  const message = 'Too many bad credentials came from this address.';
  await sendError(reply.header('retry-after', retryAfter), 429, 'RATE_LIMITED', message, {
    retryAfter,
  });
}
