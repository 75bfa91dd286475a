import { FairQueue } from '../../../src/commands/fair-queue';

const limits = { total: 6, perCaller: 4 };

test('callers are served in turns, each in its own order', () => {
  const queue = new FairQueue<string>(limits);
  for (const entry of ['a1', 'a2', 'a3', 'b1', 'c1']) queue.push(entry.charAt(0), entry);
  expect(queue.take(4)).toEqual(['a1', 'b1', 'c1', 'a2']);
  queue.push('b', 'b2');
  expect(queue.take(9)).toEqual(['a3', 'b2']);
  expect(queue.length).toBe(0);
  expect(queue.take(1)).toEqual([]);
});

test('whoever was served waits behind those who were not', () => {
  const queue = new FairQueue<string>(limits);
  for (const entry of ['a1', 'a2', 'b1']) queue.push(entry.charAt(0), entry);
  expect(queue.take(1)).toEqual(['a1']);
  expect(queue.take(1)).toEqual(['b1']);
  expect(queue.take(1)).toEqual(['a2']);
});

test('a caller has a share, and all of them together a limit', () => {
  const queue = new FairQueue<number>(limits);
  expect([1, 2, 3, 4, 5].map((entry) => queue.push('a', entry))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(queue.push('b', 1)).toBe(true);
  expect(queue.push('c', 1)).toBe(true);
  expect(queue.push('d', 1)).toBe(false);
  queue.take(1);
  expect(queue.push('d', 1)).toBe(true);
});
