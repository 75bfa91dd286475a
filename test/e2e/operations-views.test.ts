import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { startWriteLoad, teamSlugs } from '../support/e2e/write-load';
import { runCommand, startServer } from '../support/server-process';

const views = (command: string, folder: string) =>
  runCommand(['views', command, '--data-folder', folder]);

const viewsFiles = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => /^views-\d+\.db$/u.test(name));

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'palisade-views-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a rebuild beside a running server', () => {
  it('takes over while writes go on, and nothing acknowledged is missing', async () => {
    const server = await startServer();
    const load = startWriteLoad(server, 'team');
    try {
      await load.progress(20);
      for (const number of [2, 3]) {
        const rebuilt = await views('rebuild', server.folder);
        expect(rebuilt).toMatchObject({
          code: 0,
          stdout: `The views are in views-${number}.db now.\n`,
        });
        expect(rebuilt.stderr).toMatch(/Rebuilding the views: 100 % \(\d+ of \d+\)/u);
        expect(viewsFiles(server.folder)).toContain(`views-${number}.db`);
        await load.progress(20);
        expect(await views('check', server.folder)).toMatchObject({ code: 0 });
      }
      await load.stop();
      expect([...(await teamSlugs(server))].sort()).toEqual([...load.acknowledged()].sort());

      await server.kill9();
      const again = await server.restart();
      expect([...(await teamSlugs(again))].sort()).toEqual([...load.acknowledged()].sort());
      expect(viewsFiles(again.folder)).toEqual(['views-3.db']);
      await again.stop();
    } finally {
      await Promise.allSettled([load.stop(), server.stop()]);
    }
  });
});

describe('without a server', () => {
  const folderOf = async (name: string): Promise<string> => {
    const folder = join(scratch, name);
    expect(await runCommand(['init', '--data-folder', folder])).toMatchObject({ code: 0 });
    return folder;
  };

  it('a rebuild is used from the next start on', async () => {
    const folder = await folderOf('stopped');
    expect(await views('rebuild', folder)).toMatchObject({ code: 0 });
    expect(viewsFiles(folder)).toEqual(['views-2.db']);
    expect(await views('check', folder)).toMatchObject({
      code: 0,
      stdout: 'The views are what the ledgers make of them.\n',
    });
    const token = await runCommand(['token', 'admin', '--data-folder', folder]);
    expect(token.code).toBe(0);
    expect(viewsFiles(folder)).toEqual(['views-2.db']);
  });

  it('views that were lost are made again', async () => {
    const folder = await folderOf('lost');
    rmSync(join(folder, 'views-1.db'));
    const token = await runCommand(['token', 'admin', '--data-folder', folder]);
    expect(token.code).toBe(0);
    expect(await views('check', folder)).toMatchObject({ code: 0 });
  });

  it('a check finds what was changed behind our back, and a rebuild mends it', async () => {
    const folder = await folderOf('changed');
    const file = new Sqlite(join(folder, 'views-1.db'));
    file.exec(`UPDATE facts SET level = 'MEMBER' WHERE level = 'ADMIN'`);
    file.close();
    const bad = await views('check', folder);
    expect(bad).toMatchObject({ code: 1, stdout: '' });
    expect(bad.stderr).toContain('palisade: The views differ from the ledgers in facts.');
    expect(await views('rebuild', folder)).toMatchObject({ code: 0 });
    expect(await views('check', folder)).toMatchObject({ code: 0 });
  });

  it('views of another version are made again by the start', async () => {
    const folder = await folderOf('outdated');
    const file = new Sqlite(join(folder, 'views-1.db'));
    file.pragma('user_version = 9999');
    file.close();
    const token = await runCommand(['token', 'admin', '--data-folder', folder]);
    expect(token.code).toBe(0);
    expect(token.stderr).toMatch(/Rebuilding the views: 100 %/u);
    expect(viewsFiles(folder)).toEqual(['views-2.db']);
  });

  it.each<[string, (folder: string) => Promise<void>]>([
    [
      'are ahead of their ledger',
      async (folder) => {
        const earlier = join(scratch, 'earlier.db');
        copyFileSync(join(folder, 'ledger.db'), earlier);
        const token = await runCommand(['token', 'admin', '--data-folder', folder]);
        expect(token.code).toBe(0);
        copyFileSync(earlier, join(folder, 'ledger.db'));
      },
    ],
    [
      'come from another ledger',
      async (folder) => {
        const other = await folderOf('other');
        copyFileSync(join(other, 'ledger.db'), join(folder, 'ledger.db'));
      },
    ],
  ])('views that %s are not served', async (name, change) => {
    const folder = await folderOf(name.replaceAll(' ', '-'));
    await change(folder);
    const serve = await runCommand(['serve', '--data-folder', folder, '--port', '0']);
    expect(serve).toMatchObject({ code: 1, stdout: '' });
    expect(serve.stderr).toMatch(
      /^palisade: [^\n]+\npalisade: Run "palisade views rebuild"[^\n]+\n$/u,
    );
    expect(await views('rebuild', folder)).toMatchObject({ code: 0 });
    expect(await views('check', folder)).toMatchObject({ code: 0 });
  });

  it('there is nothing to rebuild where there is no ledger', async () => {
    const folder = mkdtempSync(join(scratch, 'empty-'));
    for (const command of ['rebuild', 'check']) {
      const how = await views(command, folder);
      expect(how).toMatchObject({ code: 1, stdout: '' });
      expect(how.stderr).toMatch(/^palisade: There is no ledger in [^\n]+\n$/u);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});
