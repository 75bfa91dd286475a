import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Commands } from '../commands/protocol';
import type { AddressRanges } from '../domain/address';
import type { RegistrationTurns, RequestContext, RequestPrincipal } from '../graphql/context';
import type { CursorSeal } from '../graphql/paging/cursor-seal';
import { RowBudget } from '../graphql/paging/row-budget';
import type { Queries } from '../views/queries';
import type { Attempts } from './attempts';
import { authenticate, type CredentialStore } from './authentication';
import { clientAddress } from './client-address';
import { sendError } from './errors';
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

/** What the GraphQL endpoint needs. */
export interface GraphqlParts {
  readonly apollo: ApolloServer<RequestContext>;
  readonly queries: Queries;
  readonly commands: Commands;
  readonly credentials: Omit<CredentialStore, 'queries'>;
  readonly sightings: Sightings;
  readonly metrics: Metrics;
  readonly clock: { readonly now: () => number };
  readonly registrations: RegistrationTurns;
  readonly cursors: CursorSeal;
  readonly failedAuthentications: Attempts;
  readonly proxies: AddressRanges;
  readonly audience: () => string;
}

const ANONYMOUS: RequestPrincipal = { kind: 'ANONYMOUS' };

/** Serves `/graphql`. Credentials are judged before the body is read. */
export function serveGraphql(app: FastifyInstance, parts: GraphqlParts): void {
  app.addHook('onRequest', async (request, reply) => {
    await identify(request, reply, parts);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    done(null, reply.statusCode >= 400 ? withRequestId(payload, request.id) : payload);
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: fastifyApolloHandler(parts.apollo, {
      context: (request) => Promise.resolve(contextOf(request, parts)),
    }),
  });
  app.route({
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'],
    url: '/graphql',
    handler: (_request, reply) =>
      sendError(reply.header('allow', 'GET, POST'), 405, 'BAD_REQUEST', 'Use POST.'),
  });
}

async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: GraphqlParts,
): Promise<void> {
  const { credentials, metrics, queries, sightings } = parts;
  const now = parts.clock.now();
  const forwardedFor = request.headers['x-forwarded-for']?.toString();
  request.source = clientAddress(request.socket.remoteAddress, forwardedFor, parts.proxies);
  const store = { ...credentials, queries };
  const principal = authenticate(request.headers.authorization, request.source, store, now);
  metrics.authentication(principal?.kind ?? 'REFUSED');
  if (principal === null) {
    await refuse(request, reply, parts);
    return;
  }
  request.principal = principal;
  if (principal.kind === 'MEMBER') sightings.note(principal.tokenId, now);
}

// A good credential is never held up by the bad ones of others behind the same address.
async function refuse(
  { source }: FastifyRequest,
  reply: FastifyReply,
  { failedAuthentications }: GraphqlParts,
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

function contextOf(request: FastifyRequest, parts: GraphqlParts): RequestContext {
  return {
    requestId: request.id,
    principal: request.principal ?? ANONYMOUS,
    sourceAddress: request.source,
    queries: parts.queries,
    commands: parts.commands,
    agents: {
      seen: (agentId) => {
        parts.sightings.note(agentId, parts.clock.now());
      },
    },
    clock: parts.clock,
    registrations: parts.registrations,
    rows: new RowBudget(),
    cursors: parts.cursors,
    audience: parts.audience(),
  };
}

/** Errors that end a request before it is an operation do not have its id yet. */
function withRequestId(payload: unknown, requestId: string): unknown {
  if (typeof payload !== 'string') return payload;
  const body = JSON.parse(payload) as { readonly errors?: readonly { extensions?: object }[] };
  if (body.errors === undefined) return payload;
  const errors = body.errors.map((error) => ({
    ...error,
    extensions: { ...error.extensions, requestId },
  }));
  return JSON.stringify({ ...body, errors });
}
