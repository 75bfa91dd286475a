import Fastify, { type FastifyInstance } from 'fastify';
import { serveAuthzen, type AuthzenParts } from './authzen/routes';
import { answerClientError } from './client-error';
import { shapeErrors } from './errors';
import { serveExplorer } from './explorer';
import { serveGraphql, type GraphqlParts } from './graphql';
import { serveHealth, type Health } from './health';
import type { Stopwatch } from './instrument';
import type { HttpLog } from './log';
import type { Metrics } from './metrics';
import { requestId } from './request-id';
import { timeouts } from './timeouts';

export interface AppParts extends GraphqlParts, AuthzenParts {
  readonly log: HttpLog;
  readonly metrics: Metrics;
  readonly stopwatch: Stopwatch;
  readonly newRequestId: () => string;
  readonly health: Health;
  readonly bodyBytesMax: number;
  /** Where the explorer page was built; null for no page. */
  readonly explorerFolder: string | null;
}

/** How long a client may take to send a whole request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Assembles the server that clients and agents speak to; it does not listen yet. */
export function createApp(parts: AppParts): FastifyInstance {
  const { log, newRequestId, bodyBytesMax, explorerFolder } = parts;
  const app = Fastify({
    genReqId: (request) => requestId(request, newRequestId),
    requestIdHeader: false,
    clientErrorHandler: answerClientError(newRequestId),
    bodyLimit: bodyBytesMax,
    ...timeouts(REQUEST_TIMEOUT_MS),
    forceCloseConnections: 'idle',
    // What still comes over an open connection is answered, and the connection with it ended.
    return503OnClosing: false,
    exposeHeadRoutes: false,
  });
  // JSON only: what a form of another site may send without asking is refused as a media type.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('principal', null);
  app.decorateRequest('source', null);
  shapeErrors(app, log);
  setHeaders(app);
  recordRequests(app, parts);
  serveHealth(app, parts.health);
  endConnections(app, parts.health);
  void app.register((scope, _options, done) => {
    serveGraphql(scope, parts);
    done();
  });
  serveAuthzen(app, parts);
  if (explorerFolder !== null) serveExplorer(app, explorerFolder);
  return app;
}

function setHeaders(app: FastifyInstance): void {
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
}

/** While the server stops, each connection ends with the answer that it waits for. */
function endConnections(app: FastifyInstance, health: Health): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (health.draining) reply.header('connection', 'close');
    done(null, payload);
  });
}

/** One line for each request, without its query, its headers and its body: they hold secrets. */
function recordRequests(app: FastifyInstance, { metrics, log }: AppParts): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const { elapsedTime } = reply;
    metrics.request(route, reply.statusCode, elapsedTime / 1000);
    log.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        elapsedMs: Math.round(elapsedTime * 10) / 10,
        principal: request.principal?.kind,
        source: request.source,
      },
      'request',
    );
    done();
  });
}
