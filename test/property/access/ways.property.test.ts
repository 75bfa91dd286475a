import fc from 'fast-check';
import { decide, ways } from '../../../src/access/engine';
import type { Fact, Facts, Relation } from '../../../src/access/facts';
import type { Reason } from '../../../src/access/question';
import { everyQuestion } from '../../support/access/every-question';
import { factsOfHistory } from '../../support/access/facts-of-history';
import { historyAtMoment } from '../../support/access/random-history';
import { memoryFacts } from '../../support/memory-facts';

/** The relations that give somebody something. The others only say what there is, and where. */
const GIVING: ReadonlySet<Relation> = new Set<Relation>([
  'teamMember',
  'clusterMaintainer',
  'clusterGrant',
  'pipelineGrant',
  'queueGrant',
  'keyQueue',
  'pipelineCreation',
]);

const gives = ({ relation }: Fact): boolean => GIVING.has(relation);

function describe({ rule, facts }: Reason): string {
  return [rule, ...facts.map((fact) => `${fact.relation} ${fact.source} ${fact.object}`)].join();
}

/** The facts of each way that somebody gave; with all of them the way is open. */
function givenIn(found: readonly Reason[]): readonly (readonly Fact[])[] {
  return found.map(({ facts }) => facts.filter(gives));
}

/**
 * True if no way contains another. Two may: those of a role, which need no fact besides, and those
 * of an OPEN queue, since the grants on it count once it is closed.
 */
function areSpare(found: readonly Reason[]): boolean {
  const chains = found.map(({ facts }) => facts);
  return chains.every(
    (chain) =>
      chain.some(({ relation }) => relation === 'queueGrant') ||
      chains.every(
        (other) =>
          other === chain || !other.some(gives) || !other.every((fact) => chain.includes(fact)),
      ),
  );
}

/** Selections of the giving facts that put ways to the test. */
function selections(given: readonly Fact[], found: readonly Reason[]): ReadonlySet<Fact>[] {
  const chains = givenIn(found);
  if (chains.some((chain) => chain.length === 0)) return [new Set()];
  const first = new Set(chains.map((chain) => chain.at(0)));
  const last = new Set(chains.map((chain) => chain.at(-1)));
  return [
    ...chains.map((chain) => new Set(chain)),
    ...chains.flatMap((chain) =>
      chain.map((spared) => new Set(chain.filter((fact) => fact !== spared))),
    ),
    new Set(given.filter((fact) => !first.has(fact))),
    new Set(given.filter((fact) => !last.has(fact))),
    ...[2, 3, 5].map((n) => new Set(given.filter((_fact, at) => (at * n) % (n + 2) < n))),
  ];
}

/** The same facts without those that are not kept. */
function restricted(facts: Facts, keeps: (fact: Fact) => boolean): Facts {
  return {
    ...facts,
    of: (...args) => facts.of(...args).filter(keeps),
    on: (...args) => facts.on(...args).filter(keeps),
    between: (...args) => facts.between(...args).filter(keeps),
    held: (...args) =>
      facts
        .held(...args)
        .filter(
          ({ fact, membership }) => keeps(fact) && (membership === null || keeps(membership)),
        ),
  };
}

test('of whatever is given, it is allowed if and only if all of one way is', () => {
  let rich = 0;
  fc.assert(
    fc.property(historyAtMoment, ({ history, moment }) => {
      const { organizationId } = history;
      const { facts, agents } = factsOfHistory(history, moment);
      const open = facts.filter(
        ({ expiresAt }) => expiresAt === null || moment.instant < expiresAt,
      );
      const given = open.filter(gives);
      const all = memoryFacts({ organizationId, moment, facts, agents });
      for (const question of everyQuestion(history)) {
        const found = ways(all, question);
        const { allowed, reasons } = decide(all, question);
        const described = found.map(describe);
        const agrees =
          allowed === found.length > 0 &&
          new Set(described).size === found.length &&
          areSpare(found) &&
          reasons.every((reason) => described.includes(describe(reason)));
        if (!agrees) expect({ question, found }).toEqual({ allowed, reasons });
        if (found.length > 2) rich += 1;
        for (const selected of selections(given, found)) {
          const left = restricted(all, (fact) => !gives(fact) || selected.has(fact));
          const expected = givenIn(found).some((way) => way.every((fact) => selected.has(fact)));
          if (decide(left, question).allowed === expected) continue;
          expect({ question, selected, expected }).toBeNull();
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(rich).toBeGreaterThan(20);
});
