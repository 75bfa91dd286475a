import Sqlite from 'better-sqlite3';
import { RowInserter } from '../../../src/views/sqlite/row-inserter';

const db = new Sqlite(':memory:');
db.exec('CREATE TABLE pairs (a INTEGER PRIMARY KEY, b TEXT, c INTEGER) STRICT');
beforeEach(() => db.exec('DELETE FROM pairs'));
afterAll(() => db.close());

const INSERT = { into: 'INSERT INTO pairs (a, b, c)', row: '(?, ?, 7)' };
const inserter = (atOnce: number) => new RowInserter<[number, string | null]>(db, INSERT, atOnce);
const rows = () => db.prepare('SELECT a, b, c FROM pairs ORDER BY a').raw().all();

test('rows wait until there are enough, and are inserted together', () => {
  const pairs = inserter(3);
  pairs.insert(1, 'one');
  pairs.insert(2, null);
  expect(rows()).toEqual([]);
  pairs.insert(3, 'three');
  const three = [
    [1, 'one', 7],
    [2, null, 7],
    [3, 'three', 7],
  ];
  expect(rows()).toEqual(three);
  pairs.insert(4, 'four');
  expect(rows()).toEqual(three);
  expect(pairs.flush()).toBe(true);
  expect(rows()).toEqual([...three, [4, 'four', 7]]);
  expect(pairs.flush()).toBe(false);
});

test('one at a time none waits', () => {
  const pairs = inserter(1);
  pairs.insert(1, 'one');
  expect(rows()).toEqual([[1, 'one', 7]]);
  expect(pairs.flush()).toBe(false);
});

test('what is dropped is never inserted, also after a row that was refused', () => {
  const pairs = inserter(2);
  pairs.insert(1, 'one');
  expect(() => pairs.insert(1, 'again')).toThrow(/UNIQUE/u);
  pairs.forget();
  pairs.insert(2, 'two');
  pairs.insert(3, 'three');
  expect(rows()).toEqual([
    [2, 'two', 7],
    [3, 'three', 7],
  ]);
});
