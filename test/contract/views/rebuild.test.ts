import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { TeamUpdated } from '../../../src/domain/team/events';
import { digestViews } from '../../../src/views/digest';
import {
  nextViewsNumber,
  removeOtherViews,
  viewsNumbers,
  viewsPath,
} from '../../../src/views/files';
import { openViewsFile, ViewsOutdated } from '../../../src/views/open';
import { rebuildViews } from '../../../src/views/rebuild';
import { SqliteViewsWriter } from '../../../src/views/views-writer';
import { smallWorld } from '../../support/views/small-world';
import { MIGRATIONS, ViewsFiles, type TestOrganization } from '../../support/views/views-files';

let files: ViewsFiles;
let organization: TestOrganization;
let made: ReturnType<typeof smallWorld>;

beforeEach(() => {
  files = new ViewsFiles();
  organization = files.organization();
  made = smallWorld(files, organization);
  files.record(organization, made.events);
});
afterEach(() => files.close());

const options = { migrations: MIGRATIONS };
const rebuild = (onProgress?: Parameters<typeof rebuildViews>[1]['onProgress']): number =>
  rebuildViews(files.reader, {
    ...{ folder: files.folder, migrations: MIGRATIONS, current: 1 },
    ...(onProgress === undefined ? {} : { onProgress }),
  });

describe('a rebuild', () => {
  test('makes the same views in a file of the next number, and leaves the current one alone', () => {
    const seen: unknown[] = [];
    const number = rebuild((progress) => seen.push(progress));
    expect(number).toBe(2);
    expect(seen.at(-1)).toEqual({ done: made.events.length, total: made.events.length });
    const rebuilt = openViewsFile(viewsPath(files.folder, 2), { ...options, readOnly: true });
    expect(digestViews(rebuilt)).toEqual(digestViews(files.viewsFile));
    expect(rebuilt.pragma('integrity_check', { simple: true })).toBe('ok');
    rebuilt.close();
  });

  test('its file has every index, WAL mode and NORMAL durability', () => {
    rebuild();
    const rebuilt = openViewsFile(viewsPath(files.folder, 2), options);
    const schema = 'SELECT type, name, sql FROM sqlite_schema ORDER BY name';
    expect(rebuilt.prepare(schema).all()).toEqual(files.viewsFile.prepare(schema).all());
    expect(rebuilt.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(rebuilt.pragma('synchronous', { simple: true })).toBe(1);
    expect(statSync(viewsPath(files.folder, 2)).mode & 0o777).toBe(0o600);
    rebuilt.close();
  });

  test('whoever switches to it catches up with what came meanwhile', () => {
    rebuild();
    const renamed = TeamUpdated.make({ teamId: made.ids.teamId }, { name: 'Later' });
    files.record(organization, [renamed]);
    const rebuilt = openViewsFile(viewsPath(files.folder, 2), options);
    new SqliteViewsWriter(rebuilt, files.reader).catchUp();
    expect(digestViews(rebuilt)).toEqual(digestViews(files.viewsFile));
    rebuilt.close();
  });

  test('one that fails leaves nothing', () => {
    const before = readdirSync(files.folder);
    const fault = new Error('stop');
    expect(() =>
      rebuild(() => {
        throw fault;
      }),
    ).toThrow(fault);
    expect(readdirSync(files.folder)).toEqual(before);
    expect(rebuild()).toBe(2);
  });

  test('of an empty ledger makes empty views', () => {
    const empty = new ViewsFiles();
    const number = rebuildViews(empty.reader, {
      ...{ folder: empty.folder, migrations: MIGRATIONS, current: 1 },
    });
    const rebuilt = openViewsFile(viewsPath(empty.folder, number), options);
    expect(digestViews(rebuilt)).toEqual(digestViews(empty.viewsFile));
    rebuilt.close();
    empty.close();
  });
});

describe('a digest', () => {
  test('changes with any row', () => {
    const before = digestViews(files.viewsFile);
    files.viewsFile.exec("UPDATE facts SET level = 'VIEW' WHERE level = 'USE'");
    const after = digestViews(files.viewsFile);
    const changed = Object.keys(before).filter((table) => before[table] !== after[table]);
    expect(changed).toEqual(['facts']);
  });
});

describe('views files', () => {
  test('have numbers that are never given twice', () => {
    expect(viewsNumbers(files.folder)).toEqual([1]);
    expect(nextViewsNumber(files.folder, 1)).toBe(2);
    expect(nextViewsNumber(files.folder, 7)).toBe(8);
    writeFileSync(viewsPath(files.folder, 9), '');
    expect(nextViewsNumber(files.folder, 7)).toBe(10);
    for (const other of [
      'views-.db',
      'views-01.db',
      'views-1.db.bak',
      'xviews-3.db',
      'views-1e3.db',
    ]) {
      writeFileSync(join(files.folder, other), '');
    }
    expect(viewsNumbers(files.folder)).toEqual([1, 9]);
  });

  test('that are not current go, with all that is theirs', () => {
    rebuild();
    const half = new Sqlite(viewsPath(files.folder, 5));
    half.pragma('journal_mode = WAL');
    half.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
    half.close();
    writeFileSync(viewsPath(files.folder, 6), 'no database at all, whatever its name says');
    writeFileSync(`${viewsPath(files.folder, 6)}-wal`, 'nor is this');
    expect(removeOtherViews(files.folder, 1)).toEqual([2, 5, 6]);
    const left = readdirSync(files.folder).filter((name) => name.startsWith('views-'));
    expect(left.every((name) => name.startsWith('views-1.db'))).toBe(true);
    expect(existsSync(viewsPath(files.folder, 1))).toBe(true);
  });

  test('that anybody has open stay', () => {
    rebuild();
    const open = openViewsFile(viewsPath(files.folder, 2), { ...options, readOnly: true });
    open.prepare('SELECT count(*) FROM entities').get();
    expect(removeOtherViews(files.folder, 1)).toEqual([]);
    expect(open.prepare('SELECT count(*) FROM entities').pluck().get()).toBeGreaterThan(0);
    open.close();
    expect(removeOtherViews(files.folder, 1)).toEqual([2]);
  });

  test('that are being built stay', () => {
    const building = new Sqlite(viewsPath(files.folder, 3));
    building.pragma('locking_mode = EXCLUSIVE');
    building.pragma('journal_mode = OFF');
    building.exec('CREATE TABLE t (a)');
    expect(removeOtherViews(files.folder, 1)).toEqual([]);
    building.close();
    expect(removeOtherViews(files.folder, 1)).toEqual([3]);
  });

  test('of another version of the projections are refused', () => {
    rebuild();
    const path = viewsPath(files.folder, 2);
    const db = new Sqlite(path);
    db.pragma('user_version = 999');
    db.close();
    expect(() => openViewsFile(path, options)).toThrow(ViewsOutdated);
    expect(() => openViewsFile(path, { ...options, readOnly: true })).toThrow(ViewsOutdated);
  });

  test('that lack the last migration are refused, and not brought forward', () => {
    rebuild();
    const path = viewsPath(files.folder, 2);
    const db = new Sqlite(path);
    db.exec(
      'DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)',
    );
    db.close();
    expect(() => openViewsFile(path, options)).toThrow(ViewsOutdated);
  });

  test('of another schema are refused', () => {
    rebuild();
    const path = viewsPath(files.folder, 2);
    const db = new Sqlite(path);
    db.exec("UPDATE schema_migration SET checksum = 'other'");
    db.close();
    expect(() => openViewsFile(path, options)).toThrow(ViewsOutdated);
  });
});
