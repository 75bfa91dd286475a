import fc from 'fast-check';
import { meet, type Source } from '../../../src/views/sqlite/meet';

const positions = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 30 });

function forward(list: readonly number[]): Source {
  const sorted = [...list].sort((a, b) => a - b);
  return (from) => sorted.find((position) => position >= from) ?? null;
}

test('meets at the first position that all sources have', () => {
  fc.assert(
    fc.property(
      fc.array(positions, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 45 }),
      (lists, from) => {
        const common = (lists[0] ?? [])
          .filter((position) => position >= from)
          .filter((position) => lists.every((list) => list.includes(position)));
        const expected = common.length === 0 ? null : Math.min(...common);
        expect(meet(lists.map(forward), from)).toBe(expected);
      },
    ),
  );
});

test('a rare source spares the frequent one nearly every step', () => {
  let asked = 0;
  const frequent: Source = (from) => {
    asked += 1;
    return from <= 1_000_000 ? from : null;
  };
  expect(meet([frequent, forward([999_999])], 1)).toBe(999_999);
  expect(asked).toBeLessThan(5);
});
