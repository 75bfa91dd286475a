import type { FastifyInstance } from 'fastify';

/** Whether requests should come here, and what is in the way. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/**
 * `/healthz` answers as long as the process does, and touches no file. `/readyz` answers 503 while
 * requests had better go elsewhere.
 */
export function serveHealth(app: FastifyInstance, readiness: () => Readiness): void {
  app.get('/healthz', () => ({ alive: true }));
  app.get('/readyz', (_request, reply) => {
    const answer = readiness();
    return reply.code(answer.ready ? 200 : 503).send(answer);
  });
}
