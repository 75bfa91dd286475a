/** A request that is late is found within this part of the time that it had. */
const CHECKS = 6;

/**
 * How long a client may take to send a whole request, for Fastify. The headers get as long: where Node
 * is told to wait longer for them than for the request, it takes the one for the other, and looks only
 * twice a minute.
 */
export function timeouts(requestMs: number) {
  return {
    requestTimeout: requestMs,
    http: {
      headersTimeout: requestMs,
      connectionsCheckingInterval: Math.ceil(requestMs / CHECKS),
    },
  };
}
