import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { WISHES } from '../../support/random-commands/wishes';
import { openLedgerFile } from '../../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../../src/ledger/sqlite/reader';
import { LEDGER_KINDS } from '../../../src/ledger/types';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import { Projector } from '../../../src/views/projector';
import { inspect } from '../../support/durability/inspect';
import { openTestEngine, type TestEngine } from '../../support/engine';
import { Known } from '../../support/random-commands/known';
import { PRELUDE, WISH_NAMES, type Step } from '../../support/random-commands/random-command';
import { BROKEN_MESSAGE, runSteps } from '../../support/random-commands/run-steps';
import { clipped, intervalRows, memoryViews } from '../../support/views/dump';
import { MIGRATIONS } from '../../support/views/views-files';

jest.setTimeout(300_000);

const MINUTE_MS = 60_000;

const step: fc.Arbitrary<Step> = fc.record({
  wish: fc.constantFrom(...WISH_NAMES),
  seed: fc.nat(),
});

/** Commands that wait together: after a pause, perhaps with one that breaks, perhaps tidied after. */
const batch = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  minutes: fc.nat({ max: 2 }),
  breaks: fc.nat({ max: 3 }).map((n) => n === 0),
  maintains: fc.nat({ max: 4 }).map((n) => n === 0),
});

type Batch = typeof batch extends fc.Arbitrary<infer B> ? B : never;

/** Plays the batches in a new organization. */
async function play(engine: TestEngine, batches: readonly Batch[]): Promise<void> {
  const known = new Known(await engine.found('random'));
  for (const prepared of PRELUDE) await runSteps(engine, known, [prepared]);
  for (const { steps, minutes, breaks, maintains } of batches) {
    engine.instant += minutes * MINUTE_MS;
    await runSteps(engine, known, steps, breaks);
    if (maintains) engine.writer.maintain([]);
  }
}

/** The rows at every position of both ledgers, beside those of views that grow event by event. */
function compareEveryPosition(folder: string): void {
  const reading = { migrations: MIGRATIONS, readOnly: true };
  const ledgerFile = openLedgerFile(join(folder, 'ledger.db'), reading);
  const viewsFile = openViewsFile(viewsPath(folder, 1), reading);
  const rebuilding = memoryViews();
  try {
    const live = intervalRows(viewsFile);
    const projector = new Projector(rebuilding);
    const at = { ACCESS: 0, ACTIVITY: 0 };
    for (const { ref, organizationId, event } of everyEvent(new SqliteLedgerReader(ledgerFile))) {
      projector.begin();
      projector.apply(ref, organizationId, event);
      projector.commit();
      at[ref.kind] = event.position;
      const then = clipped(live, ({ activity }) => (activity ? at.ACTIVITY : at.ACCESS));
      const rebuilt = intervalRows(rebuilding);
      // Deep comparison of so many rows is cheap this way; what differs is told by expect.
      if (isDeepStrictEqual(rebuilt, then)) continue;
      expect({ at, rows: rebuilt }).toEqual({ at, rows: then });
    }
  } finally {
    rebuilding.close();
    viewsFile.close();
    ledgerFile.close();
  }
}

/** The events of the one organization, in the order in which a rebuild projects them. */
function everyEvent(reader: SqliteLedgerReader) {
  return reader.organizations().flatMap(({ number: organization, organizationId }) =>
    LEDGER_KINDS.flatMap((kind) => {
      const ref = { organization, kind };
      const events = reader.page(ref, 1, reader.head(ref).position);
      return events.map((event) => ({ ref, organizationId, event }));
    }),
  );
}

describe('the views that random commands leave', () => {
  test('equal rebuilt ones, at the end and at every earlier position', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 5, maxLength: 20 }), async (batches) => {
        const engine = await openTestEngine();
        try {
          await play(engine, batches);
          expect(engine.logged.filter((line) => line !== BROKEN_MESSAGE)).toEqual([]);
          expect(inspect(engine.folder, [])).toEqual([]);
          compareEveryPosition(engine.folder);
        } finally {
          engine.close();
        }
      }),
      { numRuns: 20 },
    );
  });

  test('are not blind: the commands that are drawn are carried out, every kind of them', async () => {
    const engine = await openTestEngine();
    try {
      const known = new Known(await engine.found('random'));
      const done = new Set<string>();
      const steps = Array.from({ length: 1500 }, (_, seed) => ({
        wish: WISH_NAMES[(seed * 7919) % WISH_NAMES.length]!,
        seed,
      }));
      for (const one of [...PRELUDE, ...steps]) {
        for (const { outcome } of await runSteps(engine, known, [one])) {
          if (outcome.kind === 'DONE') done.add(one.wish);
        }
      }
      expect(engine.logged).toEqual([]);
      expect(done).toEqual(new Set(Object.keys(WISHES)));
    } finally {
      engine.close();
    }
  });
});
