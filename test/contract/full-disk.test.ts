import { join } from 'node:path';
import { MUTATION_ACTIONS, type MutationName } from '../../src/access/operations';
import type { Outcome } from '../../src/commands/protocol';
import { clusters, execute, kinds, organizations } from '../support/durability/batches';
import { inspect } from '../support/durability/inspect';
import { connectionsFor, PageLimit } from '../support/durability/page-limit';
import { rowsOf } from '../support/durability/rows-of';
import {
  openTestEngine,
  type MemberCaller,
  type TestCommand,
  type TestEngine,
} from '../support/engine';

jest.setTimeout(300_000);

/** No batch here needs as many pages. */
const PAGES_MAX = 300;

let engine: TestEngine;
let admin: MemberCaller;
let ledger: PageLimit;
let views: PageLimit;

beforeEach(async () => {
  const { opened, writing } = await connectionsFor(() => openTestEngine());
  engine = opened;
  const limitOf = (file: string): PageLimit => {
    const [db, ...others] = writing.filter(({ name }) => name === join(engine.folder, file));
    if (db === undefined || others.length > 0) throw new Error(`${file} has no one writer`);
    return new PageLimit(db);
  };
  ledger = limitOf('ledger.db');
  views = limitOf('views-1.db');
  admin = await engine.found('first');
});

afterEach(() => {
  engine.close();
});

const content = () => ({
  ledger: rowsOf(join(engine.folder, 'ledger.db')),
  views: rowsOf(join(engine.folder, 'views-1.db')),
});

/** Where the writer's memory says that the first organization's ledger ends: this changes nothing. */
async function headInMemory(): Promise<number> {
  const { organizationId } = admin;
  const outcome = await engine.run({
    mutation: 'organizationUpdate',
    caller: admin,
    input: { organizationId, slug: 'first' },
  });
  if (outcome.kind !== 'DONE') throw new Error(JSON.stringify(outcome));
  return outcome.position;
}

function headOnDisk(): number {
  return engine.world(admin.organizationId).facts.moment.position;
}

/** Nothing is left of a batch that was refused, on the disk or in memory. */
async function expectNothingKept(before: ReturnType<typeof content>): Promise<void> {
  expect(content()).toEqual(before);
  expect(engine.writer.status).toMatchObject({ writable: true, viewsBehind: false });
  expect(await headInMemory()).toBe(headOnDisk());
  expect(content()).toEqual(before);
}

/** Whole folders: what was acknowledged is in the right place, and the views are what they must be. */
function expectSound(): void {
  expect(inspect(engine.folder, [])).toEqual([]);
}

describe('a full disk below the ledger', () => {
  test.each([
    { of: 'organizations', batchOf: organizations },
    { of: 'clusters', batchOf: (prefix: string) => clusters(admin, prefix) },
  ])('refuses a batch of $of whole, whatever page it is short of', async ({ batchOf }) => {
    for (const prefix of ['a', 'b']) {
      expect(await fillLedger(batchOf(prefix))).toBeGreaterThan(5);
    }
    expectSound();
  });

  test('keeps the count of refusals until it has room for them', async () => {
    const { organizationId } = admin;
    const stranger: MemberCaller = { ...admin, tokenId: 'tok_00000000000000000000000000' };
    const mutations = Object.keys(MUTATION_ACTIONS) as MutationName[];
    execute(
      engine,
      mutations.map((mutation) => ({ mutation, caller: stranger, input: {} })),
    );
    const before = content();
    ledger.allow(0);
    engine.writer.maintain([]);
    ledger.lift();
    await expectNothingKept(before);

    engine.writer.maintain([]);
    await headInMemory();
    const counted = engine.queries.auditEvents({
      organizationId,
      kind: 'ACTIVITY',
      ...{ type: 'RefusalsCounted', actorId: null, subjectId: null },
      ...{ recordedFrom: null, recordedTo: null, after: null },
      order: 'OLDEST_FIRST',
      limit: 1000,
    });
    expect(counted.map(({ data }) => data['operation']).sort()).toEqual(mutations.sort());
    expectSound();
  });
});

describe('a full disk below the views', () => {
  test('refuses a batch whole, whatever page it is short of', async () => {
    for (const prefix of ['a', 'b']) {
      const { refused, owing } = await fillViews(clusters(admin, prefix));
      expect(refused).toBeGreaterThan(5);
      expect(owing).toBe(false);
    }
    expectSound();
  });

  test('tells nothing of a batch that the ledger has before they show it', async () => {
    const owing: boolean[] = [];
    for (const prefix of ['a', 'b', 'c']) {
      const filled = await fillViews(organizations(prefix));
      expect(filled.refused).toBeGreaterThan(5);
      owing.push(filled.owing);
    }
    // The views need a page at their commit for some of the batches.
    expect(owing).toContain(true);
    expectSound();
  });
});

/** Tries the batch with one page more each time, until it is carried out. */
async function fillViews(batch: readonly TestCommand[]) {
  for (let refused = 0; refused < PAGES_MAX; refused += 1) {
    const before = content();
    views.allow(refused);
    const outcomes = execute(engine, batch);
    if (engine.writer.viewsBehind) {
      await expectOwed(outcomes, before);
      return { refused, owing: true };
    }
    views.lift();
    if (kinds(outcomes).includes('DONE')) {
      expect(kinds(outcomes)).toEqual(['DONE']);
      return { refused, owing: false };
    }
    expect(kinds(outcomes)).toEqual(['UNAVAILABLE']);
    await expectNothingKept(before);
  }
  throw new Error('the batch needs more pages than the test gives it');
}

/** Tries the batch with one page more each time, until it is carried out. How often it was not. */
async function fillLedger(batch: readonly TestCommand[]): Promise<number> {
  for (let refused = 0; refused < PAGES_MAX; refused += 1) {
    const before = content();
    ledger.allow(refused);
    const outcomes = execute(engine, batch);
    ledger.lift();
    if (kinds(outcomes).includes('DONE')) {
      expect(kinds(outcomes)).toEqual(['DONE']);
      return refused;
    }
    expect(kinds(outcomes)).toEqual(['UNAVAILABLE']);
    await expectNothingKept(before);
  }
  throw new Error('the batch needs more pages than the test gives it');
}

/** The ledger has the batch and the views do not: nobody hears of it until they do. */
async function expectOwed(
  outcomes: readonly (Outcome | undefined)[],
  before: ReturnType<typeof content>,
): Promise<void> {
  const owed = content().ledger;
  expect(owed).not.toBe(before.ledger);
  expect(kinds(outcomes)).toEqual([undefined]);
  // Meanwhile nothing is decided on views that lag behind.
  const [another] = clusters(admin, 'meanwhile');
  expect(kinds(execute(engine, another === undefined ? [] : [another]))).toEqual(['UNAVAILABLE']);
  expect(content().ledger).toBe(owed);

  let tries = 0;
  for (; tries < PAGES_MAX; tries += 1) {
    views.allow(tries);
    if (engine.writer.recover()) break;
    expect(kinds(outcomes)).toEqual([undefined]);
    expect(content().ledger).toBe(owed);
  }
  views.lift();
  expect(tries).toBeGreaterThan(0);
  expect(kinds(outcomes)).toEqual(['DONE']);
  expect(await headInMemory()).toBe(headOnDisk());
}
