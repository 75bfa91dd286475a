import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Outcome } from '../../../src/commands/protocol';
import type { PlannedChange } from '../../../src/questions/preview-changes';
import { accessPreview, type Preview } from '../../../src/questions/preview';
import { openLedgerFile } from '../../../src/ledger/sqlite/open';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import { digestViews } from '../../../src/views/digest';
import { openTestEngine, type MemberCaller, type TestEngine } from '../../support/engine';
import { Known } from '../../support/random-commands/known';
import {
  PRELUDE,
  randomCommand,
  WISH_NAMES,
  type Step,
} from '../../support/random-commands/random-command';
import { runSteps } from '../../support/random-commands/run-steps';
import { really } from '../../support/questions/whole-difference';
import { MIGRATIONS } from '../../support/views/views-files';

jest.setTimeout(300_000);

const UNPREVIEWED = ['agentRegister', 'agentDisconnect', 'apiTokenCreate', 'apiTokenRevoke'];
const PREVIEWED = WISH_NAMES.filter((name) => !UNPREVIEWED.includes(name));
const step = (names: typeof WISH_NAMES): fc.Arbitrary<Step> =>
  fc.record({ wish: fc.constantFrom(...names), seed: fc.nat() });

/** Everything both files hold, as one text. */
function contents({ folder }: TestEngine): string {
  const reading = { migrations: MIGRATIONS, readOnly: true };
  const ledger = openLedgerFile(join(folder, 'ledger.db'), reading);
  const views = openViewsFile(viewsPath(folder, 1), reading);
  try {
    const digest = createHash('sha256').update(JSON.stringify(digestViews(views)));
    const tables = ledger
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all();
    for (const table of tables) {
      for (const row of ledger.prepare(`SELECT * FROM ${table}`).raw().iterate()) {
        digest.update(JSON.stringify(row));
      }
    }
    return digest.digest('hex');
  } finally {
    views.close();
    ledger.close();
  }
}

/** Every page of a preview by the caller, as one. */
function preview(
  { queries, instant: now }: TestEngine,
  { organizationId, userId, tokenId }: MemberCaller,
  changes: readonly PlannedChange[],
  first = 7,
): Preview {
  const scopes = queries.get(organizationId, 'apiToken', tokenId)?.scopes ?? [];
  const by = { organizationId, userId, scopes };
  const ask = (told: Pick<Parameters<typeof accessPreview>[2], 'after' | 'moment'>): Preview =>
    accessPreview({ queries, now }, by, { tokenId, changes, first, ...told });
  let page = ask({ after: null, moment: null });
  const pairs = [...(page.difference?.pairs ?? [])];
  while (page.difference?.hasNextPage === true) {
    page = ask({ after: pairs.at(-1) ?? null, moment: page.moment });
    pairs.push(...(page.difference?.pairs ?? []));
  }
  const { difference } = page;
  return { ...page, difference: difference && { ...difference, pairs } };
}

/** The ids that changes gave, by the ones that a preview gives instead. */
function madeBy(outcomes: readonly Outcome[]): ReadonlyMap<string, string> {
  return new Map(
    outcomes.flatMap((outcome, at) =>
      Object.values(outcome.kind === 'DONE' ? outcome.ids : {}).flatMap((id): [string, string][] =>
        id === null ? [] : [[`${id.slice(0, 4)}${String(at + 1).padStart(26, '0')}`, id]],
      ),
    ),
  );
}

/** Refusals with the ids that were given in the end; what they name is in no order. */
function saying(refused: unknown, made: ReadonlyMap<string, string> = new Map()): unknown {
  return JSON.parse(JSON.stringify(refused), (name, value: unknown) => {
    if (name === 'usedBy' && Array.isArray(value)) {
      return value.map((one) => JSON.stringify(one)).sort();
    }
    return typeof value === 'string' ? (made.get(value) ?? value) : value;
  });
}

test('what is previewed is what then happens, and nothing is written meanwhile', async () => {
  const seen = { differing: 0, refused: 0, several: 0, hidden: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step(WISH_NAMES), { minLength: 20, maxLength: 60, size: 'max' }),
      fc.array(fc.tuple(fc.array(step(PREVIEWED), { minLength: 1, maxLength: 4 }), fc.nat()), {
        minLength: 8,
        maxLength: 12,
      }),
      async (history, rounds) => {
        const engine = await openTestEngine();
        try {
          const admin = await engine.found('random');
          const known = new Known(admin);
          for (const one of [...PRELUDE, ...history]) await runSteps(engine, known, [one]);
          for (const [steps, choice] of rounds) {
            const caller = known.members[choice % known.members.length] ?? admin;
            const sender = choice % 2 === 0 ? admin : caller;
            const changes = steps.flatMap((drawn): readonly PlannedChange[] => {
              const command = randomCommand(drawn, known, engine.instant, 'preview');
              return command === undefined
                ? []
                : [{ mutation: drawn.wish, input: { ...command.input } }];
            });
            if (changes.length === 0) continue;
            engine.instant += 30_000;
            const before = contents(engine);
            const whole = preview(engine, sender, changes);
            const kept = changes.filter(
              (_change, at) => !whole.refused.some(({ change }) => change === at + 1),
            );
            const previewed = preview(engine, sender, kept);
            expect(contents(engine)).toBe(before);
            expect(previewed.refused).toEqual([]);

            const { organizationId } = admin;
            const moment = previewed.moment;
            // What ends now had ended already in views of this very instant.
            engine.instant += 1;
            const outcomes = [];
            for (const { mutation, input } of changes) {
              outcomes.push(await engine.run({ mutation, input, caller: sender }));
            }
            const refused = outcomes.flatMap((outcome, at) =>
              outcome.kind === 'DONE' ? [] : [{ change: at + 1, outcome }],
            );
            expect(saying(whole.refused, madeBy(outcomes))).toEqual(saying(refused));
            expect(whole.difference === null).toBe(refused.length > 0);
            seen.refused += refused.length;
            for (const [at, outcome] of outcomes.entries()) {
              if (outcome.kind !== 'DONE') continue;
              const { mutation = 'teamDelete', input = {} } = changes[at] ?? {};
              const sent = { mutation, input, caller: sender, correlationId: '' };
              known.learn({ ...sent, idempotencyKey: null }, outcome);
            }
            if (previewed.difference === null) continue;
            const made = madeBy(outcomes.filter((outcome) => outcome.kind === 'DONE'));
            const real = (id: string): string => made.get(id) ?? id;
            const { pairs, hiddenCount } = previewed.difference;
            const shown = pairs.flatMap(({ subject, resource, actions }) => {
              expect(actions.every(({ reason }) => reason !== null)).toBe(true);
              return [...new Set(actions.map(({ action }) => action))].map(
                (action) => `${real(subject)} ${action} ${real(resource)}`,
              );
            });
            const expected = really(
              engine.queries.facts(organizationId, moment),
              engine.world(organizationId).facts,
            );
            seen.differing += shown.length;
            seen.hidden += hiddenCount;
            if (kept.length > 1 && shown.length > 0) seen.several += 1;
            if (hiddenCount === 0) expect(shown.sort()).toEqual(expected);
            else expect(expected).toEqual(expect.arrayContaining(shown));
          }
        } finally {
          engine.close();
        }
      },
    ),
    { numRuns: 12 },
  );
  expect(seen.differing).toBeGreaterThan(100);
  expect(seen.refused).toBeGreaterThan(20);
  expect(seen.several).toBeGreaterThan(5);
});
