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
const runners = (queueId: string) => ({
  subject: { type: 'pipeline' },
  action: { name: 'queue:run' },
  resource: { type: 'queue', id: queueId },
});

/** A queue of the closed cluster that takes the pipelines that it grants. */
async function addQueue(key: string): Promise<string> {
  const lane = { clusterId: world.closedCluster, key, mode: 'RESTRICTED' };
  return (await world.admin.do('clusterQueueCreate', lane, 'queue { id }')).queue.id;
}

async function addPipeline(slug: string, queueId: string): Promise<string> {
  const { admin, organizationId, closedCluster: clusterId } = world;
  const input = { organizationId, clusterId, slug, name: slug };
  const { pipeline } = await admin.do('pipelineCreate', input, 'pipeline { id }');
  await admin.do('queuePipelineGrant', { queueId, pipelineId: pipeline.id });
  return pipeline.id;
}

/** Where the access ledger stands. */
async function here(): Promise<number> {
  return (await authzen.post('search/subject', users(world.openCluster))).json.context.moment
    .position;
}

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

  it('counts what is hidden from the asker by now, as the lists of GraphQL do', async () => {
    const { admin, closedCluster, openCluster, maintainer } = world;
    const queue = await addQueue('hidden');
    const [gone, left] = [await addPipeline('gone', queue), await addPipeline('left', queue)];
    const [before] = (await authzen.post('search/subject', runners(queue))).json.results;
    expect([gone, left]).toContain(before.id);
    const position = await here();
    await admin.do('pipelineMove', { pipelineId: gone, clusterId: openCluster });
    const then = { ...runners(queue), context: { asOf: { position } } };

    const all = await authzen.post('search/subject', then);
    expect(all.json.page.total).toBe(2);
    expect(all.json.context.hiddenCount).toBe(0);
    const seen = await as(maintainer).post('search/subject', then);
    expect(ids(seen.json.results)).toEqual([left]);
    expect(seen.json.page).toEqual({ next_token: '', count: 1, total: 1 });
    expect(seen.json.context.hiddenCount).toBe(1);
    const list = await maintainer.api.query(
      `query ($queue: ID!, $position: Position!) {
        accessSubjects(action: "queue:run", resourceId: $queue, asOf: { position: $position }) {
          hiddenCount nodes { subjectId }
        }
      }`,
      { queue, position },
    );
    expect(list.data.accessSubjects).toEqual({ hiddenCount: 1, nodes: [{ subjectId: left }] });
    const actions = {
      subject: user(maintainer.id),
      resource: { type: 'cluster', id: closedCluster },
    };
    const { json } = await as(maintainer).post('search/action', actions);
    expect(json.context).not.toHaveProperty('hiddenCount');
  });

  it('by a token for asking alone names nobody', async () => {
    const { admin, organizationId, openCluster } = world;
    const asking = { role: 'ADMIN', scopes: ['access:ask'] };
    const narrow = await addMember(admin, organizationId, 'Asking', asking);
    const { json } = await as(narrow).post('search/subject', users(openCluster));
    expect(json.results).toEqual([]);
    expect(json.context.hiddenCount).toBeGreaterThan(1);
    const more = { ...asking, scopes: ['access:ask', 'organization:read'] };
    const naming = await addMember(admin, organizationId, 'Naming', more);
    expect(ids(await as(naming).all('subject', users(openCluster)))).toContain(server.adminId);
    for (const { id } of [narrow, naming]) {
      await admin.do('organizationMemberRemove', { userId: id });
    }
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

  it('lose nothing when what stood on one before is hidden by then', async () => {
    const { admin, openCluster, maintainer } = world;
    const queue = await addQueue('paged');
    const made = [];
    for (const slug of ['one', 'two', 'three']) made.push(await addPipeline(slug, queue));
    const [one, ...others] = made.sort();
    const asked = as(maintainer);
    const body = runners(queue);
    const first = await asked.post('search/subject', { ...body, page: { limit: 1 } });
    expect(ids(first.json.results)).toEqual([one]);
    await admin.do('pipelineMove', { pipelineId: one, clusterId: openCluster });
    const found: string[] = [];
    for (let token = first.json.page.next_token as string; token !== '';) {
      const { json } = await asked.post('search/subject', { ...body, page: { token } });
      found.push(...ids(json.results));
      token = json.page.next_token as string;
    }
    expect(found).toEqual(others);
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
