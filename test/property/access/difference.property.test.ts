import fc from 'fast-check';
import { ACTION_NAMES, ACTIONS, type Action } from '../../../src/access/actions';
import { pairCount, type PairDifference } from '../../../src/access/difference/blocks';
import { difference } from '../../../src/access/difference/difference';
import { pairsAfter } from '../../../src/access/difference/pairs';
import type { Fact, Moment } from '../../../src/access/facts';
import { principalOf } from '../../../src/access/lists/lists';
import { factsAt, factsOfHistory, type History } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';
import { ReferenceAccess } from '../../support/reference-access';
import { ReferenceOrganization } from '../../support/reference-organization';

const KINDS = ['organization', 'team', 'cluster', 'queue', 'pipeline'];
const OF_MEMBERS = ACTION_NAMES.filter(
  (action) =>
    KINDS.includes(ACTIONS[action]) &&
    !['pipeline:move', 'queue:run', 'agent:register'].includes(action),
);
const PREFIXES: Readonly<Record<string, string>> = {
  organization: 'org_',
  team: 'tea_',
  cluster: 'clu_',
  queue: 'que_',
  pipeline: 'pip_',
  agent: 'agt_',
};

const nextMoment = ({ history }: { history: History }, seed: number, later: number): Moment => {
  const position = 1 + (seed % history.access.length);
  const recordedAt = history.access[position - 1]?.recordedAt ?? 0;
  return { position, instant: recordedAt + later * 60_000 };
};

const inOrder = (a: Moment, b: Moment): readonly [Moment, Moment] => {
  const [first, last] = a.position <= b.position ? [a, b] : [b, a];
  return [first, { ...last, instant: Math.max(first.instant, last.instant) }];
};

/** The facts that hold on one side only; one with another level or detail is two. */
function changedBetween(history: History, before: Moment, after: Moment): readonly Fact[] {
  const holding = (moment: Moment): ReadonlyMap<string, Fact> =>
    new Map(
      factsOfHistory(history, moment)
        .facts.filter(({ expiresAt }) => expiresAt === null || moment.instant < expiresAt)
        .map((fact) => ({ ...fact, from: 1 }))
        .map((fact) => [JSON.stringify(fact), fact]),
    );
  const [was, is] = [holding(before), holding(after)];
  return [
    ...[...was].filter(([key]) => !is.has(key)),
    ...[...is].filter(([key]) => !was.has(key)),
  ].map(([, fact]) => fact);
}

/** The whole difference, by asking the reference everything twice. */
function expected({ access, activity }: History, before: Moment, after: Moment): unknown[] {
  const agents = activity.filter(({ recordedAt }) => recordedAt <= before.instant);
  const sides = [before, after].map((moment) => {
    const organization = new ReferenceOrganization(access, agents, moment);
    return { organization, reference: new ReferenceAccess(organization) };
  });
  const ids = [...new Set(JSON.stringify([...access, ...agents]).match(/\b[a-z]{3}_[\w-]+/gu))];
  const of = (prefix: string) => ids.filter((id) => id.startsWith(prefix)).sort();
  const live = of('agt_').filter(
    (id) => sides[0]?.organization.one('agent', id)?.['ended'] !== true,
  );

  const extents = (subject: string, action: Action, resource: string) =>
    sides.map(({ organization, reference }): 'NONE' | 'EVERY' | string[] => {
      const kind = subject.startsWith('pip_') ? 'pipeline' : 'user';
      const principal = principalOf(kind, subject);
      const question = { principal, action, resource };
      if (reference.answer(question) === 'ALLOWED') return 'EVERY';
      if (kind === 'user') return 'NONE';
      const queueId = organization.one('agent', resource)?.['queueId'] ?? resource;
      const patterns = organization
        .all('queueGrant')
        .filter((grant) => grant['pipelineId'] === subject && grant['queueId'] === queueId)
        .flatMap((grant) => grant['branches'] as string[])
        .filter((branch) => reference.answer({ ...question, branch }) === 'ALLOWED');
      return patterns.length === 0 ? 'NONE' : [...new Set(patterns)].sort();
    });
  const found: PairDifference[] = [];
  const add = (subject: string, resource: string, actions: readonly Action[]): void => {
    const differing = actions.flatMap((action) => {
      const [was = 'NONE', is = 'NONE'] = extents(subject, action, resource);
      const more = (a: typeof was, b: typeof was): string[] | null => {
        if (a === 'NONE' || b === 'EVERY') return null;
        if (a === 'EVERY') return [];
        const left = b === 'NONE' ? a : a.filter((pattern) => !b.includes(pattern));
        return left.length === 0 ? null : left;
      };
      return (['GAINED', 'LOST'] as const).flatMap((change) => {
        const branches = change === 'GAINED' ? more(is, was) : more(was, is);
        return branches === null ? [] : [{ action, change, branches }];
      });
    });
    if (differing.length > 0) found.push({ subject, resource, actions: differing });
  };
  for (const pipeline of of('pip_')) {
    for (const agent of live) add(pipeline, agent, ['agent:run']);
    for (const queue of of('que_')) add(pipeline, queue, ['queue:run']);
  }
  for (const user of of('usr_')) {
    for (const kind of KINDS) {
      const actions = OF_MEMBERS.filter((action) => ACTIONS[action] === kind);
      for (const resource of of(PREFIXES[kind] ?? '')) add(user, resource, actions);
    }
  }
  return found.sort((a, b) =>
    `${a.subject} ${a.resource}` < `${b.subject} ${b.resource}` ? -1 : 1,
  );
}

test('between any two moments it is what asking everything twice finds, expiries included', () => {
  let changes = 0;
  let patterns = 0;
  fc.assert(
    fc.property(historyAtMoment, fc.nat(), fc.nat({ max: 6 }), (drawn, seed, later) => {
      const { history } = drawn;
      const [before, after] = inOrder(drawn.moment, nextMoment(drawn, seed, later));
      const blocks = difference(
        factsAt(history, before),
        factsAt(history, after),
        changedBetween(history, before, after),
      );
      const found = [...pairsAfter(blocks, null)];
      expect(pairCount(blocks)).toBe(found.length);
      changes += found.length;
      patterns += found.filter(({ actions }) => actions.some((a) => a.branches.length > 0)).length;
      expect(found).toEqual(expected(history, before, after));
    }),
    { numRuns: 60 },
  );
  expect(changes).toBeGreaterThan(1000);
  expect(patterns).toBeGreaterThan(5);
});
