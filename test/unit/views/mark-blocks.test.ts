import fc from 'fast-check';
import {
  blockOf,
  blockStart,
  blockwise,
  type BlockRow,
} from '../../../src/views/sqlite/mark-blocks';
import { meet, type Direction } from '../../../src/views/sqlite/meet';

const LAST = 1500;
const positions = fc.uniqueArray(fc.integer({ min: 1, max: LAST }), { maxLength: 60 });

/** Rows as the table would hold them, and how they are sought. */
function seekIn(marked: readonly number[], direction: Direction) {
  const rows = new Map<number, number[]>();
  for (const position of [...marked].sort((a, b) => a - b)) {
    const block = blockOf(position);
    rows.set(block, [...(rows.get(block) ?? []), position - blockStart(block)]);
  }
  const blocks = [...rows.keys()].sort((a, b) => (direction === 'FORWARD' ? a - b : b - a));
  return (from: number): BlockRow | undefined => {
    const block = blocks.find((each) => (direction === 'FORWARD' ? each >= from : each <= from));
    return block === undefined ? undefined : [block, Uint8Array.from(rows.get(block) ?? [])];
  };
}

describe.each(['FORWARD', 'BACKWARD'] as const)('marked positions, searched %s', (direction) => {
  const nearest = (marked: readonly number[], from: number): number | null =>
    direction === 'FORWARD'
      ? ([...marked].sort((a, b) => a - b).find((each) => each >= from) ?? null)
      : ([...marked].sort((a, b) => b - a).find((each) => each <= from) ?? null);

  test('the nearest one is found from anywhere, in whatever order is asked', () => {
    fc.assert(
      fc.property(
        positions,
        fc.array(fc.integer({ min: 0, max: LAST + 300 }), { minLength: 1, maxLength: 20 }),
        (marked, asked) => {
          const source = blockwise(direction, seekIn(marked, direction));
          for (const from of [...asked, ...marked]) {
            expect([from, source(from)]).toEqual([from, nearest(marked, from)]);
          }
        },
      ),
    );
  });

  test('positions with two marks are found one after the other', () => {
    fc.assert(
      fc.property(positions, positions, (some, others) => {
        const sources = [some, others].map((each) => blockwise(direction, seekIn(each, direction)));
        const step = direction === 'FORWARD' ? 1 : -1;
        const found: number[] = [];
        let next = meet(sources, direction === 'FORWARD' ? 1 : LAST);
        while (next !== null) {
          found.push(next);
          next = meet(sources, next + step);
        }
        const both = some.filter((each) => others.includes(each));
        expect(found).toEqual(both.sort((a, b) => step * (a - b)));
      }),
    );
  });

  test('a block is read once for all of its positions', () => {
    const marked = Array.from({ length: 256 }, (_, place) => blockStart(3) + place);
    const seek = seekIn(marked, direction);
    let read = 0;
    const source = blockwise(direction, (block) => {
      read += 1;
      return seek(block);
    });
    const asked = direction === 'FORWARD' ? marked : [...marked].reverse();
    expect(asked.map((from) => source(from))).toEqual(asked);
    expect(read).toBe(1);
  });
});
