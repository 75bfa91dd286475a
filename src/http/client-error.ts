import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorBody } from './errors';

/** What is wrong with bytes that never became a request, by the code that Node gives to it. */
const FAULTS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: [431, 'The request headers are too long.'],
};
const MALFORMED = [400, 'The request is malformed.'] as const;

/**
 * Makes the answer to bytes that are no HTTP request: in GraphQL's shape like every other error,
 * though no request is there to be logged. The connection ends with it.
 */
export function answerClientError(newRequestId: () => string) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const [status, message] = FAULTS[error.code ?? ''] ?? MALFORMED;
    const requestId = newRequestId();
    const body: ErrorBody = {
      errors: [{ message, extensions: { code: 'BAD_REQUEST', requestId } }],
    };
    const text = JSON.stringify(body);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(text)}`,
      `x-request-id: ${requestId}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy());
  };
}
