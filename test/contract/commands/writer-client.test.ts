import { MessageChannel } from 'node:worker_threads';
import { WriterClient } from '../../../src/commands/writer-client';
import { serveWriter } from '../../../src/commands/writer-port';
import { openTestEngine, type MemberCaller, type TestEngine } from '../../support/engine';

/* The client and the real writer, on the two ends of a channel. */

const limits = { total: 1600, perCaller: 200 };
const BATCH = 256;
let engine: TestEngine;
let client: WriterClient;
let stopped: Promise<void>;

beforeEach(async () => {
  engine = await openTestEngine();
  const { port1, port2 } = new MessageChannel();
  client = new WriterClient(port1, limits, () => undefined);
  stopped = new Promise((resolve) => {
    serveWriter(engine.writer, port2, {
      maintenanceMs: 3_600_000,
      monotonicMs: () => performance.now(),
      carryOut: () => undefined,
      close: resolve,
    });
  });
});
afterEach(async () => {
  await client.stop();
  await stopped;
  engine.close();
});

/** So many commands of each caller, all at once; whose they were, in the order of their outcomes. */
async function submitAll(
  count: number,
  callers: readonly MemberCaller[],
): Promise<readonly [organizationId: string, code: string][]> {
  const outcomes: [string, string][] = [];
  const commands = callers.flatMap((caller) => Array<MemberCaller>(count).fill(caller));
  await Promise.all(
    commands.map(async (caller) => {
      const { organizationId } = caller;
      const outcome = await client.submit({
        mutation: 'organizationUpdate',
        caller,
        input: { organizationId, name: 'The same' },
        idempotencyKey: null,
        correlationId: 'test',
      });
      const code = outcome.kind === 'FAULT' ? outcome.code : outcome.kind;
      outcomes.push([organizationId, code]);
    }),
  );
  return outcomes;
}

/** Callers of one organization, of whom not one is a member. */
const crowd = (admin: MemberCaller, size: number): readonly MemberCaller[] =>
  Array.from({ length: size }, (_, i) => {
    const userId = `usr_${String(i).padStart(26, '0')}` as const;
    return { ...admin, userId };
  });

test('an organization with many callers gets no more of a batch than one with a single caller', async () => {
  const [big, small] = [await engine.found('big'), await engine.found('small')];
  const outcomes = await submitAll(160, [...crowd(big, 3), small]);
  expect(outcomes).toHaveLength(4 * 160);
  const first = outcomes.slice(0, BATCH).filter(([id]) => id === small.organizationId);
  expect(first).toEqual(Array(BATCH / 2).fill([small.organizationId, 'DONE']));
});

test('an organization with many callers cannot take the whole queue', async () => {
  const [big, small] = [await engine.found('big'), await engine.found('small')];
  const outcomes = await submitAll(200, [...crowd(big, 9), small]);
  const full = outcomes.filter(([, code]) => code === 'UNAVAILABLE');
  expect(full).toEqual(Array(1000).fill([big.organizationId, 'UNAVAILABLE']));
  const done = outcomes.filter(([id, code]) => id === small.organizationId && code === 'DONE');
  expect(done).toHaveLength(200);
});
