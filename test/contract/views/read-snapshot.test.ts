import Sqlite, { type Database } from 'better-sqlite3';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { WriterClient } from '../../../src/commands/writer-client';
import type { FromWriter } from '../../../src/commands/writer-messages';
import { readAnew, ReadSnapshot } from '../../../src/views/sqlite/read-snapshot';
import { makeFolder, removeFolder } from '../../support/ledger/ledger-folder';

let folder: string;
/** Commits without a word, as another thread does. */
let writing: Database;
let reading: Database;
let snapshot: ReadSnapshot;
let released: number;

beforeEach(() => {
  folder = makeFolder();
  const path = join(folder, 'one.db');
  writing = new Sqlite(path);
  writing.pragma('journal_mode = wal');
  writing.exec('CREATE TABLE one (value INTEGER); INSERT INTO one VALUES (0)');
  reading = new Sqlite(path, { readonly: true });
  released = 0;
  snapshot = new ReadSnapshot(reading, () => {
    released += 1;
  });
});
afterEach(async () => {
  await endOfTurn();
  reading.close();
  writing.close();
  removeFolder(folder);
});

function write(value: number): void {
  writing.prepare('UPDATE one SET value = ?').run(value);
}

function read(): unknown {
  snapshot.hold();
  return reading.prepare('SELECT value FROM one').pluck().get();
}

test('one turn of the event loop reads one state, also after its pauses', async () => {
  expect(read()).toBe(0);
  write(1);
  expect(read()).toBe(0);
  await Promise.resolve();
  expect(read()).toBe(0);
  await endOfTurn();
  expect(read()).toBe(1);
});

test('the end of the turn ends the transaction, so that the log of the file can be folded', async () => {
  read();
  expect(reading.inTransaction).toBe(true);
  await endOfTurn();
  expect([reading.inTransaction, released]).toEqual([false, 1]);
  await endOfTurn();
  expect(released).toBe(1);
});

test('with reason to read anew, the rest of the turn reads what was committed until then', async () => {
  expect(read()).toBe(0);
  write(1);
  readAnew();
  write(2);
  expect([read(), released]).toEqual([2, 1]);
  write(3);
  expect(read()).toBe(2);
  await endOfTurn();
  expect([read(), released]).toEqual([3, 2]);
});

test('what the writer acknowledges is read at once', () => {
  // Not a port of a thread: a message shall come in the middle of a turn.
  const port = new EventEmitter();
  new WriterClient(port as unknown as MessagePort, { total: 1, perCaller: 1 }, () => undefined);
  expect(read()).toBe(0);
  write(1);
  port.emit('message', { kind: 'OUTCOMES', outcomes: [] } satisfies FromWriter);
  expect(read()).toBe(1);
});

test('a file that is closed in the middle of a turn is left alone', async () => {
  read();
  reading.close();
  await endOfTurn();
  expect(released).toBe(1);
});
