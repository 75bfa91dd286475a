import { setTimeout as pause } from 'node:timers/promises';
import type { AccessCase } from '../case';
import { ALL_CORES } from '../cores';
import { latenciesUntil } from '../load/latency';
import type { Target } from '../load/messages';
import { expectSame, median, quantile } from '../measure';
import type { BenchOrganization } from '../organization';
import { drawQuestions } from '../questions';
import { pick, seededRandom } from '../random';
import { printRow } from '../report';
import { Servers, type ServerProcess } from '../servers/server-process';

const CHANGES = 1000;
const QUEUES = 100;
const CHECKS = 500;
const PREVIEWS = 3;
const IDLE_MS = 5000;

const PREVIEW = `query ($changes: [AccessChangeInput!]!) { accessPreview(changes: $changes, first: 100) {
  refused { change } difference { shownCount hiddenCount nodes { subject { id } resource { id } } } } }`;
const CHECK = `query Check($input: AccessCheckInput!) { accessCheck(input: $input) { allowed } }`;

interface Previewed {
  readonly data: {
    readonly accessPreview: {
      readonly refused: readonly unknown[];
      readonly difference: { readonly shownCount: number; readonly hiddenCount: number };
    };
  };
}

/** Changes, and how many pairs differ by them: that follows from how the organization was made. */
interface Plan {
  readonly changes: readonly object[];
  readonly pairs: number;
}

/**
 * Previews in an organization of 100,000 users: of a thousand changes, and of a few that are of many
 * pairs; and how long single checks take meanwhile, beside those of the same server when it does
 * nothing else. The server may use every core, as in earnest: previews have a thread of their own.
 */
export const previewCase: AccessCase = {
  name: 'preview',
  run: async ({ large }) => {
    const { organization, path } = large();
    const servers = new Servers();
    try {
      const server = await servers.palisade(path, ALL_CORES);
      const checks = checksOf(organization, server);
      printRow('accessPreview over HTTP', ['pairs', 'clock', 'CPU, checks too']);
      const during: number[] = [];
      for (const plan of [manyChanges(organization), manyQueues(organization)]) {
        during.push(...(await measure(plan, organization, server, checks)));
      }
      const idle = await latenciesUntil(checks, pause(IDLE_MS));
      printRow('one check at a time, latency', ['checks', 'median', '99 of 100', 'longest']);
      printLatency('idle server', idle);
      printLatency('during previews', during);
    } finally {
      await servers.stop();
    }
  },
};

/** Prints what a preview takes; returns what checks took meanwhile. */
async function measure(
  { changes, pairs }: Plan,
  organization: BenchOrganization,
  server: ServerProcess,
  checks: Target,
): Promise<readonly number[]> {
  const ask = () => preview(server, organization, changes);
  const { refused, difference } = (await ask()).data.accessPreview;
  expectSame([refused, difference.hiddenCount], [[], 0], 'what is refused and hidden');
  expectSame(difference.shownCount, pairs, 'pairs that differ');
  const during: number[] = [];
  const [seconds, cpu]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < PREVIEWS; turn += 1) {
    const [started, cpuBefore] = [performance.now(), server.cpuSeconds()];
    const answered = ask();
    const taken = latenciesUntil(checks, answered);
    await answered;
    seconds.push((performance.now() - started) / 1000);
    during.push(...(await taken));
    cpu.push(server.cpuSeconds() - cpuBefore);
  }
  const columns = [`${median(seconds).toFixed(2)} s`, `${median(cpu).toFixed(2)} s`];
  printRow(`of ${changes.length} changes`, [String(pairs), ...columns]);
  return during;
}

/** A hundred OPEN queues where ten thousand people may already use what they build. */
function manyQueues({ wide }: BenchOrganization): Plan {
  const changes = Array.from({ length: QUEUES }, (_, n) => ({
    clusterQueueCreate: { clusterId: wide.id, key: `more-${String(n)}`, mode: 'OPEN' },
  }));
  // All of those people, the ADMIN and the cluster's two pipelines.
  return { changes, pairs: QUEUES * (wide.users.length + 1 + 2) };
}

function manyChanges({ users, clusters, wide }: BenchOrganization): Plan {
  const random = seededRandom(5);
  const changes: object[] = [
    // Everybody who reaches it loses this; both pipelines lose it too.
    { clusterQueueUpdate: { queueId: wide.open, mode: 'RESTRICTED' } },
  ];
  let pairs = wide.users.length + 2;
  while (changes.length < CHANGES) {
    const cluster = pick(clusters, changes.length);
    if (changes.length % 4 === 0) {
      // The pipeline that ran on the other queue alone now runs on both.
      changes.push({ clusterQueueUpdate: { queueId: cluster.restricted, mode: 'OPEN' } });
      pairs += 1;
      continue;
    }
    const place = random(users.length);
    if (cluster.users.includes(place)) continue;
    const userId = pick(users, place);
    changes.push({ clusterGrant: { clusterId: cluster.id, userId, level: 'USE' } });
    pairs += 1;
  }
  return { changes, pairs };
}

function checksOf(organization: BenchOrganization, { port }: ServerProcess): Target {
  return {
    ...{ port, path: '/graphql', headers: { authorization: `Bearer ${organization.token}` } },
    bodies: drawQuestions(organization, CHECKS).map(({ subjectId, action, resourceId }) =>
      JSON.stringify({ query: CHECK, variables: { input: { subjectId, action, resourceId } } }),
    ),
  };
}

async function preview(
  { port }: ServerProcess,
  { adminToken }: BenchOrganization,
  changes: readonly object[],
): Promise<Previewed> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: PREVIEW, variables: { changes } }),
  });
  const text = await response.text();
  if (response.status !== 200 || text.includes('"errors"')) throw new Error(text);
  return JSON.parse(text) as Previewed;
}

function printLatency(name: string, taken: readonly number[]): void {
  const ms = (share: number): string => `${quantile(taken, share).toFixed(2)} ms`;
  printRow(name, [String(taken.length), ms(0.5), ms(0.99), ms(1)]);
}
