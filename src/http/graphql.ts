import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Commands } from '../commands/protocol';
import type { RegistrationTurns, RequestContext, RequestPrincipal } from '../graphql/context';
import type { CursorSeal } from '../graphql/paging/cursor-seal';
import { RowBudget } from '../graphql/paging/row-budget';
import { sendError } from './errors';
import { identifyCallers, type IdentityParts } from './identify';

/** What the GraphQL endpoint needs. */
export interface GraphqlParts extends IdentityParts {
  readonly apollo: ApolloServer<RequestContext>;
  readonly commands: Commands;
  readonly questions: RequestContext['questions'];
  readonly registrations: RegistrationTurns;
  readonly cursors: CursorSeal;
  readonly audience: () => string;
}

const ANONYMOUS: RequestPrincipal = { kind: 'ANONYMOUS' };

/** Serves `/graphql`. Credentials are judged before the body is read. */
export function serveGraphql(app: FastifyInstance, parts: GraphqlParts): void {
  identifyCallers(app, parts, sendError);
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

function contextOf(request: FastifyRequest, parts: GraphqlParts): RequestContext {
  return {
    requestId: request.id,
    principal: request.principal ?? ANONYMOUS,
    sourceAddress: request.source,
    queries: parts.queries,
    commands: parts.commands,
    questions: parts.questions,
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
