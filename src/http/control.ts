import Fastify, { type FastifyInstance } from 'fastify';
import {
  HostRefusal,
  TASK_PATHS,
  type AdminChoice,
  type HostTasks,
  type ViewsChoice,
} from './host-tasks';
import type { HttpLog } from './log';

const text = { type: 'string', maxLength: 100 };
const viewsNumber = { type: 'integer', minimum: 1, maximum: 999_999_999 };

/**
 * Assembles the control channel: HTTP on a socket in the data folder. It asks for no credential, as
 * whoever can open the socket could open the database files just as well.
 */
export function createControl(tasks: HostTasks, log: HttpLog): FastifyInstance {
  const app = Fastify({ bodyLimit: 10_000 });
  app.post<{ Body: AdminChoice }>(
    TASK_PATHS.adminToken,
    bodyOf({ organization: text, member: text }),
    ({ body }) => tasks.adminToken(body),
  );
  app.post(TASK_PATHS.installationToken, bodyOf({}), () => tasks.installationToken());
  app.post<{ Body: ViewsChoice }>(
    TASK_PATHS.adoptViews,
    bodyOf({ viewsNumber }, ['viewsNumber']),
    ({ body }) => tasks.adoptViews(body),
  );
  app.addHook('preHandler', (request, _reply, done) => {
    log.warn({ task: request.routeOptions.url }, 'a task of the host');
    done();
  });
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    if (error instanceof HostRefusal) return reply.code(409).send({ error: error.message });
    if (error.statusCode === 400) return reply.code(400).send({ error: error.message });
    log.error({ err: error }, 'a task of the host met a fault');
    return reply.code(500).send({ error: 'The server met a fault; its log tells more.' });
  });
  return app;
}

function bodyOf(
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = [],
): { readonly schema: object } {
  return {
    schema: { body: { type: 'object', properties, required, additionalProperties: false } },
  };
}
