import fc from 'fast-check';
import { pairCount } from '../../../src/access/difference/blocks';
import { difference } from '../../../src/access/difference/difference';
import { pairsAfter } from '../../../src/access/difference/pairs';
import type { Fact, Moment } from '../../../src/access/facts';
import { factsAt, factsOfHistory, type History } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';
import { referenceDifference } from '../../support/reference/difference';

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
      expect(found).toEqual(referenceDifference(history, before, after));
    }),
    { numRuns: 60 },
  );
  expect(changes).toBeGreaterThan(1000);
  expect(patterns).toBeGreaterThan(5);
});
