import fc from 'fast-check';
import { pairCount, type PairDifference } from '../../../src/access/difference/blocks';
import { comparedActions, extentOf, type Extent } from '../../../src/access/difference/compared';
import { difference } from '../../../src/access/difference/difference';
import { pairsAfter } from '../../../src/access/difference/pairs';
import { decide } from '../../../src/access/engine';
import { ACTION_NAMES } from '../../../src/access/actions';
import { principalOf, subjectsOf } from '../../../src/access/lists/lists';
import {
  CROWD,
  CROWD_PIPELINES,
  CROWD_THINGS,
  crowdSides,
  type CrowdSides,
} from '../../support/access/random-crowd';

/** The branches that the one has and the other has not: none for every branch, null for nothing. */
function beyond(a: Extent, b: Extent): readonly string[] | null {
  if (a === 'NONE' || b === 'EVERY') return null;
  if (a === 'EVERY') return [];
  const more = a.filter((pattern) => b === 'NONE' || !b.includes(pattern));
  return more.length === 0 ? null : more;
}

/** What differs, by asking about each pair. */
function oneByOne({ before, after }: CrowdSides): readonly string[] {
  return [...CROWD, ...CROWD_PIPELINES].flatMap((subject) =>
    CROWD_THINGS.flatMap((resource) =>
      comparedActions(subject, resource).flatMap((action) => {
        const was = extentOf(before, subject, action, resource);
        const is = extentOf(after, subject, action, resource);
        return [['GAINED', beyond(is, was)] as const, ['LOST', beyond(was, is)] as const].flatMap(
          ([change, branches]) =>
            branches === null ? [] : [[subject, resource, action, change, ...branches].join(' ')],
        );
      }),
    ),
  );
}

const told = ({ subject, resource, actions }: PairDifference): readonly string[] =>
  actions.map(({ action, change, branches }) =>
    [subject, resource, action, change, ...branches].join(' '),
  );

const inOrder = (a: PairDifference, b: PairDifference): number =>
  `${a.subject} ${a.resource}` < `${b.subject} ${b.resource}` ? -1 : 1;

test('what is found of one who stands alike is so of each, and every page begins where told', () => {
  let pairs = 0;
  let asked = 0;
  fc.assert(
    fc.property(crowdSides, fc.nat(), (sides, seed) => {
      const blocks = difference(sides.before, sides.after, sides.changed);
      const found = [...pairsAfter(blocks, null)];
      expect(found.flatMap(told).sort()).toEqual([...oneByOne(sides)].sort());
      expect(found).toEqual([...found].sort(inOrder));
      expect(pairCount(blocks)).toBe(found.length);
      const at = seed % Math.max(1, found.length);
      expect([...pairsAfter(blocks, found[at] ?? null)]).toEqual(found.slice(at + 1));
      pairs += found.length;
      asked += blocks.reduce((sum, { things }) => sum + things.length, 0);
    }),
    { numRuns: 400 },
  );
  expect(pairs).toBeGreaterThan(5000);
  expect(pairs).toBeGreaterThan(1.5 * asked);
});

test('who is listed is who is allowed when asked alone', () => {
  let listed = 0;
  fc.assert(
    fc.property(crowdSides, fc.constantFrom(...ACTION_NAMES), ({ before }, action) => {
      for (const resource of CROWD_THINGS) {
        for (const [kind, ids] of [
          ['user', CROWD],
          ['pipeline', CROWD_PIPELINES],
        ] as const) {
          const expected = ids.filter(
            (id) => decide(before, { principal: principalOf(kind, id), action, resource }).allowed,
          );
          expect(subjectsOf(before, kind, resource, { action })).toEqual([...expected].sort());
          listed += expected.length;
        }
      }
    }),
    { numRuns: 400 },
  );
  expect(listed).toBeGreaterThan(1000);
});
