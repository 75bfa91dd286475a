import type { IncomingMessage } from 'node:http';

const ACCEPTED = /^[!-~]{1,128}$/u;

/**
 * The request's id: the one that the client gave, if it is printable ASCII without spaces and at
 * most 128 characters long, else a new one. It names the request in the log and in the ledger.
 */
export function requestId(request: IncomingMessage, newId: () => string): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED.test(given) ? given : newId();
}
