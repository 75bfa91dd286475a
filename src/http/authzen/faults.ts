import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { ERROR_CODES } from '../../graphql/errors';
import { QuestionFault, type QuestionFaultCode } from '../../questions/questions';
import type { SendError } from '../identify';
import type { HttpLog } from '../log';

/** A request that is not answered; the message is for whoever sent it. */
export class AuthzenFault extends Error {
  override readonly name = 'AuthzenFault';

  constructor(
    readonly status: 400 | 403 | 413 | 503,
    message: string,
  ) {
    super(message);
  }
}

/** The fault of a request, or of a part of it, that is malformed. */
export function malformed(message: string): AuthzenFault {
  return new AuthzenFault(400, message);
}

/** Answers with a message, as AuthZEN has its errors: a JSON string. */
export function sendMessage(reply: FastifyReply, status: number, message: string): FastifyReply {
  const text = JSON.stringify(message);
  return reply.code(status).type('application/json').send(text);
}

export const sendErrorMessage: SendError = (reply, status, code, message = ERROR_CODES[code]) =>
  sendMessage(reply, status, message);

const STATUS: Readonly<Record<QuestionFaultCode, 400 | 403 | 503>> = {
  BAD_USER_INPUT: 400,
  FORBIDDEN: 403,
  QUERY_TOO_COMPLEX: 400,
  STALE: 503,
  UNAVAILABLE: 503,
};

/** Every fault that the HTTP server itself finds, by the status it gives to it. */
const MESSAGES: Readonly<Record<number, string>> = {
  413: 'The request body is too long.',
  503: ERROR_CODES.UNAVAILABLE,
};

/** Has every error of the scope answered as AuthZEN says, telling nothing of what is inside. */
export function answerFaults(scope: FastifyInstance, log: HttpLog): void {
  scope.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof AuthzenFault) return answer(reply, error.status, error.message);
    if (error instanceof QuestionFault) return answer(reply, STATUS[error.code], error.message);
    const status = error.statusCode ?? 500;
    const known = MESSAGES[status];
    if (known !== undefined) return answer(reply, status, known);
    if (status === 415) return sendMessage(reply, 400, 'The body must be application/json.');
    if (status >= 400 && status < 500) return sendMessage(reply, 400, 'The request is malformed.');
    log.error({ requestId: request.id, err: error }, 'a request met a fault');
    return sendMessage(reply, 500, ERROR_CODES.INTERNAL);
  });
}

function answer(reply: FastifyReply, status: number, message: string): FastifyReply {
  if (status === 503) reply.header('retry-after', 1);
  return sendMessage(reply, status, message);
}
