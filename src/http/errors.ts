import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { ERROR_CODES, type ErrorCode } from '../graphql/errors';
import type { HttpLog } from './log';

/** What answers a request that never became a GraphQL operation, in GraphQL's own shape. */
export interface ErrorBody {
  readonly errors: readonly [
    { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> },
  ];
}

/** Answers with one error. The request's id is in it, as in every other error. */
export function sendError(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string = ERROR_CODES[code],
  extensions: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  const requestId = reply.request.id;
  const body: ErrorBody = { errors: [{ message, extensions: { ...extensions, code, requestId } }] };
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

/** Every fault of a request that the HTTP server itself finds, by the status it gives to it. */
const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  413: 'The request body is too long.',
  415: 'The request body must be application/json.',
};

/** Has the server answer its own errors in GraphQL's shape, telling nothing of what is inside. */
export function shapeErrors(app: FastifyInstance, log: HttpLog): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 503) return sendError(reply, 503, 'UNAVAILABLE');
    if (status >= 400 && status < 500) {
      const known = status in MESSAGES ? status : 400;
      return sendError(reply, known, 'BAD_REQUEST', MESSAGES[known]);
    }
    log.error({ requestId: request.id, err: error }, 'a request met a fault');
    return sendError(reply, 500, 'INTERNAL');
  });
  app.setNotFoundHandler((_request, reply) =>
    sendError(reply, 404, 'BAD_REQUEST', 'There is nothing at this address.'),
  );
}
