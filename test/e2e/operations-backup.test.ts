import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { startWriteLoad, teamSlugs } from '../support/e2e/write-load';
import { gql, runCommand, startServer, type ServerProcess } from '../support/server-process';

let scratch: string;
let server: ServerProcess;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'palisade-backup-'));
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const backup = (target: string) => runCommand(['backup', target, '--data-folder', server.folder]);
const restore = (source: string, folder: string) =>
  runCommand(['restore', source, '--data-folder', folder]);

it('a backup of a running server is whole, restored and checked', async () => {
  const load = startWriteLoad(server, 'team');
  await load.progress(30);
  const before = load.acknowledged();
  const target = join(scratch, 'online');
  expect(await backup(target)).toMatchObject({ code: 0 });
  await load.progress(10);
  await load.stop();

  expect(readdirSync(target).sort()).toEqual(['ledger.db', 'views-1.db']);
  expect(statSync(target).mode & 0o077).toBe(0);
  for (const name of readdirSync(target)) {
    expect(statSync(join(target, name)).mode & 0o077).toBe(0);
  }

  const folder = join(scratch, 'restored');
  const restored = await restore(target, folder);
  expect(restored.code).toBe(0);
  expect(restored.stdout).toMatch(/^Restored \d+ events; organizations: 1\.$/mu);
  expect(restored.stderr).toMatch(/Checking the ledger: 100 %/u);
  expect(await runCommand(['views', 'check', '--data-folder', folder])).toMatchObject({ code: 0 });

  const copy = await startServer({ folder, identity: server });
  try {
    const slugs = new Set(await teamSlugs(copy));
    for (const slug of before) expect(slugs).toContain(slug);
    for (const slug of slugs) expect(load.acknowledged()).toContain(slug);
    const { data } = await gql(copy.url, server.adminToken, '{ viewer { member { role } } }');
    expect(data.viewer.member.role).toBe('ADMIN');
  } finally {
    await copy.stop();
  }
});

describe('nothing is overwritten', () => {
  it('by a backup', async () => {
    const target = mkdtempSync(join(scratch, 'full-'));
    writeFileSync(join(target, 'mine'), 'kept');
    const how = await backup(target);
    expect(how).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `palisade: ${target} is not empty.\n`,
    });
    expect(readdirSync(target)).toEqual(['mine']);
  });

  it('by a restore', async () => {
    const target = join(scratch, 'second');
    expect(await backup(target)).toMatchObject({ code: 0 });
    const how = await restore(target, server.folder);
    expect(how).toMatchObject({ code: 1, stdout: '' });
    expect(how.stderr).toBe(`palisade: ${server.folder} is not empty.\n`);
  });
});

describe('a restore leaves nothing that starts', () => {
  const damaged = async (name: string, sql: string): Promise<string> => {
    const source = join(scratch, name);
    expect(await backup(source)).toMatchObject({ code: 0 });
    const file = new Sqlite(join(source, 'ledger.db'));
    const triggers = file
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
      .pluck()
      .all();
    for (const trigger of triggers) file.exec(`DROP TRIGGER ${String(trigger)}`);
    file.exec(sql);
    file.close();
    return source;
  };

  it.each([
    ['an event was changed', `UPDATE events SET data = replace(data, 'ADMIN', 'OTHER')`],
    ['an event is missing', 'DELETE FROM events WHERE position = 2'],
    ['the last event is missing', 'DELETE FROM events WHERE position = 3'],
    ['a head was moved', 'UPDATE ledgers SET position = position + 1 WHERE position > 0'],
  ])('of a backup in which %s', async (name, sql) => {
    const source = await damaged(name.replaceAll(' ', '-'), sql);
    const folder = join(scratch, `from-${name.replaceAll(' ', '-')}`);
    const how = await restore(source, folder);
    expect(how).toMatchObject({ code: 1, stdout: '' });
    expect(how.stderr).toMatch(/^palisade: /mu);
    expect(readdirSync(folder)).not.toContain('ledger.db');
  });

  it('of a file that was cut', async () => {
    const source = join(scratch, 'cut');
    expect(await backup(source)).toMatchObject({ code: 0 });
    const whole = readFileSync(join(source, 'ledger.db'));
    writeFileSync(join(source, 'ledger.db'), whole.subarray(0, whole.length / 2));
    const folder = join(scratch, 'from-cut');
    expect(await restore(source, folder)).toMatchObject({ code: 1, stdout: '' });
    expect(readdirSync(folder)).not.toContain('ledger.db');
  });

  it('of a folder that is no backup', async () => {
    const folder = join(scratch, 'from-nothing');
    const how = await restore(mkdtempSync(join(scratch, 'nothing-')), folder);
    expect(how).toMatchObject({ code: 1, stdout: '' });
    expect(how.stderr).toMatch(/^palisade: There is no ledger in [^\n]+\n$/u);
  });
});
