import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { SchemaMismatch, checkSchema, migrate } from '../../../src/ledger/sqlite/migrate';
import { openLedgerFile } from '../../../src/ledger/sqlite/open';
import { MIGRATIONS, makeFolder, removeFolder } from '../../support/ledger/ledger-folder';

let folder: string;
let migrations: string;
let database: Database;

beforeEach(() => {
  folder = makeFolder();
  migrations = join(folder, 'migrations');
  mkdirSync(migrations);
  write('0001_one.sql', 'CREATE TABLE one (n INTEGER) STRICT;');
  write('0002_two.sql', 'CREATE TABLE two (n INTEGER) STRICT; INSERT INTO one VALUES (2);');
  database = new Sqlite(join(folder, 'some.db'));
});

afterEach(() => {
  database.close();
  removeFolder(folder);
});

function write(name: string, sql: string): void {
  writeFileSync(join(migrations, name), sql);
}

function run(): void {
  migrate(database, migrations);
}

function tables(): unknown {
  const select = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
  return database.prepare(select).pluck().all();
}

it('applies each migration once, in order', () => {
  run();
  run();
  expect(database.prepare('SELECT n FROM one').pluck().all()).toEqual([2]);
  write('0003_three.sql', 'INSERT INTO one VALUES (3);');
  run();
  expect(database.prepare('SELECT n FROM one').pluck().all()).toEqual([2, 3]);
  expect(() => {
    checkSchema(database, migrations);
  }).not.toThrow();
});

it('refuses a file of a newer program, and one of another', () => {
  run();
  rmSync(join(migrations, '0002_two.sql'));
  expect(run).toThrow(SchemaMismatch);
  write('0002_other.sql', 'SELECT 1;');
  expect(run).toThrow(SchemaMismatch);
});

it('refuses a migration that has changed since', () => {
  run();
  write('0001_one.sql', 'CREATE TABLE one (n INTEGER, m INTEGER) STRICT;');
  expect(run).toThrow(SchemaMismatch);
});

it.each(['0004_four.sql', '03_three.sql', 'three.sql', '0003_Three.sql'])(
  'refuses a folder with %s after 0002',
  (name) => {
    write(name, 'SELECT 1;');
    expect(run).toThrow(SchemaMismatch);
  },
);

it('applies a migration wholly or not at all', () => {
  run();
  write('0003_three.sql', 'CREATE TABLE three (n INTEGER) STRICT; INSERT INTO nowhere VALUES (1);');
  expect(run).toThrow('nowhere');
  expect(tables()).toEqual(['one', 'schema_migration', 'two']);
  write('0003_three.sql', 'CREATE TABLE three (n INTEGER) STRICT;');
  run();
  expect(tables()).toEqual(['one', 'schema_migration', 'three', 'two']);
});

it('only checks what it may not write', () => {
  expect(() => {
    checkSchema(database, migrations);
  }).toThrow(SchemaMismatch);
  run();
  write('0003_three.sql', 'SELECT 1;');
  expect(() => {
    checkSchema(database, migrations);
  }).toThrow(SchemaMismatch);
});

describe('a ledger file', () => {
  it('of another schema is opened neither for writing nor for reading', () => {
    const path = join(folder, 'ledger.db');
    expect(() => openLedgerFile(path, { migrations: MIGRATIONS, readOnly: true })).toThrow();
    openLedgerFile(path, { migrations: MIGRATIONS }).close();
    const newer = new Sqlite(path);
    newer.exec("INSERT INTO schema_migration VALUES (9999, '9999_later.sql', 'x')");
    newer.close();
    for (const readOnly of [false, true]) {
      expect(() => openLedgerFile(path, { migrations: MIGRATIONS, readOnly })).toThrow(
        SchemaMismatch,
      );
    }
  });

  it('is no file of another kind', () => {
    const path = join(folder, 'ledger.db');
    writeFileSync(path, 'not a database, but long enough to have a header of one'.repeat(20));
    expect(() => openLedgerFile(path, { migrations: MIGRATIONS })).toThrow('not a database');
  });
});
