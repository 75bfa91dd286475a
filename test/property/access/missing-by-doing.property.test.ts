import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decide } from '../../../src/access/engine';
import { missing } from '../../../src/access/missing';
import { CHANGE_KINDS, type Change } from '../../../src/access/missing/change';
import { mutationsFor } from '../../../src/access/missing/mutation';
import type { Question } from '../../../src/access/question';
import type { OrganizationId, UserId } from '../../../src/domain/id';
import { questionsAbout } from '../../support/access/questions-about';
import { openTestEngine, type MemberCaller, type TestEngine } from '../../support/engine';
import { Known } from '../../support/random-commands/known';
import { PRELUDE, WISH_NAMES, type Step } from '../../support/random-commands/random-command';
import { runSteps } from '../../support/random-commands/run-steps';

jest.setTimeout(300_000);

/** So many sets of an organization are carried out: of shapes that did not come up before. */
const SETS_DONE = 16;

const step: fc.Arbitrary<Step> = fc.record({
  wish: fc.constantFrom(...WISH_NAMES),
  seed: fc.nat(),
});

/** A set of changes and what it is said to allow. */
interface Trial {
  readonly question: Question;
  readonly set: readonly Change[];
}

/** An ADMIN with a fresh token, made on the host. */
async function anAdmin(engine: TestEngine, organizationId: OrganizationId): Promise<MemberCaller> {
  const { facts } = engine.world(organizationId);
  const userId = facts.on(organizationId, 'member', 'ADMIN')[0]?.subject as UserId;
  const outcome = await engine.run({
    mutation: 'apiTokenCreate',
    caller: { kind: 'HOST', organizationId },
    input: { userId, scopes: ['read', 'write'] },
  });
  if (outcome.kind !== 'DONE') throw new Error(JSON.stringify(outcome));
  return { kind: 'MEMBER', organizationId, ...outcome.ids } as MemberCaller;
}

/** Sets of shapes that are new, evenly from the small ones to the large. */
function trialsOf(engine: TestEngine, id: OrganizationId, seen: Set<string>): readonly Trial[] {
  const { facts } = engine.world(id);
  const found = new Map<string, Trial>();
  for (const question of questionsAbout(facts)) {
    const lacks = missing(facts, question);
    for (const { shape, sets } of lacks?.fixable === true ? lacks.groups : []) {
      const [key, set] = [`${question.action} ${shape}`, sets.at(-1)];
      if (set !== undefined && !seen.has(key)) found.set(key, { question, set });
    }
  }
  const bySize = [...found].sort(([, a], [, b]) => a.set.length - b.set.length);
  const stride = Math.max(1, bySize.length / SETS_DONE);
  const chosen = bySize.filter(
    (_, at) => Math.floor(at / stride) !== Math.floor((at - 1) / stride),
  );
  for (const [key] of chosen) seen.add(key);
  return chosen.map(([, trial]) => trial);
}

/** Whether it is allowed after the changes, as far as they are not refused, in a copy of the data. */
async function allowedAfter(
  folder: string,
  admin: MemberCaller,
  instant: number,
  { question, set }: Trial,
): Promise<{ readonly allowed: boolean; readonly refused: readonly string[] }> {
  const copy = mkdtempSync(join(tmpdir(), 'palisade-missing-'));
  cpSync(folder, copy, { recursive: true });
  const engine = await openTestEngine({ folder: copy });
  try {
    engine.instant = instant;
    const refused: string[] = [];
    for (const { mutation, input } of set.flatMap(mutationsFor)) {
      const outcome = await engine.run({ mutation, caller: admin, input });
      if (outcome.kind !== 'DONE') refused.push(JSON.stringify({ mutation, input, outcome }));
    }
    const { facts } = engine.world(admin.organizationId);
    return { allowed: decide(facts, question).allowed, refused };
  } finally {
    engine.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

test('carried out by an ADMIN, each set allows it, and with one change less it does not', async () => {
  const shapes = new Set<string>();
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }),
      async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), 'palisade-missing-'));
        try {
          const engine = await openTestEngine({ folder });
          const founder = await engine.found('random');
          const known = new Known(founder);
          for (const prepared of [...PRELUDE, ...steps]) await runSteps(engine, known, [prepared]);
          const admin = await anAdmin(engine, founder.organizationId);
          const trials = trialsOf(engine, founder.organizationId, shapes);
          const { instant } = engine;
          engine.close();
          for (const { question, set } of trials) {
            const all = await allowedAfter(folder, admin, instant, { question, set });
            expect({ question, set, ...all }).toMatchObject({ allowed: true, refused: [] });
            for (const left of set) {
              const less = set.filter((change) => change !== left);
              const { allowed } = await allowedAfter(folder, admin, instant, {
                question,
                set: less,
              });
              expect({ question, less, allowed }).toMatchObject({ allowed: false });
            }
            for (const { kind } of set) done.add(kind);
          }
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
  expect(CHANGE_KINDS.filter((kind) => !done.has(kind))).toEqual([]);
});
