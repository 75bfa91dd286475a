import { addMember } from '../support/e2e/api';
import { Authzen, twoClusters, type TwoClusters } from '../support/e2e/authzen';
import { startServer, type ServerProcess } from '../support/server-process';

/* The three searches of AuthZEN: complete, in pages of one moment, and true to evaluations. */

let server: ServerProcess;
let world: TwoClusters;
let authzen: Authzen;

beforeAll(async () => {
  server = await startServer();
  world = await twoClusters(server);
  authzen = new Authzen(server.url, server.adminToken);
});
afterAll(() => server.stop());

const as = ({ api }: { readonly api: { readonly token: string | null } }): Authzen =>
  new Authzen(server.url, api.token);
const user = (id: string) => ({ type: 'user', id });
const use = { name: 'cluster:use' };
const users = (clusterId: string) => ({
  subject: { type: 'user' },
  action: use,
  resource: { type: 'cluster', id: clusterId },
});
const ids = (results: readonly { id: string }[]): readonly string[] => results.map(({ id }) => id);

describe('a search', () => {
  it('for subjects finds everyone, through teams too; an id that is sent is ignored', async () => {
    const { admin, organizationId, openCluster } = world;
    const teamInput = { organizationId, slug: 'crew', name: 'Crew' };
    const { team } = await admin.do('teamCreate', teamInput, 'team { id }');
    const person = await addMember(admin, organizationId, 'Through the team');
    await admin.do('teamMemberAdd', { teamId: team.id, userId: person.id, role: 'MEMBER' });
    await admin.do('clusterGrant', { clusterId: openCluster, teamId: team.id, level: 'USE' });
    const body = { ...users(openCluster), subject: { type: 'user', id: 'whoever' } };
    const results = await authzen.all('subject', body, 1);
    expect(ids(results)).toEqual([server.adminId, world.developer.id, person.id].sort());
    expect(results[0]).toEqual({ type: 'user', id: expect.any(String) });
  });

  it('for pipelines counts the branch of the action as an evaluation does', async () => {
    const body = (branch?: string) => ({
      subject: { type: 'pipeline' },
      action: { name: 'queue:run', properties: { branch } },
      resource: { type: 'queue', id: world.closedQueue },
    });
    expect(ids(await authzen.all('subject', body('main')))).toEqual([world.infra]);
    expect(await authzen.all('subject', body('feature'))).toEqual([]);
    expect(await authzen.all('subject', body())).toEqual([]);
  });

  it('for resources finds everything of the type', async () => {
    const of = (id: string) => ({
      subject: user(id),
      action: use,
      resource: { type: 'cluster', id: 'ignored' },
    });
    const clusters = [world.openCluster, world.closedCluster].sort();
    expect(ids(await authzen.all('resource', of(server.adminId), 1))).toEqual(clusters);
    expect(ids(await authzen.all('resource', of(world.developer.id)))).toEqual([world.openCluster]);
    const queues = { ...of(world.developer.id), resource: { type: 'queue' } };
    expect(await authzen.all('resource', queues)).toEqual([]);
  });

  it('for actions finds those that an evaluation allows', async () => {
    const body = {
      subject: user(world.developer.id),
      resource: { type: 'cluster', id: world.openCluster },
    };
    const results = await authzen.all('action', body, 2);
    expect(results).toContainEqual({ name: 'cluster:use' });
    expect(results).not.toContainEqual({ name: 'cluster:manage' });
    for (const action of results) {
      expect((await authzen.decision({ ...body, action })).decision).toBe(true);
    }
  });

  it('finds nothing where a type or an id is unknown', async () => {
    const known = users(world.openCluster);
    for (const part of [
      { subject: { type: 'robot' } },
      { resource: { type: 'cluster', id: 'clu_1' } },
      { resource: { type: 'queue', id: world.openCluster } },
      { action: { name: 'fly' } },
    ]) {
      const { status, json } = await authzen.post('search/subject', { ...known, ...part });
      expect(status).toBe(200);
      expect(json.results).toEqual([]);
      expect(json.page).toEqual({ next_token: '', count: 0, total: 0 });
    }
  });

  it('refuses what has no list rather than answer that there is nothing', async () => {
    const body = {
      subject: user(server.adminId),
      action: { name: 'access:ask' },
      resource: { type: 'cluster' },
    };
    expect((await authzen.post('search/resource', body)).status).toBe(400);
  });

  it.each([
    ['subject', { action: use, resource: { type: 'cluster', id: 'clu_1' } }],
    ['subject', { subject: { type: 'user' }, resource: { type: 'cluster', id: 'clu_1' } }],
    ['resource', { subject: { type: 'user' }, action: use, resource: { type: 'cluster' } }],
    ['action', { subject: { type: 'user', id: 'usr_1' } }],
  ])('for a %s that is incomplete is refused', async (kind, body) => {
    const answer = await authzen.post(`search/${kind}`, body);
    expect([answer.status, typeof answer.json]).toEqual([400, 'string']);
  });

  it('tells each asker only of what they may ask about', async () => {
    const developer = as(world.developer);
    // Who does not manage the cluster hears of themselves only.
    expect(ids(await developer.all('subject', users(world.openCluster)))).toEqual([
      world.developer.id,
    ]);
    expect(await developer.all('subject', users(world.closedCluster))).toEqual([]);
    const everyone = ids(await as(world.maintainer).all('subject', users(world.closedCluster)));
    expect(everyone).toEqual([server.adminId, world.maintainer.id].sort());
    expect(ids(await as(world.auditor).all('subject', users(world.closedCluster)))).toEqual(
      everyone,
    );
    const things = { subject: user(server.adminId), action: use, resource: { type: 'cluster' } };
    expect(ids(await as(world.maintainer).all('resource', things))).toEqual([world.closedCluster]);
  });

  it('agrees with evaluations, for every asker', async () => {
    for (const asker of [authzen, as(world.developer), as(world.maintainer), as(world.auditor)]) {
      for (const id of [server.adminId, world.developer.id, world.maintainer.id]) {
        const body = { subject: user(id), action: use };
        const found = ids(await asker.all('resource', { ...body, resource: { type: 'cluster' } }));
        const allowed: string[] = [];
        for (const clusterId of [world.openCluster, world.closedCluster]) {
          const resource = { type: 'cluster', id: clusterId };
          if ((await asker.decision({ ...body, resource })).decision) allowed.push(clusterId);
        }
        expect(found).toEqual(allowed.sort());
      }
    }
  });
});

describe('pages', () => {
  it('stand first in the answer, and all of them are of one moment', async () => {
    const body = users(world.closedCluster);
    const first = await authzen.post('search/subject', { ...body, page: { limit: 1 } });
    expect(Object.keys(first.json)[0]).toBe('page');
    expect(first.json.page).toMatchObject({ count: 1, total: 2 });
    const token = first.json.page.next_token as string;
    // Who comes between two pages is of another moment.
    const late = await addMember(world.admin, world.organizationId, 'Late', { role: 'ADMIN' });
    const second = await authzen.post('search/subject', { ...body, page: { token } });
    expect(second.json.page).toEqual({ next_token: '', count: 1, total: 2 });
    expect(second.json.context.moment).toEqual(first.json.context.moment);
    const results = ids([...first.json.results, ...second.json.results]);
    expect(results).toEqual([server.adminId, world.maintainer.id].sort());
    const again = await authzen.all('subject', body);
    expect(ids(again)).toContain(late.id);
  });

  it('go on with the token alone, or with the same limit', async () => {
    const body = users(world.closedCluster);
    const { json } = await authzen.post('search/subject', { ...body, page: { limit: 1 } });
    const token = json.page.next_token as string;
    const next = async (page: object) =>
      (await authzen.post('search/subject', { ...body, page })).status;
    expect(await next({ token })).toBe(200);
    expect(await next({ token, limit: 1, properties: {} })).toBe(200);
    expect(await next({ token, limit: 2 })).toBe(400);
  });

  it('refuse a token of another question, of another asker, or of nobody', async () => {
    const body = users(world.closedCluster);
    const { json } = await authzen.post('search/subject', { ...body, page: { limit: 1 } });
    const token = json.page.next_token as string;
    const next = async (change: object, by: Authzen = authzen, sent = token) =>
      (await by.post('search/subject', { ...body, ...change, page: { token: sent } })).status;
    expect(await next({})).toBe(200);
    const resource = { type: 'cluster', id: world.openCluster };
    expect(await next({ resource })).toBe(400);
    expect(await next({ action: { name: 'cluster:read' } })).toBe(400);
    expect(await next({ subject: { type: 'pipeline' } })).toBe(400);
    expect(await next({ context: { asOf: { position: 5 } } })).toBe(400);
    expect(await next({ context: { branch: 'main' } })).toBe(400);
    expect(await next({}, as(world.auditor))).toBe(400);
    const bytes = Buffer.from(token, 'base64url');
    const forged = (at: number) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString('base64url');
    };
    for (const at of [0, 15, 17, bytes.length - 2]) {
      expect(await next({}, authzen, forged(at))).toBe(400);
    }
    expect(await next({}, authzen, 'x')).toBe(400);
    expect(await next({}, authzen, 'x'.repeat(5000))).toBe(400);
  });

  it('tell no more than a fresh question to who lost a right meanwhile', async () => {
    const body = users(world.closedCluster);
    const { admin, closedCluster } = world;
    const person = await addMember(admin, world.organizationId, 'For a while');
    const role = { clusterId: closedCluster, userId: person.id };
    const { maintainer } = await admin.do('clusterMaintainerAdd', role, 'maintainer { id }');
    const asked = as(person);
    const first = await asked.post('search/subject', { ...body, page: { limit: 1 } });
    expect(first.json.page.total).toBeGreaterThan(1);
    await admin.do('clusterMaintainerRemove', { maintainerId: maintainer.id });
    const token = first.json.page.next_token as string;
    const second = await asked.post('search/subject', { ...body, page: { token } });
    expect(second.status).toBe(200);
    expect(second.json.results).toEqual([]);
  });

  it('of no result tell that there are more', async () => {
    const body = users(world.closedCluster);
    const { json } = await authzen.post('search/subject', { ...body, page: { limit: 0 } });
    expect(json.results).toEqual([]);
    expect(json.page.next_token).not.toBe('');
  });

  it.each([[{ limit: -1 }], [{ limit: 1.5 }], [{ limit: '1' }], [{ token: 1 }], [[]], ['x']])(
    'that are malformed are refused: %j',
    async (page) => {
      const body = { ...users(world.closedCluster), page };
      expect((await authzen.post('search/subject', body)).status).toBe(400);
    },
  );
});
