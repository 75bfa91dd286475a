import { join } from 'node:path';
import type * as authorizeModule from '../../../src/commands/authorize';
import type * as callerModule from '../../../src/commands/caller';
import type * as engineModule from '../../../src/access/engine';
import type * as handlersModule from '../../../src/commands/handlers';
import type { MutationName } from '../../../src/access/operations';
import type { Handler } from '../../../src/commands/handler';
import type { Caller } from '../../../src/commands/protocol';
import type { IdPrefix } from '../../../src/domain/id';
import type { UserId } from '../../../src/domain/id';
import { isRefusal } from '../../../src/domain/refusal';
import type { MemoryWorld } from '../memory-world';
import type { Build } from '../mutants/build';

/** What one command came to: the world after it, and the ids it answers with. */
export interface Step {
  readonly world: MemoryWorld;
  readonly ids: Readonly<Record<string, string | null>>;
}

/**
 * The compiled program, or a mutant of it: lets a caller try a mutation exactly as the writer
 * would (identify, scopes, authorize, decide), on a world in memory that can be branched.
 */
export class Program {
  readonly #caller: typeof callerModule;
  readonly #authorize: typeof authorizeModule;
  readonly #handlers: Readonly<Record<string, Handler<never>>>;
  readonly #engine: typeof engineModule;
  #ids = 0;

  constructor({ root }: Build) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const load = (path: string): unknown => require(join(root, 'dist', path));
    this.#caller = load('commands/caller') as typeof callerModule;
    this.#authorize = load('commands/authorize') as typeof authorizeModule;
    this.#engine = load('access/engine') as typeof engineModule;
    const handlers = load('commands/handlers') as typeof handlersModule;
    this.#handlers = handlers.HANDLERS;
  }

  /** Begins again with the first id, so that an organization is the same each time it is made. */
  restartIds(): void {
    this.#ids = 0;
  }

  /** The world after the mutation, or why not. */
  try(world: MemoryWorld, caller: Caller, mutation: MutationName, input: object): Step | string {
    const identified = this.#caller.identify(caller, world);
    if (identified === undefined) return 'UNAUTHENTICATED';
    const { principal, actor } = identified;
    if (this.#authorize.checkScopes(principal, mutation) !== undefined) return 'OUTSIDE_SCOPE';
    const handler = this.#handlers[mutation];
    if (handler === undefined) throw new RangeError(`no handler of ${mutation}`);
    const asks = handler.asks(input as never, world, caller);
    if (isRefusal(asks)) return asks.code;
    const denied = this.#authorize.authorize(world, principal, asks);
    if (denied !== undefined) return denied.code;
    const plan = handler.decide(input as never, world, {
      caller,
      newId: (prefix) => this.#newId(prefix) as never,
      newSecret: () => 'secret',
    });
    if (isRefusal(plan)) return plan.code;
    return { world: world.after(plan.events, actor), ids: plan.ids };
  }

  userMay(
    world: MemoryWorld,
    userId: UserId,
    action: 'pipeline:build' | 'queue:reach',
    id: string,
  ): boolean {
    const principal = { kind: 'user', id: userId, scopes: null } as const;
    return this.#engine.decide(world.facts, { principal, action, resource: id }).allowed;
  }

  pipelineMayRun(world: MemoryWorld, pipelineId: string, queueId: string, branch: string): boolean {
    const principal = { kind: 'pipeline', id: pipelineId as `pip_${string}` } as const;
    const question = { principal, action: 'queue:run', resource: queueId, branch } as const;
    return this.#engine.decide(world.facts, question).allowed;
  }

  #newId(prefix: IdPrefix): string {
    this.#ids += 1;
    return `${prefix}_${this.#ids.toString(16).padStart(26, '0')}`;
  }
}
