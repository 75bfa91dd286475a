import { randomBytes } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import type { Command, Commands, Outcome } from '../../../src/commands/protocol';
import type { RequestContext, RequestPrincipal } from '../../../src/graphql/context';
import { CursorSeal } from '../../../src/graphql/paging/cursor-seal';
import { RowBudget } from '../../../src/graphql/paging/row-budget';
import { createSchema } from '../../../src/graphql/schema';
import { createApollo } from '../../../src/graphql/server';
import { QUESTIONS } from '../../../src/questions/long-questions';
import { MemoryOrganization } from '../memory-organization';
import { localQuestions } from '../questions/local-questions';
import { memoryQueries } from './memory-queries';

export const AUDIENCE = 'https://palisade.test/agent-auth';

interface ApiError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface ApiAnswer {
  readonly status: number;
  // What comes back is what the assertions are about.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly ApiError[];
}

/** The whole GraphQL server in this process, over one organization in memory. */
export class MemoryApi {
  readonly organization = new MemoryOrganization();
  /** Commands that were sent. */
  readonly commands: Command[] = [];
  /** What the log was told of. */
  readonly faults: object[] = [];
  /** How many more registrations are let through. */
  registrationsLeft = Number.POSITIVE_INFINITY;
  /** What the limits were told of registrations: what became of which claimed key. */
  readonly registrations: (readonly ['began' | 'succeeded' | 'failed', string | null])[] = [];
  /** Agents noted as seen. */
  readonly seen: string[] = [];
  readonly #apollo = createApollo(createSchema(), {
    introspection: true,
    logger: { error: (fields) => this.faults.push(fields) },
  });
  readonly #cursors = new CursorSeal(randomBytes);
  #requests = 0;

  async start(): Promise<void> {
    await this.#apollo.start();
  }

  async stop(): Promise<void> {
    await this.#apollo.stop();
  }

  /** Sends one operation as it would come over HTTP. */
  async ask(
    principal: RequestPrincipal,
    query: string,
    variables: object = {},
    changes: Partial<RequestContext> = {},
  ): Promise<ApiAnswer> {
    const response = await this.#apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: { query, variables },
      },
      context: () => Promise.resolve({ ...this.#context(principal), ...changes }),
    });
    if (response.body.kind !== 'complete') throw new Error('the answer came in parts');
    const body = JSON.parse(response.body.string) as Partial<ApiAnswer>;
    return { status: response.status ?? 200, data: body.data ?? null, errors: body.errors ?? [] };
  }

  #context(principal: RequestPrincipal): RequestContext {
    this.#requests += 1;
    return {
      requestId: `request-${this.#requests}`,
      principal,
      sourceAddress: '192.0.2.1',
      queries: memoryQueries(this.organization),
      commands: this.#writer,
      questions: localQuestions(QUESTIONS, () => ({
        queries: memoryQueries(this.organization),
        now: this.organization.world.now,
      })),
      agents: { seen: (agentId) => this.seen.push(agentId) },
      clock: { now: () => this.organization.world.now },
      registrations: {
        begin: (_address, claimed) => {
          this.registrationsLeft -= 1;
          const granted = this.registrationsLeft >= 0;
          this.registrations.push(['began', claimed]);
          return Promise.resolve(granted ? { granted } : { granted, retryAfterMs: 1500 });
        },
        succeeded: (_address, claimed) => this.#ended('succeeded', claimed),
        failed: (_address, claimed) => this.#ended('failed', claimed),
      },
      rows: new RowBudget(),
      cursors: this.#cursors,
      audience: AUDIENCE,
    };
  }

  #ended(how: 'succeeded' | 'failed', claimed: string): Promise<void> {
    this.registrations.push([how, claimed]);
    return Promise.resolve();
  }

  readonly #writer: Commands = {
    submit: (command) => {
      this.commands.push(command);
      return Promise.resolve(this.#run(command));
    },
  };

  #run({ caller, mutation, input }: Command): Outcome {
    if (mutation === 'agentHeartbeat') throw new RangeError('a heartbeat is no command');
    const tried = this.organization.try(caller, mutation, input);
    if (tried.kind !== 'DONE') return tried;
    const { position } = this.organization.world.facts.moment;
    const { ids, secret = null } = tried;
    return { kind: 'DONE', position, ids, secret, repeated: false };
  }
}
