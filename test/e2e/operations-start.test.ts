import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gql, runCommand, startServer, type ServerProcess } from '../support/server-process';

const VIEWER = '{ viewer { member { name role } organization { slug } } }';
const TOKENS = /plsd_[0-9A-Za-z]{49}/gu;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'palisade-start-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the first start', () => {
  let server: ServerProcess;
  const folder = (): string => join(scratch, 'first', 'data');

  beforeAll(async () => {
    const args = ['--organization', 'acme', '--organization-name', 'Acme', '--admin-name', 'Ada'];
    server = await startServer({ folder: folder(), args });
  });
  afterAll(() => server.stop());

  const tokenFile = (): string => join(folder(), 'first-admin-token');

  it('keeps the token out of an output that is no terminal, and says where it is', () => {
    expect(server.stdout() + server.log()).not.toMatch(TOKENS);
    expect(server.stdout()).toContain(tokenFile());
    expect(server.stdout()).toContain('delete the file');
    expect(statSync(tokenFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(tokenFile(), 'utf8')).toBe(`${server.adminToken}\n`);
  });

  it('tells a token that works', async () => {
    const { status, data } = await gql(server.url, server.adminToken, VIEWER);
    expect(status).toBe(200);
    expect(data.viewer).toEqual({
      member: { name: 'Ada', role: 'ADMIN' },
      organization: { slug: 'acme' },
    });
  });

  it('prints a first question that can be asked as it stands', () => {
    expect(server.stdout()).toContain(`curl -s ${server.url}/graphql`);
    expect(server.stdout()).toContain('$PALISADE_TOKEN');
  });

  it('keeps everything for its owner alone', () => {
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder())) {
      expect([name, statSync(join(folder(), name)).mode & 0o077]).toEqual([name, 0]);
    }
  });

  it('logs JSON lines without a token in them', async () => {
    await gql(server.url, server.adminToken, VIEWER);
    await gql(server.url, `${server.adminToken.slice(0, -1)}x`, VIEWER);
    const lines = server.log().trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
    expect(lines.some((line) => line.includes('"route":"/graphql"'))).toBe(true);
    expect(server.log()).not.toContain(server.adminToken.slice(5, 20));
  });

  it('lets no second process near the data folder', async () => {
    const args = ['serve', '--data-folder', folder(), '--port', '0', '--metrics-port', '0'];
    const { code, stderr } = await runCommand(args);
    expect(code).toBe(1);
    expect(stderr).toBe(`palisade: ${folder()} is in use by another process\n`);
    const restored = await runCommand(['restore', folder(), '--data-folder', folder()]);
    expect(restored.code).toBe(1);
  });

  it('leaves nothing but whole files behind when it is stopped', async () => {
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(readdirSync(folder()).sort()).toEqual([
      'first-admin-token',
      'ledger.db',
      'lock.db',
      'views-1.db',
    ]);
  });

  it('is not repeated: the second start tells no token, and the first one is still good', async () => {
    rmSync(tokenFile());
    server = await server.restart();
    expect(server.stdout()).not.toMatch(TOKENS);
    expect(readdirSync(folder())).not.toContain('first-admin-token');
    const { data } = await gql(server.url, server.adminToken, VIEWER);
    expect(data.viewer.member.name).toBe('Ada');
  });

  it('is not repeated after kill -9 either', async () => {
    const create = `mutation ($id: ID!) { clusterCreate(input: {
      organizationId: $id, slug: "kept", name: "Kept" }) { cluster { id } userErrors { code } } }`;
    const made = await gql(server.url, server.adminToken, create, { id: server.organizationId });
    const { id } = made.data.clusterCreate.cluster;
    expect(await server.kill9()).toEqual({ code: null, signal: 'SIGKILL' });
    server = await server.restart();
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    const { data } = await gql(server.url, server.adminToken, query, { id });
    expect(data.node).toEqual({ id });
  });
});

describe('palisade init', () => {
  it('makes the same without a server, once', async () => {
    const folder = join(scratch, 'init');
    const made = await runCommand(['init', '--data-folder', folder]);
    expect(made.code).toBe(0);
    expect(made.stdout + made.stderr).not.toMatch(TOKENS);
    expect(readFileSync(join(folder, 'first-admin-token'), 'utf8')).toMatch(TOKENS);
    const again = await runCommand(['init', '--data-folder', folder]);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^palisade: There is an organization/u);
  });

  it('prints the token where that is asked for', async () => {
    const folder = join(scratch, 'printed');
    const made = await runCommand(['init', '--data-folder', folder, '--print-token']);
    expect(made.stdout.match(TOKENS)).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain('first-admin-token');
  });

  it('makes no organization if the token could be told nobody', async () => {
    const folder = join(scratch, 'occupied');
    mkdirSync(folder, { mode: 0o700 });
    const path = join(folder, 'first-admin-token');
    writeFileSync(path, 'mine');
    const made = await runCommand(['init', '--data-folder', folder]);
    expect(made).toMatchObject({ code: 1, stdout: '' });
    expect(made.stderr).toBe(
      `palisade: The file ${path} cannot be made. If there is one already, move it away.\n`,
    );
    expect(readFileSync(path, 'utf8')).toBe('mine');
    rmSync(path);
    expect((await runCommand(['init', '--data-folder', folder])).code).toBe(0);
  });

  it('refuses a slug that is none, in one line', async () => {
    const folder = join(scratch, 'bad-slug');
    const made = await runCommand([
      'init',
      '--data-folder',
      folder,
      '--organization',
      'Not a slug',
    ]);
    expect(made).toMatchObject({ code: 1, stdout: '' });
    expect(made.stderr).toMatch(/^palisade: The first organization was refused, slug: [^\n]+\n$/u);
    expect(readdirSync(folder)).not.toContain('first-admin-token');
    const mended = await runCommand(['init', '--data-folder', folder]);
    expect(mended.code).toBe(0);
  });
});

describe('what does not start, and says why in a line', () => {
  const serve = (...args: string[]) =>
    runCommand(['serve', '--port', '0', '--metrics-port', '0', ...args]);

  it.each<[string, number, RegExp, string[]]>([
    ['plain HTTP on a public address', 2, /Plain HTTP on 0\.0\.0\.0/u, ['--host', '0.0.0.0']],
    [
      'plain HTTP that was allowed only once',
      2,
      /say so twice/u,
      ['--host', '0.0.0.0', '--allow-plain-http'],
    ],
    ['a port that is none', 2, /--port must be/u, ['--port', 'http']],
    ['a flag that is none', 2, /unknown option '--prot'/u, ['--prot', '1']],
    ['a file that is not there', 2, /cannot be read/u, ['--config', '/nonexistent.json']],
  ])('%s', async (_name, code, message, args) => {
    const folder = join(scratch, 'never');
    const how = await serve('--data-folder', folder, ...args);
    expect(how).toMatchObject({ code, stdout: '' });
    expect(how.stderr).toMatch(message);
    expect(how.stderr).not.toMatch(/^\s+at /mu);
  });

  it('a data folder that others can read', async () => {
    const folder = mkdtempSync(join(scratch, 'open-'));
    chmodSync(folder, 0o755);
    const how = await serve('--data-folder', folder);
    expect(how).toMatchObject({ code: 1, stdout: '' });
    expect(how.stderr).toMatch(/^palisade: Others may reach the data folder/u);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a data folder that is a file', async () => {
    const path = join(scratch, 'file');
    writeFileSync(path, '');
    const how = await serve('--data-folder', path);
    expect(how).toMatchObject({ code: 1, stdout: '' });
    expect(how.stderr).toMatch(/^palisade: The data folder .* cannot be made\.\n$/u);
  });

  it('a ledger that is none', async () => {
    const folder = join(scratch, 'garbage');
    const made = await runCommand(['init', '--data-folder', folder]);
    expect(made.code).toBe(0);
    writeFileSync(join(folder, 'ledger.db'), 'not a database, but long enough to look at it twice');
    const how = await serve('--data-folder', folder);
    expect(how.code).toBe(1);
    expect(how.stderr).toMatch(/^palisade: [^\n]+\n$/u);
  });

  it('a port that is taken', async () => {
    const server = await startServer();
    try {
      const { port } = new URL(server.url);
      const how = await serve('--data-folder', join(scratch, 'taken'), '--port', port);
      expect(how.code).toBe(1);
      expect(how.stderr).toContain(`palisade: Cannot listen on 127.0.0.1, port ${port}`);
    } finally {
      await server.stop();
    }
  });
});
