import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openLedgerFile } from '../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../src/ledger/sqlite/reader';
import type { AskedBy } from '../../src/questions/questions';
import { ReaderClient, type ReaderClientOptions } from '../../src/questions/reader-client';
import { rebuildViews } from '../../src/views/rebuild';
import { openTestEngine, type MemberCaller, type TestEngine } from '../support/engine';
import type { TEST_QUESTIONS } from '../support/questions/test-questions';

/* The client and real threads, which read the files of a real engine. */

const SUPPORT = join(__dirname, '..', 'support');
const MIGRATIONS = join(__dirname, '..', '..', 'migrations');
/** More than a thread needs to start and to answer, on a slow machine. */
const LONG_MS = 20_000;
const MANY = { total: 100, perCaller: 100 };

let engine: TestEngine;
let caller: MemberCaller;
let logged: string[];
let threads: Worker[];
let client: ReaderClient<typeof TEST_QUESTIONS>;

beforeEach(async () => {
  engine = await openTestEngine();
  caller = await engine.found('acme');
  logged = [];
  threads = [];
});
afterEach(async () => {
  await client.stop();
  engine.close();
});

function open(options: Partial<ReaderClientOptions> = {}): void {
  client = new ReaderClient({
    start: (viewsNumber) => {
      const worker = new Worker(join(SUPPORT, 'questions', 'reader-child.ts'), {
        execArgv: ['--require', join(SUPPORT, 'run-typescript.cjs')],
        workerData: { dataFolder: engine.folder, viewsNumber, clockOffset: null },
        resourceLimits: { maxOldGenerationSizeMb: 64 },
      });
      threads.push(worker);
      return worker;
    },
    viewsNumber: 1,
    limits: MANY,
    deadlineMs: LONG_MS,
    positionOf: () => 0,
    monotonicMs: () => performance.now(),
    onError: (reason, message) => logged.push(`${message}: ${reason.split('\n')[0] ?? ''}`),
    ...options,
  });
  client.start();
}

const by = (userId = caller.userId, organizationId = caller.organizationId): AskedBy => ({
  organizationId,
  userId,
  scopes: ['read'],
});
const echo = (text: string): Promise<string> => client.ask('echo', by(), text);
const fault = (code: string) => expect.objectContaining({ name: 'QuestionFault', code }) as object;

async function rename(slug: string): Promise<void> {
  const { organizationId } = caller;
  const input = { organizationId, slug };
  const outcome = await engine.run({ mutation: 'organizationUpdate', caller, input });
  expect(outcome.kind).toBe('DONE');
}

const head = (): number => engine.world(caller.organizationId).facts.moment.position;

describe('a question', () => {
  test('is answered from all that was acknowledged before it was asked', async () => {
    open({ positionOf: head });
    for (let turn = 0; turn < 20; turn += 1) {
      await rename(`acme-${String(turn)}`);
      const known = head();
      expect(await client.ask('position', by(), null)).toBe(known);
    }
    expect(head()).toBeGreaterThan(20);
  });

  test('waits until the views are where the asker has seen them', async () => {
    const next = head() + 1;
    open({ positionOf: () => next });
    const answer = client.ask('position', by(), null);
    // Answered by the thread as it stands, so that the question was there before the event.
    await new Promise((resolve) => threads[0]?.once('message', resolve));
    await rename('later');
    expect(await answer).toBe(next);
  });

  test('is not answered from views that stay behind', async () => {
    open({ positionOf: () => head() + 1 });
    await expect(client.ask('position', by(), null)).rejects.toEqual(fault('UNAVAILABLE'));
  });

  test('that is refused tells code, message and field, and nothing of the thread', async () => {
    open();
    const error: unknown = await client.ask('refuse', by(), null).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asOf' });
    expect((error as Error).message).toBe('There is no such moment.');
    expect((error as Error).stack).not.toContain('test-questions');
  });

  test('that meets a fault of the program tells the log, and others nothing', async () => {
    open();
    const error: unknown = await client.ask('fail', by(), null).catch((e: unknown) => e);
    expect((error as Error).name).toBe('Error');
    expect(String((error as Error).stack)).not.toContain('/etc/internal');
    expect(logged).toEqual([
      'the question fail met a fault: TypeError: /etc/internal is not a function',
    ]);
    expect(await echo('next')).toBe('next');
    expect(threads).toHaveLength(1);
  });
});

describe('the deadline', () => {
  test('ends a question that never pauses; those behind it go on in a new thread', async () => {
    open({ deadlineMs: 3000 });
    expect(await echo('ready')).toBe('ready');
    const spinning = client.ask('spin', by(), null);
    const late = expect(spinning).rejects.toEqual(fault('QUERY_TOO_COMPLEX'));
    // Asked when it has run for a while: its own time to wait is not over when that of `spin` is.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const behind = echo('behind');
    await late;
    expect(await behind).toBe('behind');
    expect(threads).toHaveLength(2);
    expect(logged).toEqual([
      "the reader's thread ended and is replaced: the question spin took longer than 3000 ms",
    ]);
  });

  test('ends the waiting of a question, which then never runs', async () => {
    open({ deadlineMs: 1000 });
    await echo('ready');
    const spinning = client.ask('spin', by(), null).catch((error: unknown) => error);
    const waiting = client.ask('exit', by(), null).catch((error: unknown) => error);
    expect(await spinning).toEqual(fault('QUERY_TOO_COMPLEX'));
    expect(await waiting).toEqual(fault('UNAVAILABLE'));
    await echo('next').catch(() => undefined);
    expect(logged.join()).not.toContain('exit code');
  });

  test('counts for questions that find no thread', async () => {
    open({ deadlineMs: 300, viewsNumber: 7 });
    await expect(echo('nobody hears')).rejects.toEqual(fault('UNAVAILABLE'));
    expect(client.length).toBe(0);
  });
});

describe('a thread', () => {
  test('that ends by itself is replaced; only the question that it ran is lost', async () => {
    open();
    const lost = expect(client.ask('exit', by(), null)).rejects.toEqual(fault('UNAVAILABLE'));
    const behind = echo('behind');
    await lost;
    expect(await behind).toBe('behind');
    expect(logged).toEqual(["the reader's thread ended and is replaced: exit code 3"]);
  });

  test('whose question takes all its memory is replaced, and the process goes on', async () => {
    open();
    await expect(client.ask('hoard', by(), null)).rejects.toEqual(fault('QUERY_TOO_COMPLEX'));
    expect(await echo('next')).toBe('next');
  });

  test('that cannot open its files is tried again until it can', async () => {
    open({ viewsNumber: 2 });
    const answer = echo('at last');
    await new Promise((resolve) => threads[0]?.once('exit', resolve));
    expect(rebuild()).toBe(2);
    expect(await answer).toBe('at last');
    expect(threads.length).toBeGreaterThan(1);
  });
});

test('rebuilt views are read by every later question, by a new thread too', async () => {
  open();
  expect(await client.ask('position', by(), null)).toBe(head());
  client.adoptViews(rebuild());
  // The writer of this test goes on in the file before, into which no reader looks any more.
  const before = head();
  await rename('written-elsewhere');
  expect(await client.ask('position', by(), null)).toBe(before);
  await client.ask('exit', by(), null).catch(() => undefined);
  expect(await client.ask('position', by(), null)).toBe(before);
});

describe('the queue', () => {
  /** Who was answered, in order, while one question keeps the thread. */
  async function order(askers: readonly AskedBy[]): Promise<readonly string[]> {
    const answered: string[] = [];
    const first = client.ask('stall', by('usr_0'), 300);
    const others = askers.map(async (asker) => {
      await client.ask('echo', asker, '');
      answered.push(`${asker.organizationId}/${asker.userId}`);
    });
    await Promise.all([first, ...others]);
    return answered;
  }

  test('serves organizations in turns, and within each its askers', async () => {
    open();
    const [a1, a2, b1] = [by('usr_1', 'org_a'), by('usr_2', 'org_a'), by('usr_1', 'org_b')];
    expect(await order([a1, a1, a1, a2, b1])).toEqual([
      'org_a/usr_1',
      'org_b/usr_1',
      'org_a/usr_2',
      'org_a/usr_1',
      'org_a/usr_1',
    ]);
  });

  test('serves those before others who asked less of the thread, however many the others are', async () => {
    open();
    await echo('ready');
    const dear = [by('usr_1'), by('usr_2'), by('usr_3')];
    const stall = (asker: AskedBy): Promise<string> => client.ask('stall', asker, 30);
    await Promise.all(dear.map(stall));
    const answered: string[] = [];
    const note = (who: string) => () => answered.push(who);
    await Promise.all([
      ...dear.map((asker) => stall(asker).then(note('dear'))),
      client.ask('echo', by('usr_4'), '').then(note('cheap')),
    ]);
    // The first was begun before there was anybody else.
    expect(answered).toEqual(['dear', 'cheap', 'dear', 'dear']);
  });

  test('is bounded for each asker', async () => {
    open({ limits: { total: 10, perCaller: 2 } });
    await echo('ready');
    const running = client.ask('stall', by('usr_0'), 300);
    const asked = [echo('1'), echo('2'), echo('3')];
    await expect(asked[2]).rejects.toEqual(fault('UNAVAILABLE'));
    expect(await client.ask('echo', by('usr_2'), 'another')).toBe('another');
    expect(await Promise.all([running, asked[0], asked[1]])).toEqual(['stalled', '1', '2']);
  });
});

describe('a stop', () => {
  test('lets the running question end, refuses the others, and ends the thread', async () => {
    open();
    await echo('ready');
    const running = client.ask('stall', by(), 300);
    const waiting = expect(echo('waits')).rejects.toEqual(fault('UNAVAILABLE'));
    const ended = new Promise((resolve) => threads[0]?.once('exit', resolve));
    await client.stop();
    await waiting;
    expect(await running).toBe('stalled');
    expect(await ended).toBe(0);
    await expect(echo('late')).rejects.toEqual(fault('UNAVAILABLE'));
    expect(logged).toEqual([]);
  });

  test('does not wait for ever for a question that never ends', async () => {
    open({ deadlineMs: 500 });
    const isReady = (): Promise<boolean> =>
      echo('ready').then(
        () => true,
        () => false,
      );
    // A slow machine starts the thread later than the deadline.
    while (!(await isReady()));
    const spinning = client.ask('spin', by(), null).catch((error: unknown) => error);
    await client.stop();
    expect(await spinning).toEqual(fault('QUERY_TOO_COMPLEX'));
  });
});

/** Makes the views again, in the file of the next number. */
function rebuild(): number {
  const ledger = openLedgerFile(join(engine.folder, 'ledger.db'), {
    migrations: MIGRATIONS,
    readOnly: true,
  });
  try {
    return rebuildViews(new SqliteLedgerReader(ledger), {
      folder: engine.folder,
      migrations: MIGRATIONS,
      current: 1,
    });
  } finally {
    ledger.close();
  }
}
