import type { Moment } from '../../../src/access/facts';
import { accessChanges } from '../../../src/questions/changes';
import { listResources } from '../../../src/questions/lists';
import { tellMissing } from '../../../src/questions/missing';
import { accessReview, FINDING_KINDS } from '../../../src/questions/review';
import { tellWays } from '../../../src/questions/ways';
import type { AccessCase } from '../case';
import type { BenchFolder } from '../make-folder';
import { expectSame } from '../measure';
import { askerBy, openQueries } from '../open-queries';
import { pick } from '../random';
import { printRow } from '../report';

const PAGE = 100;
const EVENTS = 1000;
const MONTH_MS = 30 * 86_400_000;

/** A long question, and what of its answer follows from how the organization was made. */
interface Long {
  readonly name: string;
  readonly ask: () => unknown;
  readonly expected: unknown;
}

/**
 * The other long questions of a large organization, in process as the reader's thread answers them:
 * what the first page costs, and the same page when its answer was found before. Each begins cold, as
 * it does for whoever opens a page of a portal.
 */
export const longCase: AccessCase = {
  name: 'long',
  run: ({ large, migrations }) => {
    const folder = large();
    const { queries, close } = openQueries(folder, migrations);
    printRow('long questions, CPU', ['first', 'again']);
    for (const { name, ask, expected } of questionsOf(folder, queries)) {
      const cpu = ['first', 'again'].map(() => {
        const before = process.cpuUsage();
        const answer = ask();
        const { user, system } = process.cpuUsage(before);
        expectSame(answer, expected, name);
        return `${((user + system) / 1000).toFixed(1)} ms`;
      });
      printRow(name, cpu);
    }
    close();
  },
};

function questionsOf(
  { organization, position }: BenchFolder,
  queries: ReturnType<typeof openQueries>['queries'],
): readonly Long[] {
  const { organizationId, users, clusters, wide, token, adminToken } = organization;
  const now = Date.now();
  const at = (asOf: { position: number } | null): Moment => {
    const moment = queries.moment(organizationId, asOf, now);
    if (moment === 'UNKNOWN_MOMENT') throw new RangeError('no such moment');
    return moment;
  };
  const [sources, by, moment] = [{ queries, now }, askerBy(queries, token), at(null)];
  const admin = { kind: 'user', id: askerBy(queries, adminToken).userId } as const;
  const stranger = {
    kind: 'user',
    id: users.find((_, place) => !wide.users.includes(place)) ?? '',
  } as const;
  const review = (clusterId: string | null) => () => {
    const told = { moment, kinds: FINDING_KINDS, clusterId, withinMs: MONTH_MS };
    return accessReview(sources, by, {
      ...told,
      ...{ unusedForMs: MONTH_MS, first: PAGE, after: null },
    })?.findings.filter(({ kind }) => kind === 'UNUSED').length;
  };
  const reach = { resource: wide.open, ask: { action: 'queue:reach' } } as const;
  return [
    // No token was ever used.
    { name: 'accessReview of everything', ask: review(null), expected: 2 },
    { name: 'accessReview of a cluster', ask: review(pick(clusters, 1).id), expected: 0 },
    {
      name: `accessChanges of ${EVENTS} events`,
      ask: () => {
        const from = at({ position: position - EVENTS });
        const page = { first: PAGE, after: null, filter: {} };
        return accessChanges(sources, by, { from, to: moment, ...page }).shownCount > 0;
      },
      expected: true,
    },
    {
      name: 'accessResources of an ADMIN',
      ask: () => {
        const ask = { action: 'cluster:use' } as const;
        const told = { moment, ask, subject: admin, after: null, limit: PAGE };
        return listResources(sources, by, told).ids.length;
      },
      expected: PAGE,
    },
    {
      name: 'missing for queue:reach',
      ask: () =>
        tellMissing(sources, by, { moment, questions: [{ subject: stranger, ...reach }] }).map(
          (told) => told?.fixable,
        ),
      expected: [true],
    },
    {
      name: `ways of ${PAGE} in queue:reach`,
      ask: () => {
        const subjects = wide.users.slice(0, PAGE).map((place) => pick(users, place));
        return tellWays(sources, by, { moment, ...reach, subjects }).length;
      },
      expected: PAGE,
    },
  ];
}
