import fc from 'fast-check';
import { ways } from '../../../src/access/engine';
import type { Fact } from '../../../src/access/facts';
import type { Reason } from '../../../src/access/question';
import { WAY_KINDS, wayCount, type WayGroup } from '../../../src/access/way-group';
import { waysIn } from '../../../src/access/ways-in';
import { everyQuestion } from '../../support/access/every-question';
import { factsAt } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';

const named = ({ relation, source, object }: Fact): string => `${relation} ${source} ${object}`;

/** A way as the set of its facts. */
const described = (facts: readonly Fact[]): string => [...new Set(facts.map(named))].sort().join();

/** The ways that a group stands for, each written out. */
function expanded({ always, parts }: WayGroup): readonly (readonly Fact[])[] {
  return parts.reduce<readonly (readonly Fact[])[]>(
    (before, { alternatives }) =>
      before.flatMap((facts) => alternatives.map((chosen) => [...facts, ...chosen.facts])),
    [always],
  );
}

test('groups stand for exactly the ways there are, and tell how many each fact carries', () => {
  const kinds = new Set<string>();
  let [shared, factored] = [0, 0];
  fc.assert(
    fc.property(historyAtMoment, ({ history, moment }) => {
      const facts = factsAt(history, moment);
      for (const question of everyQuestion(history)) {
        const expected: readonly Reason[] = ways(facts, question);
        if (expected.length === 0 && !question.action.endsWith(':reach')) continue;
        const [found] = waysIn(facts, [question]);
        const groups = found?.groups ?? [];
        const written = groups.flatMap(expanded).map(described);
        expect(written.sort()).toEqual(expected.map((way) => described(way.facts)).sort());
        expect(found?.wayCount).toBe(expected.length);
        const carried = (found?.facts ?? []).map(({ fact, inWays }) => [named(fact), inWays]);
        const counts = new Map<string, number>();
        for (const way of expected) {
          for (const name of new Set(way.facts.map(named))) {
            counts.set(name, (counts.get(name) ?? 0) + 1);
          }
        }
        expect(new Map(carried as [string, number][])).toEqual(counts);
        expect(carried).toHaveLength(counts.size);
        for (const group of groups) {
          kinds.add(group.kind);
          if (wayCount(group) > group.parts.length) factored += 1;
          if (expanded(group).some((way) => new Set(way.map(named)).size < way.length)) shared += 1;
        }
      }
    }),
    { numRuns: 40 },
  );
  expect([...kinds].sort()).toEqual([...WAY_KINDS].sort());
  // Some groups were worth it, and in some one fact stood in two parts of a way.
  expect(Math.min(shared, factored)).toBeGreaterThan(0);
});
