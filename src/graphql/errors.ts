import { GraphQLError } from 'graphql';

/**
 * Every `extensions.code` of a top-level error, and what it tells the client. The codes are part of
 * the API's contract: they are added to, never renamed.
 */
export const ERROR_CODES = {
  UNAUTHENTICATED: 'No valid credential came with the request.',
  FORBIDDEN: 'The credential may not do this.',
  AGENT_AUTH_FAILED: 'An agent did not prove who it is. The reason is never told.',
  BAD_USER_INPUT: 'An argument or variable is malformed; `extensions.fields` says which.',
  BAD_REQUEST: 'The HTTP request is no GraphQL request.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL, or too long.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The document has no operation of the given name.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Send the document itself: hashes of documents are not kept.',
  QUERY_TOO_COMPLEX: 'The operation is too deep, too wide or too costly.',
  STALE:
    'The access ledger has not got to `atLeast` (`extensions.position` says how far it is), or it has moved on since the first page of a preview. Try again, a preview from its first page.',
  RATE_LIMITED: 'Too many requests; `extensions.retryAfter` gives the seconds to wait.',
  UNAVAILABLE: 'The server cannot answer now. Nothing was changed; try again.',
  INTERNAL: 'A fault of the server. Its log tells more under `extensions.requestId`.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** True if the text is a code that clients may see. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

/** Builds a top-level error for a resolver to throw; its HTTP status stays 200. */
export function fault(
  code: ErrorCode,
  message: string = ERROR_CODES[code],
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/**
 * Builds an error that stops a request before it executes, with an HTTP status. Never for
 * resolvers: a response that carries data must be 2xx (GraphQL over HTTP).
 */
export function rejection(code: ErrorCode, status: number, message?: string): GraphQLError {
  return new GraphQLError(message ?? ERROR_CODES[code], { extensions: { code, http: { status } } });
}
