import { QuestionQueue } from '../../../src/questions/question-queue';

const limits = { total: 12, perCaller: 4 };
const MINUTE = 60_000;

let now = 0;
const newQueue = (most = limits) => new QuestionQueue<string>(most, () => now);
const senderOf = (entry: string) => {
  const [organization = '', caller = ''] = entry.split('/');
  return { organization, caller };
};

/** Entries are named by who sent them: `acme/ann/1`. */
const push = (queue: QuestionQueue<string>, ...entries: readonly string[]): readonly boolean[] =>
  entries.map((entry) => queue.push(senderOf(entry), entry));

/** Takes everything; each question takes as long as the function says. */
function served(queue: QuestionQueue<string>, ms: (entry: string) => number = () => 0): string[] {
  const all: string[] = [];
  for (let entry = queue.take(); entry !== undefined; entry = queue.take()) {
    queue.charge(senderOf(entry), ms(entry));
    all.push(entry);
  }
  return all;
}

beforeEach(() => {
  now = 0;
});

test('where all cost the same, organizations are served in turns, and within each its callers', () => {
  const queue = newQueue();
  push(queue, 'big/a/1', 'big/a/2', 'big/b/1', 'big/c/1', 'big/d/1');
  push(queue, 'small/z/1', 'small/z/2');
  expect(served(queue)).toEqual([
    ...['big/a/1', 'small/z/1', 'big/b/1', 'small/z/2'],
    ...['big/c/1', 'big/d/1', 'big/a/2'],
  ]);
  expect([queue.length, queue.take()]).toEqual([0, undefined]);
});

test('who took little goes before any number of those who took much', () => {
  const queue = newQueue();
  push(queue, 'o/a/1', 'o/b/1', 'o/c/1');
  served(queue, () => 10_000);
  push(queue, 'o/a/2', 'o/b/2', 'o/c/2', 'o/d/1', 'o/d/2', 'p/e/1');
  expect(served(queue, (entry) => (entry.startsWith('o/d') ? 10 : 5000)).slice(0, 3)).toEqual([
    'p/e/1',
    'o/d/1',
    'o/d/2',
  ]);
});

test('what was taken is forgotten in time', () => {
  const queue = newQueue();
  queue.charge(senderOf('o/a'), 10_000);
  queue.charge(senderOf('o/b'), 100);
  push(queue, 'o/a/1', 'o/b/1');
  expect(queue.take()).toBe('o/b/1');
  now += 10 * MINUTE;
  queue.charge(senderOf('o/b'), 100);
  push(queue, 'o/b/2');
  expect(queue.take()).toBe('o/a/1');
});

test('callers of two organizations with one name are two', () => {
  const queue = newQueue({ total: 100, perCaller: 1 });
  expect(push(queue, 'one/host/1', 'two/host/1', 'one/host/2')).toEqual([true, true, false]);
  queue.charge(senderOf('one/host'), 1000);
  expect(queue.take()).toBe('two/host/1');
});

test('a caller has a share, and gets room by what is taken, or waits no longer', () => {
  const queue = newQueue();
  const wishes = ['o/a/1', 'o/a/2', 'o/a/3', 'o/a/4', 'o/a/5', 'o/b/1'];
  expect(push(queue, ...wishes)).toEqual([true, true, true, true, false, true]);
  queue.take();
  expect(push(queue, 'o/a/6', 'o/a/7')).toEqual([true, false]);
  queue.remove('o/a/3');
  queue.remove('o/a/3');
  expect(push(queue, 'o/a/7')).toEqual([true]);
  expect(queue.takeAll()).toEqual(['o/a/2', 'o/a/4', 'o/b/1', 'o/a/6', 'o/a/7']);
});

test('an organization with many callers leaves room for every other', () => {
  const queue = newQueue();
  const crowd = (name: string) => Array.from({ length: 20 }, (_, i) => `${name}/${i}/1`);
  expect(push(queue, ...crowd('big')).filter(Boolean)).toHaveLength(6);
  expect(push(queue, ...crowd('next')).filter(Boolean)).toHaveLength(3);
  expect(push(queue, 'small/z/1')).toEqual([true]);
  expect(queue.length).toBe(10);
});
