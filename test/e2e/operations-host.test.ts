import { gql, runCommand, startServer, type ServerProcess } from '../support/server-process';
import { Api } from '../support/e2e/api';

const API_TOKEN = /\bplsd_[0-9A-Za-z]{49}\b/gu;
const INSTALLATION_TOKEN = /\bplsi_[0-9A-Za-z]{49}\b/gu;
const VIEWER = '{ viewer { tokenId member { id } organization { slug } } }';

let server: ServerProcess;
let adminToken: string;
beforeAll(async () => {
  server = await startServer();
  adminToken = server.adminToken;
});
afterAll(() => server.stop());

const token = (...args: string[]) => runCommand(['token', ...args, '--data-folder', server.folder]);

async function tokenOf(made: ReturnType<typeof token>, pattern: RegExp): Promise<string> {
  const { code, stdout, stderr } = await made;
  expect([code, stderr]).toEqual([0, '']);
  const found = stdout.match(pattern) ?? [];
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

describe('a lost ADMIN token', () => {
  it('is replaced beside a running server, which the organization records', async () => {
    const replaced = await tokenOf(token('admin'), API_TOKEN);
    expect(replaced).not.toBe(adminToken);
    const { data } = await gql(server.url, replaced, VIEWER);
    expect(data.viewer.member.id).toBe(server.adminId);
    const audit = `{ auditEvents(organizationId: "${server.organizationId}", order: NEWEST_FIRST,
      first: 1) { nodes { type actor { kind id } data } } }`;
    const [event] = (await gql(server.url, replaced, audit)).data.auditEvents.nodes;
    expect(event).toMatchObject({ type: 'ApiTokenCreated', actor: { kind: 'HOST', id: 'host' } });
    expect(event.data.userId).toBe(server.adminId);
    expect(JSON.stringify(event)).not.toContain(replaced.slice(5));
    expect(server.log()).not.toContain(replaced.slice(5));
    // The old one was lost, perhaps to somebody: whoever has the new one ends it.
    const old = (await gql(server.url, adminToken, VIEWER)).data.viewer.tokenId;
    await new Api(server.url, replaced).do('apiTokenRevoke', { tokenId: old });
    expect((await gql(server.url, adminToken, VIEWER)).status).toBe(401);
    adminToken = replaced;
  });

  it('is replaced without a server', async () => {
    server.signal('SIGTERM');
    await server.ended;
    const replaced = await tokenOf(token('admin'), API_TOKEN);
    server = await server.restart();
    const { data } = await gql(server.url, replaced, VIEWER);
    expect(data.viewer.member.id).toBe(server.adminId);
    adminToken = replaced;
  });

  it('is replaced for an ADMIN only, who is named where there are several', async () => {
    const api = new Api(server.url, adminToken);
    const { organizationId } = server;
    const add = async (role: string): Promise<string> => {
      const input = { organizationId, name: role, role, kind: 'PERSON' };
      const { member } = await api.do('organizationMemberAdd', input, 'member { id }');
      return member.id;
    };
    const plain = await add('MEMBER');
    const refused = await token('admin', '--member', plain);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^palisade: [^\n]*ADMIN[^\n]*\n$/u);

    const second = await add('ADMIN');
    const unnamed = await token('admin');
    expect(unnamed).toMatchObject({ code: 1, stdout: '' });
    expect(unnamed.stderr).toContain(second);
    expect(unnamed.stderr).toContain(server.adminId);
    const made = await tokenOf(token('admin', '--member', second), API_TOKEN);
    expect((await gql(server.url, made, VIEWER)).data.viewer.member.id).toBe(second);
  });

  it.each([
    [['--member', 'usr_00000000000000000000000000']],
    [['--member', 'Admin']],
    [['--organization', 'nobodys']],
  ])('is not made for %j', async (args) => {
    const how = await token('admin', ...args);
    expect(how).toMatchObject({ code: 1, stdout: '' });
    expect(how.stderr).toMatch(/^palisade: [^\n]+\n$/u);
  });
});

describe("the installation's own token", () => {
  it('makes organizations, and nothing else; a new one ends the one before', async () => {
    const first = await tokenOf(token('installation'), INSTALLATION_TOKEN);
    const input = { slug: 'second', name: 'Second', adminName: 'Bea' };
    const fields = 'organizationId adminToken';
    const made = await new Api(server.url, first).try('organizationCreate', input, fields);
    expect(made.code).toBe('DONE');
    expect(
      (await gql(server.url, made.payload.adminToken, VIEWER)).data.viewer.organization.slug,
    ).toBe('second');
    const query = await gql(server.url, first, VIEWER);
    expect(query.errors?.[0]?.extensions['code']).toBeDefined();

    const second = await tokenOf(token('installation'), INSTALLATION_TOKEN);
    expect((await gql(server.url, first, VIEWER)).status).toBe(401);
    const again = { ...input, slug: 'third' };
    expect((await new Api(server.url, second).try('organizationCreate', again)).code).toBe('DONE');
    expect(server.log()).not.toContain(second.slice(5));

    const ambiguous = await token('admin');
    expect(ambiguous.stderr).toContain('--organization <slug>');
    await tokenOf(token('admin', '--organization', 'third'), API_TOKEN);
  });

  it('survives a restart', async () => {
    const made = await tokenOf(token('installation'), INSTALLATION_TOKEN);
    await server.kill9();
    server = await server.restart();
    const input = { slug: 'fourth', name: 'Fourth', adminName: 'Cleo' };
    expect((await new Api(server.url, made).try('organizationCreate', input)).code).toBe('DONE');
  });
});

describe('healthcheck', () => {
  it('exits with how the server is', async () => {
    const { port } = new URL(server.url);
    const well = await runCommand(['healthcheck', '--ready', '--port', port]);
    expect(well).toMatchObject({ code: 0, stdout: '{"ready":true,"reasons":[]}\n' });
    server.signal('SIGTERM');
    await server.ended;
    const gone = await runCommand(['healthcheck', '--port', port]);
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    server = await server.restart();
  });
});
