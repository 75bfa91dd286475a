import Fastify from 'fastify';
import mercurius from 'mercurius';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { RequestContext } from '../../../src/graphql/context';
import { CursorSeal } from '../../../src/graphql/paging/cursor-seal';
import { createSchema } from '../../../src/graphql/schema';
import { authenticate } from '../../../src/http/authentication';
import type { BenchFolder } from '../make-folder';
import { openQueries } from '../open-queries';
import { readOnlyContext } from '../read-only-context';

/**
 * The same schema, resolvers and data by the fastest GraphQL server for Node that is widely used,
 * with compiled operations. It knows who asks, and does nothing else that Palisade does with a
 * request: no limits of documents, no masking of errors, no metrics, no log, no headers.
 */
const folder = JSON.parse(process.argv[2] ?? '{}') as Pick<BenchFolder, 'path' | 'viewsNumber'>;
const { queries } = openQueries(folder, resolve(__dirname, '../../../migrations'));
const cursors = new CursorSeal(randomBytes);
const credentials = {
  queries,
  agentSession: () => undefined,
  installationTokenHash: () => undefined,
};

async function main(): Promise<void> {
  const app = Fastify();
  await app.register(mercurius, {
    schema: createSchema(),
    jit: 1,
    context: (request): RequestContext => {
      const { authorization } = request.headers;
      const principal = authenticate(authorization, request.ip, credentials, Date.now());
      if (principal === null) throw new Error('the credential is not known');
      return readOnlyContext({
        ...{ principal, sourceAddress: request.ip, queries, cursors, clock: { now: Date.now } },
        questions: { ask: () => Promise.reject(new Error('there is no reader')) },
      });
    },
  });
  console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
}

process.on('SIGTERM', () => process.exit());
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
