import { FairQueue } from '../../../src/commands/fair-queue';

const limits = { total: 12, perCaller: 4 };

/** Entries are named by who sent them: `acme/ann/1`. */
const push = (queue: FairQueue<string>, ...entries: readonly string[]): readonly boolean[] =>
  entries.map((entry) => {
    const [organization = '', caller = ''] = entry.split('/');
    return queue.push({ organization, caller }, entry);
  });

test('callers are served in turns, each in its own order', () => {
  const queue = new FairQueue<string>(limits);
  push(queue, 'o/a/1', 'o/a/2', 'o/a/3', 'o/b/1', 'o/c/1');
  expect(queue.take(4)).toEqual(['o/a/1', 'o/b/1', 'o/c/1', 'o/a/2']);
  push(queue, 'o/b/2');
  expect(queue.take(9)).toEqual(['o/a/3', 'o/b/2']);
  expect(queue.length).toBe(0);
  expect(queue.take(1)).toEqual([]);
});

test('whoever was served waits behind those who were not', () => {
  const queue = new FairQueue<string>(limits);
  push(queue, 'o/a/1', 'o/a/2', 'o/b/1');
  expect(queue.take(1)).toEqual(['o/a/1']);
  expect(queue.take(1)).toEqual(['o/b/1']);
  expect(queue.take(1)).toEqual(['o/a/2']);
});

test('organizations are served in turns, however many callers they have', () => {
  const queue = new FairQueue<string>(limits);
  push(queue, 'big/a/1', 'big/b/1', 'big/c/1', 'big/d/1', 'big/a/2');
  push(queue, 'small/z/1', 'small/z/2');
  expect(queue.take(4)).toEqual(['big/a/1', 'small/z/1', 'big/b/1', 'small/z/2']);
  expect(queue.take(9)).toEqual(['big/c/1', 'big/d/1', 'big/a/2']);
});

test('callers of two organizations with one name are two', () => {
  const queue = new FairQueue<string>({ total: 100, perCaller: 1 });
  expect(push(queue, 'one/host/1', 'two/host/1', 'one/host/2')).toEqual([true, true, false]);
});

test('a caller has a share', () => {
  const queue = new FairQueue<string>(limits);
  const wishes = ['o/a/1', 'o/a/2', 'o/a/3', 'o/a/4', 'o/a/5', 'o/b/1'];
  expect(push(queue, ...wishes)).toEqual([true, true, true, true, false, true]);
  queue.take(1);
  expect(push(queue, 'o/a/6')).toEqual([true]);
});

test('an organization with many callers leaves room for every other', () => {
  const queue = new FairQueue<string>(limits);
  const crowd = (name: string) => Array.from({ length: 20 }, (_, i) => `${name}/${i}/1`);
  expect(push(queue, ...crowd('big')).filter(Boolean)).toHaveLength(6);
  expect(push(queue, ...crowd('next')).filter(Boolean)).toHaveLength(3);
  expect(push(queue, 'small/z/1')).toEqual([true]);
  expect(queue.length).toBe(10);
  expect(queue.take(3)).toEqual(['big/0/1', 'next/0/1', 'small/z/1']);
});

test('all of them together stay below the limit, and a queue that was full fills again', () => {
  const queue = new FairQueue<string>(limits);
  const many = Array.from({ length: 50 }, (_, i) => `${i}/a/1`);
  expect(push(queue, ...many).filter(Boolean)).toHaveLength(12);
  expect(queue.take(50)).toEqual(many.slice(0, 12));
  expect(push(queue, ...many).filter(Boolean)).toHaveLength(12);
});
