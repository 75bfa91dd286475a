import Fastify, { type FastifyInstance } from 'fastify';
import type { Metrics } from './metrics';

/** Assembles the server of `/metrics`, apart from the one that strangers reach. */
export function createMetricsApp(metrics: Metrics): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.render()),
  );
  return app;
}
