import { join } from 'node:path';
import type * as engineModule from '../../../src/access/engine';
import type * as handlersModule from '../../../src/commands/handlers';
import type * as judgeModule from '../../../src/commands/judge';
import type { MutationName } from '../../../src/access/operations';
import type { Caller } from '../../../src/commands/protocol';
import type { IdPrefix } from '../../../src/domain/id';
import type { UserId } from '../../../src/domain/id';
import type { MemoryWorld } from '../memory-world';
import type { Build } from '../mutants/build';

/** What one command came to: the world after it, and the ids it answers with. */
export interface Step {
  readonly world: MemoryWorld;
  readonly ids: Readonly<Record<string, string | null>>;
}

/** No name is taken and no assertion used: organizations here are alone. */
const NOTHING_CLAIMED: Parameters<typeof judgeModule.judge>[3] = {
  names: { owner: () => undefined },
  assertions: { has: () => false },
  leakedKeys: { has: () => false },
};

/**
 * The compiled program, or a mutant of it: lets a caller try a mutation exactly as the writer
 * would, up to the writing, on a world in memory that can be branched.
 */
export class Program {
  readonly #judge: typeof judgeModule;
  readonly #parts: judgeModule.JudgeParts;
  readonly #engine: typeof engineModule;
  #ids = 0;

  constructor({ root }: Build) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const load = (path: string): unknown => require(join(root, 'dist', path));
    this.#judge = load('commands/judge') as typeof judgeModule;
    this.#engine = load('access/engine') as typeof engineModule;
    const handlers = load('commands/handlers') as typeof handlersModule;
    this.#parts = {
      handlers: handlers.HANDLERS,
      newId: (prefix) => this.#newId(prefix) as never,
      newSecret: () => 'secret',
    };
  }

  /** Begins again with the first id, so that an organization is the same each time it is made. */
  restartIds(): void {
    this.#ids = 0;
  }

  /** The world after the mutation, or why not. */
  try(world: MemoryWorld, caller: Caller, mutation: MutationName, input: object): Step | string {
    const wish = { caller, mutation, input: { ...input } };
    const admitted = this.#judge.admit(wish, world);
    if ('kind' in admitted) return admitted.code;
    const judged = this.#judge.judge(wish, admitted, world, NOTHING_CLAIMED, this.#parts);
    if (judged.kind === 'REFUSED') return judged.refusal.code;
    if (judged.kind === 'FAULT') return judged.code;
    const { plan } = judged;
    return { world: world.after(plan.events, admitted.actor), ids: plan.ids };
  }

  userMay(
    world: MemoryWorld,
    userId: UserId,
    action: 'pipeline:build' | 'queue:reach' | 'cluster:manage',
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
