import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { LedgerCorrupt } from '../../../src/ledger/errors';
import type { LedgerRef } from '../../../src/ledger/types';
import { verifyLedgers } from '../../../src/ledger/sqlite/verify';
import {
  makeFolder,
  openLedger,
  removeFolder,
  type OpenLedger,
} from '../../support/ledger/ledger-folder';
import { foundSample, sampleContext, sampleEvent } from '../../support/ledger/samples';

let folder: string;
let ledger: OpenLedger;
let ref: LedgerRef;

beforeEach(() => {
  folder = makeFolder();
  ledger = openLedger(folder);
  ref = foundSample(ledger.writer, 6);
});

afterEach(() => {
  ledger.close();
  removeFolder(folder);
});

/** Closes the file, changes it behind the program's back, and opens it again. */
function tamper(sql: string): void {
  ledger.close();
  const database = new Sqlite(ledger.path);
  database.pragma('foreign_keys = OFF');
  const triggers = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck();
  for (const name of triggers.all()) database.exec(`DROP TRIGGER ${name}`);
  database.exec(sql);
  database.close();
}

describe('opening', () => {
  it('asserts full durability every time, for a log that is there as for a new one', () => {
    for (let opening = 0; opening < 3; opening += 1) {
      const pragma = (name: string): unknown => ledger.database.pragma(name, { simple: true });
      expect(pragma('journal_mode')).toBe('wal');
      expect(pragma('synchronous')).toBe(2);
      expect(pragma('secure_delete')).toBe(1);
      expect(pragma('foreign_keys')).toBe(1);
      expect(pragma('trusted_schema')).toBe(0);
      expect(pragma('cell_size_check')).toBe(1);
      ledger.close();
      ledger = openLedger(folder);
    }
  });

  it('makes a file that only its owner may read', () => {
    expect(statSync(ledger.path).mode & 0o777).toBe(0o600);
  });

  it('does not let readers write', () => {
    expect(() => {
      ledger.shared.settings.set('VIEWS_NUMBER', '1');
    }).toThrow(expect.objectContaining({ code: 'SQLITE_READONLY' }));
  });
});

describe('events', () => {
  const REFUSED = /FOREIGN KEY|immutable|after the head|for ever|only grows/u;
  const COLUMNS = 'recorded_at, leaf_hash, envelope, data, salt, personal, personal_salt';

  it.each([
    ['UPDATE', `UPDATE events SET data = '{}' WHERE position = 2`],
    ['UPDATE of the envelope', `UPDATE events SET envelope = x'00' WHERE position = 2`],
    ['UPDATE of the position', 'UPDATE events SET position = 9 WHERE position = 6'],
    ['UPDATE that changes nothing', 'UPDATE events SET data = data'],
    ['UPDATE OR REPLACE', 'UPDATE OR REPLACE events SET position = 5 WHERE position = 6'],
    ['DELETE', 'DELETE FROM events WHERE position = 6'],
    ['DELETE of all', 'DELETE FROM events'],
    ['another personal part', `UPDATE events SET personal = '{}' WHERE position = 3`],
    ['a personal part erased alone', 'UPDATE events SET personal = NULL WHERE position = 3'],
    ['a salt erased alone', 'UPDATE events SET personal_salt = NULL WHERE position = 3'],
    [
      'more erased than the personal part',
      `UPDATE events SET personal = NULL, personal_salt = NULL, data = '{}' WHERE position = 3`,
    ],
    [
      'a personal part where there was none',
      `UPDATE events SET personal = '{}', personal_salt = zeroblob(32) WHERE position = 1`,
    ],
    ...[0, 5, 6, 8].map((position) => [
      `INSERT at position ${String(position)} of 6`,
      `INSERT INTO events (ledger, position, ${COLUMNS})
        SELECT ledger, ${String(position)}, ${COLUMNS} FROM events WHERE position = 1`,
    ]),
    [
      'INSERT OR REPLACE of an event',
      `INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 6`,
    ],
    [
      'INSERT OR REPLACE of a row by another position',
      `INSERT OR REPLACE INTO events (sequence, ledger, position, ${COLUMNS})
        SELECT sequence, ledger, 7, ${COLUMNS} FROM events WHERE position = 2`,
    ],
    [
      'INSERT into no ledger',
      `INSERT INTO events (ledger, position, ${COLUMNS})
        SELECT 99, 1, ${COLUMNS} FROM events WHERE position = 1`,
    ],
    ['a head that goes back', 'UPDATE ledgers SET position = position - 1 WHERE position > 0'],
    ['another ledger id', `UPDATE ledgers SET id = 'led_other' WHERE position > 0`],
    ['DELETE of a ledger', 'DELETE FROM ledgers'],
  ])('refuse: %s', (_, sql) => {
    expect(() => ledger.database.exec(sql)).toThrow(REFUSED);
    verifyLedgers(ledger.database);
    expect(ledger.reader.head(ref).position).toBe(6);
  });

  it('lose their personal part and its salt together, and every proof stays', () => {
    const before = ledger.reader.event(ref, 3);
    ledger.database.exec(
      'UPDATE events SET personal = NULL, personal_salt = NULL WHERE position = 3',
    );
    expect(before?.personal).toEqual({ name: 'Cluster 3' });
    expect(ledger.reader.event(ref, 3)).toEqual({ ...before, personal: null });
    verifyLedgers(ledger.database);
    const root = ledger.reader.head(ref).root;
    ledger.close();
    ledger = openLedger(folder);
    expect(ledger.reader.head(ref).root).toEqual(root);
    ledger.writer.begin();
    ledger.writer.append(ref, [sampleEvent(7)], sampleContext());
    ledger.writer.commit();
    verifyLedgers(ledger.database);
  });
});

describe('the check of the heads', () => {
  it.each([
    ['an event is gone', 'DELETE FROM events WHERE position = 6'],
    [
      'an event was put in',
      `INSERT INTO events (ledger, position, recorded_at, leaf_hash, envelope, data, salt)
        SELECT ledger, 7, recorded_at, leaf_hash, envelope, data, salt FROM events
          WHERE position = 6`,
    ],
    ['the last envelope changed', `UPDATE events SET envelope = x'7b7d' WHERE position = 6`],
    ['the head was set back', 'UPDATE ledgers SET position = 5 WHERE position = 6'],
    ['the head has another hash', 'UPDATE ledgers SET leaf_hash = zeroblob(32) WHERE position = 6'],
    ['the head has another instant', 'UPDATE ledgers SET recorded_at = 0 WHERE position = 6'],
    ['the root changed', 'UPDATE ledgers SET root = zeroblob(32) WHERE position = 6'],
    ['the frontier changed', 'UPDATE ledgers SET frontier = zeroblob(64) WHERE position = 6'],
    ['the frontier is too short', `UPDATE ledgers SET frontier = x'' WHERE position = 6`],
    ['an empty ledger has a root', `UPDATE ledgers SET root = zeroblob(32) WHERE position = 0`],
  ])('stops the program when %s', (_, sql) => {
    tamper(sql);
    expect(() => openLedger(folder)).toThrow(LedgerCorrupt);
  });

  it('lets pass what only a full verification finds, and that finds it', () => {
    tamper(`UPDATE events SET data = '{}' WHERE position = 2`);
    ledger = openLedger(folder);
    expect(() => {
      verifyLedgers(ledger.database);
    }).toThrow(expect.objectContaining({ name: 'LedgerCorrupt', position: 2 }));
  });
});
