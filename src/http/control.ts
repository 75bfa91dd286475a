import Fastify, { type FastifyInstance } from 'fastify';
import type { HttpLog } from './log';

/** What whoever holds the host may ask a running server for. Rejects with HostRefusal. */
export interface HostTasks {
  /** Makes a token for an ADMIN: of this slug's organization, of this id; both may be left out. */
  readonly adminToken: (choice: AdminChoice) => Promise<AdminToken>;
  /** Makes the installation's own token; the one before is good for nothing then. */
  readonly installationToken: () => Promise<{ readonly token: string }>;
  /** Goes over to rebuilt views. */
  readonly adoptViews: (choice: ViewsChoice) => Promise<object>;
}

export interface ViewsChoice {
  readonly viewsNumber: number;
}

export interface AdminChoice {
  readonly organization?: string | undefined;
  readonly member?: string | undefined;
}

export interface AdminToken {
  readonly organizationId: string;
  readonly userId: string;
  readonly tokenId: string;
  readonly token: string;
}

/** Why a task of the host is not done; the message is for whoever asked. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal';
}

export const TASK_PATHS = {
  adminToken: '/admin-token',
  installationToken: '/installation-token',
  adoptViews: '/adopt-views',
} as const satisfies Record<keyof HostTasks, string>;

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
