import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Commands } from '../../src/commands/protocol';
import { viewsPath } from '../../src/views/files';
import { startWriter } from '../../src/writer-thread';
import { checkResult } from './check';
import { foundOrganization, must, type BenchOrganization } from './organization';
import { startMeasuring, type Measured } from './measured';
import { copyFiles, measureRawWriter, recordedRows, singleRowRate, type Files } from './raw-writer';
import { rebuildRates } from './rebuild-rate';

const ROOT = resolve(__dirname, '../..');
const MIGRATIONS = join(ROOT, 'migrations');
const CLIENTS = [1, 32, 128] as const;
const PHASE_MS = 4000;
const HEADINGS = [
  'clients',
  '  acknowledged',
  '    raw writer',
  '   ÷ raw',
  '   ÷ single',
  '   mean batch',
  '       CPU',
  '   raw CPU',
  '   raw ÷ ours',
];

/**
 * Acknowledged commands per second at several numbers of clients, beside a raw writer of the same
 * rows and the disk's rate of single-row commits; then the rate of a rebuild beside a bare loop.
 */
export async function benchWriter(): Promise<void> {
  // Not the system's temporary folder, which may be memory: this measures a disk.
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'build', 'bench-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string): Promise<void> {
  const batchSizes: number[] = [];
  let commands = 0;
  const thread = await startWriter({
    dataFolder: folder,
    migrations: MIGRATIONS,
    refusalsFlushMs: 3_600_000,
    clockOffset: null,
    limits: { total: 10_000, perCaller: 10_000 },
    onStatus: (status) => {
      batchSizes.push(status.commands - commands);
      commands = status.commands;
    },
    onError: (error, message) => {
      throw new Error(`${message}: ${error}`);
    },
  });
  const organization = await foundOrganization(thread.client);
  const live: Files = { ledger: join(folder, 'ledger.db'), views: viewsPath(folder, 1) };
  // A server runs for months: the first seconds, in which code is compiled, tell nothing of it.
  const warmUp = await phase(thread.client, organization, Math.max(...CLIENTS));
  let expected = organization.position + warmUp.commands;
  const single = singleRowRate(join(folder, 'single.db'), PHASE_MS / 2);
  console.log(`single-row FULL commits        ${rate(single)}`);
  console.log(HEADINGS.join(''));
  for (const clients of CLIENTS) {
    const before: Files = {
      ledger: join(folder, `before-${String(clients)}-ledger.db`),
      views: join(folder, `before-${String(clients)}-views.db`),
    };
    await copyFiles(live, before);
    batchSizes.length = 0;
    const ours = await phase(thread.client, organization, clients);
    expected += ours.commands;
    const sizes = [...batchSizes];
    const raw = measureRawWriter(before, recordedRows(before, live, ours.commands, sizes));
    console.log(
      [
        String(clients).padStart(7),
        rate(ours.perSecond),
        rate(raw.perSecond),
        (ours.perSecond / raw.perSecond).toFixed(2).padStart(8),
        (ours.perSecond / single).toFixed(2).padStart(11),
        (ours.commands / sizes.length).toFixed(1).padStart(13),
        `${Math.round(ours.cpuUs)} µs`.padStart(10),
        `${Math.round(raw.cpuUs)} µs`.padStart(10),
        (raw.cpuUs / ours.cpuUs).toFixed(2).padStart(12),
      ].join(''),
    );
  }
  await thread.client.stop();
  await thread.ended;

  const { events, bareRate, rebuildRate, viewsNumber } = rebuildRates(folder, MIGRATIONS);
  console.log(`rebuild of ${String(events)} events     ${rate(rebuildRate)}`);
  console.log(`bare loop (read and parse)     ${rate(bareRate)}`);
  console.log(`rebuild ÷ bare loop            ${(rebuildRate / bareRate).toFixed(2)}`);
  checkResult(folder, MIGRATIONS, { events: expected, rebuilt: viewsNumber });
}

/** Each client sends its next grant when the last one was acknowledged. */
async function phase(
  commands: Commands,
  organization: BenchOrganization,
  clients: number,
): Promise<Measured> {
  const stop = startMeasuring();
  const until = performance.now() + PHASE_MS;
  let acknowledged = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const { caller, input } = organization.nextGrant();
      await must(commands, caller, 'clusterGrant', input);
      acknowledged += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return stop(acknowledged);
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString('en')}/s`.padStart(14);
}
