import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { identifyCallers, type IdentityParts } from '../identify';
import type { HttpLog } from '../log';
import { Asker, askerOf } from './asker';
import { answerAll, answerOne } from './evaluations';
import { answerFaults, sendErrorMessage, sendMessage } from './faults';
import { readJsonObject, type JsonObject } from './json';
import { ENDPOINTS, serveMetadata } from './metadata';
import { PageTokens } from './page-token';
import type { SearchKind } from './search';
import { answerSearch, type SearchParts } from './searches';

/** What the AuthZEN endpoints need. */
export interface AuthzenParts extends IdentityParts {
  readonly log: HttpLog;
  readonly questions: SearchParts['questions'];
  /** The URL that others reach the server by, without a slash at its end. */
  readonly publicUrl: () => string;
}

/** Serves the AuthZEN Authorization API 1.0. Nothing here has side effects. */
export function serveAuthzen(app: FastifyInstance, parts: AuthzenParts): void {
  void app.register((scope, _options, done) => {
    answerFaults(scope, parts.log);
    returnRequestId(scope);
    serveMetadata(scope, parts.publicUrl);
    void scope.register((calls, _none, ready) => {
      serveCalls(calls, parts);
      ready();
    });
    done();
  });
}

function serveCalls(scope: FastifyInstance, parts: AuthzenParts): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  identifyCallers(scope, parts, sendErrorMessage);
  // Before the body is read: a stranger's is not.
  scope.addHook('onRequest', (request, reply, done) => {
    if (request.principal?.kind !== 'ANONYMOUS') done();
    else sendErrorMessage(reply.header('www-authenticate', 'Bearer'), 401, 'UNAUTHENTICATED');
  });
  const tokens = new PageTokens(randomBytes(32));
  const askerFor = (request: FastifyRequest): Asker =>
    new Asker(askerOf(request), parts.queries, parts.clock.now());
  const decide =
    (answer: (asker: Asker, body: JsonObject) => object): RouteHandlerMethod =>
    (request, reply) =>
      sendJson(reply, answer(askerFor(request), bodyOf(request)));
  const search =
    (kind: SearchKind): RouteHandlerMethod =>
    async (request, reply) => {
      const means = { questions: parts.questions, tokens };
      return sendJson(reply, await answerSearch(kind, askerFor(request), bodyOf(request), means));
    };
  serve(scope, ENDPOINTS.access_evaluation_endpoint, decide(answerOne));
  serve(scope, ENDPOINTS.access_evaluations_endpoint, decide(answerAll));
  serve(scope, ENDPOINTS.search_subject_endpoint, search('subject'));
  serve(scope, ENDPOINTS.search_resource_endpoint, search('resource'));
  serve(scope, ENDPOINTS.search_action_endpoint, search('action'));
}

function serve(scope: FastifyInstance, path: string, handler: RouteHandlerMethod): void {
  scope.post(path, handler);
  scope.route({
    method: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'],
    url: path,
    handler: (_request, reply) => sendMessage(reply.header('allow', 'POST'), 405, 'Use POST.'),
  });
}

function sendJson(reply: FastifyReply, answer: object): FastifyReply {
  return reply.type('application/json').send(JSON.stringify(answer));
}

function bodyOf({ body }: FastifyRequest): JsonObject {
  return readJsonObject(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
}

const NOT_ASCII = /[^\x20-\x7e]/u;

/** AuthZEN has the id come back as it was given, whatever it is; the log has its own if it is strange. */
function returnRequestId(scope: FastifyInstance): void {
  scope.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['x-request-id'];
    if (typeof given === 'string') reply.header('x-request-id', given);
    done();
  });
  // Node writes headers in the encoding of a body that is text; with bytes they stay what they are.
  scope.addHook('onSend', ({ headers }, _reply, payload, done) => {
    const strange = NOT_ASCII.test(headers['x-request-id']?.toString() ?? '');
    done(null, strange && typeof payload === 'string' ? Buffer.from(payload) : payload);
  });
}
