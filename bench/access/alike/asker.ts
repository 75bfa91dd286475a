import { randomBytes } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import type { RequestContext } from '../../../src/graphql/context';
import { CursorSeal } from '../../../src/graphql/paging/cursor-seal';
import { createSchema } from '../../../src/graphql/schema';
import { createApollo } from '../../../src/graphql/server';
import { Asker as AuthzenAsker, askerOf } from '../../../src/http/authzen/asker';
import { AuthzenFault } from '../../../src/http/authzen/faults';
import { PageTokens } from '../../../src/http/authzen/page-token';
import { answerSearch } from '../../../src/http/authzen/searches';
import { answerOne } from '../../../src/http/authzen/evaluations';
import type { SearchKind } from '../../../src/http/authzen/search';
import { QUESTIONS } from '../../../src/questions/long-questions';
import type { Answer, Questions, Registry } from '../../../src/questions/registry';
import type { Queries } from '../../../src/views/queries';
import type { BenchService } from '../organization';
import { readOnlyContext } from '../read-only-context';
import type { Side } from './folder';

/** Somebody who asks, in this process: whatever a request costs besides would hide the difference. */
export interface BenchAsker {
  readonly service: BenchService;
  readonly side: Side;
  readonly queries: Queries;
  /** The same for all questions, so that the answers are. */
  readonly now: number;
  readonly graphql: (query: string, variables: object) => Promise<string>;
  readonly evaluation: (body: object) => Promise<string>;
  readonly search: (kind: SearchKind, body: object) => Promise<string>;
}

/** Makes askers who share one GraphQL server. */
export async function askersOf(
  queries: Queries,
): Promise<(side: Side, service: BenchService) => BenchAsker> {
  const now = Date.now();
  const apollo = createApollo(createSchema(), {
    introspection: false,
    logger: {
      error: (fields) => {
        throw new Error(JSON.stringify(fields));
      },
    },
  });
  await apollo.start();
  const cursors = new CursorSeal(randomBytes);
  const questions = inThisThread(QUESTIONS, queries, now);
  const tokens = new PageTokens(randomBytes(32));
  return (side, service) => {
    const { organizationId } = side;
    const by = { kind: 'MEMBER', organizationId, ...service } as const;
    const context = (): RequestContext =>
      readOnlyContext({
        ...{ principal: by, sourceAddress: '127.0.0.1', queries, questions, cursors },
        clock: { now: () => now },
      });
    const authzen = (): AuthzenAsker => new AuthzenAsker(askerOf({ principal: by }), queries, now);
    return {
      ...{ service, side, queries, now },
      graphql: async (query, variables) => {
        const { body } = await apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: {
            method: 'POST',
            headers: new HeaderMap([['content-type', 'application/json']]),
            search: '',
            body: { query, variables },
          },
          context: () => Promise.resolve(context()),
        });
        if (body.kind !== 'complete') throw new Error('the answer came in parts');
        return body.string;
      },
      evaluation: (body) => told(() => answerOne(authzen(), { ...body })),
      search: (kind, body) =>
        told(() => answerSearch(kind, authzen(), { ...body }, { questions, tokens })),
    };
  };
}

/** An answer, or what the asker is told instead. */
async function told(answer: () => Promise<object> | object): Promise<string> {
  try {
    return JSON.stringify(await answer());
  } catch (error) {
    if (error instanceof AuthzenFault) return error.message;
    throw error;
  }
}

/** Answers long questions at once: the reader's thread would add what passing messages takes. */
function inThisThread<R extends Registry>(
  registry: R,
  queries: Queries,
  now: number,
): Questions<R> {
  return {
    ask: (name, by, told) =>
      new Promise((resolve) => {
        resolve(registry[name]?.({ queries, now }, by, told) as Answer<R[typeof name]>);
      }),
  };
}
