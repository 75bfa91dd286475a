import { addMember } from '../support/e2e/api';
import { Authzen, twoClusters, type TwoClusters } from '../support/e2e/authzen';
import { sendRequest } from '../support/e2e/raw-request';
import { startServer, type ServerProcess } from '../support/server-process';

/* What the AuthZEN Authorization API 1.0 asks of a decision point: evaluations, errors, metadata. */

const PUBLIC = 'https://palisade.example/access-control';
const STRANGER = `usr_${'0'.repeat(26)}`;

let server: ServerProcess;
let world: TwoClusters;
let authzen: Authzen;

beforeAll(async () => {
  const args = ['--public-url', PUBLIC, '--failed-authentications-per-minute-max', '3'];
  server = await startServer({ args });
  world = await twoClusters(server);
  authzen = new Authzen(server.url, server.adminToken);
});
afterAll(() => server.stop());

const as = ({ api }: { readonly api: { readonly token: string | null } }): Authzen =>
  new Authzen(server.url, api.token);
const user = (id: string) => ({ type: 'user', id });
const pipeline = (id: string) => ({ type: 'pipeline', id });
const queue = (id: string) => ({ type: 'queue', id });
const cluster = (id: string) => ({ type: 'cluster', id });
const run = { name: 'queue:run' };
const runWeb = () => ({
  subject: pipeline(world.web),
  action: run,
  resource: queue(world.openQueue),
});
const runInfra = (context?: object, properties?: object) => ({
  subject: pipeline(world.infra),
  action: { ...run, properties },
  resource: queue(world.closedQueue),
  context,
});

const rulesOf = ({ reasons }: { readonly reasons: readonly { readonly rule: string }[] }) =>
  reasons.map(({ rule }) => rule);

/** The decisions of a batch, each with the status of its fault, if it has one. */
const outcomesOf = (json: unknown) =>
  (
    json as {
      evaluations: { decision: boolean; context: { error?: { status: number } } }[];
    }
  ).evaluations.map(({ decision, context }) => context.error?.status ?? decision);

describe('an evaluation', () => {
  it('answers with a decision, and why, with the events that made it so', async () => {
    const { decision, context } = await authzen.decision(runWeb());
    expect(decision).toBe(true);
    expect(context).toMatchObject({
      code: 'ALLOWED',
      rulesVersion: 1,
      moment: { position: expect.any(Number), instant: expect.stringMatching(/Z$/u) },
    });
    expect(context.reasons).toHaveLength(1);
    const [{ rule, facts, hiddenFactCount }] = context.reasons;
    expect([rule, hiddenFactCount]).toEqual(['OPEN queue', 0]);
    expect(facts[0]).toEqual({
      relation: 'pipelineCluster',
      subjectId: world.web,
      objectId: world.openCluster,
      event: {
        position: expect.any(Number),
        type: 'PipelineCreated',
        actor: { kind: 'MEMBER', id: server.adminId },
        recordedAt: expect.stringMatching(/Z$/u),
      },
    });
    expect(JSON.stringify(context)).not.toContain('null');
  });

  it('answers a denial with 200', async () => {
    const answer = await authzen.post('evaluation', {
      ...runWeb(),
      resource: queue(world.closedQueue),
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      decision: false,
      context: { code: 'NOT_IN_CLUSTER', reasons: [] },
    });
  });

  it('takes the branch from the context or from the action, and refuses two that differ', async () => {
    expect((await authzen.decision(runInfra())).context.code).toBe('BRANCH_REQUIRED');
    expect((await authzen.decision(runInfra({ branch: 'main' }))).decision).toBe(true);
    const other = await authzen.decision(runInfra(undefined, { branch: 'feature' }));
    expect(other.context.code).toBe('BRANCH_NOT_GRANTED');
    const same = runInfra({ branch: 'main' }, { branch: 'main' });
    expect((await authzen.decision(same)).decision).toBe(true);
    const both = runInfra({ branch: 'main' }, { branch: 'feature' });
    const answer = await authzen.post('evaluation', both);
    expect([answer.status, answer.json]).toEqual([
      400,
      'context.branch and action.properties.branch differ.',
    ]);
  });

  it('takes the target of a move', async () => {
    const move = (targetClusterId: unknown) => ({
      subject: user(server.adminId),
      action: { name: 'pipeline:move' },
      resource: pipeline(world.web),
      context: { targetClusterId },
    });
    expect((await authzen.decision(move(world.closedCluster))).decision).toBe(true);
    expect((await authzen.decision(move(null))).decision).toBe(true);
    expect((await authzen.post('evaluation', move('clu_elsewhere'))).status).toBe(400);
  });

  it('answers about a position and about a time', async () => {
    const now = await authzen.decision(runWeb());
    const position = now.context.moment.position as number;
    const from = now.context.reasons[0].facts[0].event.position as number;
    const at = (asOf: object) => authzen.decision({ ...runWeb(), context: { asOf } });
    expect((await at({ position: from - 1 })).decision).toBe(false);
    expect((await at({ position: from })).context.moment.position).toBe(from);
    expect((await at({ position })).decision).toBe(true);
    const time = now.context.moment.instant as string;
    expect((await at({ time })).context.moment.instant).toBe(time);
  });

  it('knows at least what its asker has seen', async () => {
    const seen = (await authzen.decision(runWeb())).context.moment.position as number;
    const at = (atLeast: unknown) =>
      authzen.post('evaluation', { ...runWeb(), context: { atLeast } });
    expect((await at(seen)).status).toBe(200);
    expect((await at(seen + 1000)).status).toBe(503);
    expect((await at('1')).status).toBe(400);
  });

  it('leaves reasons out where they are not wanted', async () => {
    const { decision, context } = await authzen.decision({
      ...runWeb(),
      context: { reasons: false },
    });
    expect(decision).toBe(true);
    expect(context).not.toHaveProperty('reasons');
  });

  it('says with reach whom it leaves out', async () => {
    const { context } = await authzen.decision({
      subject: user(world.developer.id),
      action: { name: 'queue:reach' },
      resource: queue(world.openQueue),
    });
    expect(context.notice).toMatch(/not counted/u);
  });

  it.each([
    ['a type that there is not', { subject: { type: 'robot', id: 'r2' } }],
    ['an id of another type', { subject: { type: 'user', id: 'pip_1' } }],
    ['an unknown resource', { resource: queue(`que_${'0'.repeat(26)}`) }],
    ['a resource of another type than its id', { resource: { type: 'cluster', id: 'que_1' } }],
    ['an unknown action', { action: { name: 'run' } }],
    ['a name of every object', { action: { name: '__proto__' } }],
  ])('denies %s', async (_name, part) => {
    const { decision, context } = await authzen.decision({ ...runWeb(), ...part });
    expect([decision, context.code, context.error.status]).toEqual([false, 'NOT_FOUND', 404]);
  });

  it('is the same for what may not be asked and for what there is not', async () => {
    const developer = as(world.developer);
    const hidden = { ...runInfra({ branch: 'main' }), context: { reasons: false } };
    const unknown = { ...hidden, resource: queue(`que_${'0'.repeat(26)}`) };
    const [first, second] = [await developer.decision(hidden), await developer.decision(unknown)];
    delete first.context.moment;
    delete second.context.moment;
    expect(first).toEqual(second);
    expect(first.context.code).toBe('NOT_FOUND');
    // Of themselves everybody may ask.
    const own = { subject: user(world.developer.id), action: { name: 'cluster:use' } };
    const of = (id: string) => developer.decision({ ...own, resource: cluster(id) });
    expect((await of(world.openCluster)).decision).toBe(true);
    expect((await of(world.closedCluster)).context.code).toBe('NOT_FOUND');
  });

  it('gives the answer that accessCheck gives', async () => {
    for (const { id } of [world.developer, world.maintainer, { id: STRANGER }]) {
      for (const resourceId of [world.openCluster, world.closedCluster]) {
        const action = 'cluster:use';
        const graphql = await world.admin.check({ subjectId: id, action, resourceId });
        const question = { subject: user(id), action: { name: action } };
        const { decision, context } = await authzen.decision({
          ...question,
          resource: cluster(resourceId),
        });
        expect([decision, context.code]).toEqual([graphql.allowed, graphql.code]);
        expect(rulesOf(context)).toEqual(rulesOf(graphql));
      }
    }
  });

  it('ignores fields that it does not know, wherever they are, and their order', async () => {
    const { subject, action, resource } = runWeb();
    const extra = { future: [1.5, null, { deep: true }] };
    const body = {
      ...{ ...extra, context: { ...extra }, resource: { ...resource, ...extra } },
      ...{ action: { ...extra, ...action }, subject: { ...subject, properties: extra, ...extra } },
    };
    expect((await authzen.decision(body)).decision).toBe(true);
  });
});

describe('evaluations', () => {
  const all = async (body: object) => {
    const { status, json } = await authzen.post('evaluations', body);
    expect(status).toBe(200);
    const { evaluations } = json as { evaluations: { decision: boolean }[] };
    return evaluations.map(({ decision }) => decision);
  };
  const items = () => [
    { resource: queue(world.openQueue) },
    { resource: queue(world.closedQueue) },
    {},
    { subject: pipeline(world.infra), context: { branch: 'main' } },
  ];
  const defaults = () => ({ subject: pipeline(world.web), action: run });

  it('are answered one by one in their order; a key of an item replaces the whole default', async () => {
    const resource = queue(world.closedQueue);
    expect(await all({ ...defaults(), resource, evaluations: items() })).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('do not merge what an item replaces', async () => {
    const body = {
      ...runInfra(undefined, { branch: 'main' }),
      evaluations: [{}, { action: run }, { context: {} }],
    };
    expect(await all(body)).toEqual([true, false, true]);
  });

  it.each([
    ['execute_all', [true, false, true]],
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
  ])('stop as %s says', async (semantic, expected) => {
    const evaluations = [{}, { resource: queue(world.closedQueue) }, {}];
    const options = { evaluations_semantic: semantic, other: 1 };
    expect(await all({ ...runWeb(), options, evaluations })).toEqual(expected);
  });

  it('refuse another semantic', async () => {
    const options = { evaluations_semantic: 'any' };
    const answer = await authzen.post('evaluations', { ...runWeb(), options, evaluations: [{}] });
    expect(answer.status).toBe(400);
  });

  it.each([['without any'], ['with an empty list']])('%s are one evaluation', async (how) => {
    const evaluations = how === 'without any' ? undefined : [];
    const { json } = await authzen.post('evaluations', { ...runWeb(), evaluations });
    expect(json).toEqual({ decision: true, context: expect.any(Object) });
  });

  it('have the fault of one item in its place', async () => {
    const evaluations = [
      {},
      { resource: { type: 'queue' } },
      7,
      {
        ...{ subject: user(server.adminId), action: { name: 'cluster:use' } },
        resource: cluster(`clu_${'0'.repeat(26)}`),
      },
      { context: { branch: 1 } },
      {},
    ];
    const { status, json } = await authzen.post('evaluations', { ...runWeb(), evaluations });
    expect(status).toBe(200);
    const faults = outcomesOf(json);
    expect(faults).toEqual([true, 400, 400, 404, 400, true]);
    expect(json.evaluations[1]).toEqual({
      decision: false,
      context: { error: { status: 400, message: 'resource.id is missing.' } },
    });
  });

  it('count a fault as a denial where they stop', async () => {
    const evaluations = [{ resource: null }, {}];
    const options = { evaluations_semantic: 'deny_on_first_deny' };
    expect(await all({ ...runWeb(), options, evaluations })).toEqual([false]);
  });

  it('are answered a thousand at once, and no more', async () => {
    const evaluations = Array.from({ length: 1000 }, () => ({}));
    const body = { ...runWeb(), context: { reasons: false }, evaluations };
    expect(await all(body)).toEqual(evaluations.map(() => true));
    const more = await authzen.post('evaluations', { ...body, evaluations: [...evaluations, {}] });
    expect(more.status).toBe(413);
  });
});

describe('a call that is refused', () => {
  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a string', '"subject"'],
    ['null', 'null'],
    ['no subject', '{"action":{"name":"a"},"resource":{"type":"t","id":"i"}}'],
    ['a subject without a type', '{"subject":{"id":"i"}}'],
    ['a subject that is a string', '{"subject":"me"}'],
    ['properties that are none', '{"subject":{"type":"t","id":"i","properties":[]}}'],
    ['an id that is a number', '{"subject":{"type":"t","id":1}}'],
    ['a name twice', '{"subject":{"type":"user","type":"user","id":"i"}}'],
    ['a name twice, once escaped', '{"context":{"a":1,"\\u0061":1}}'],
    ['half a surrogate pair', '{"context":{"a":"\\ud800"}}'],
    ['half a surrogate pair as a name', '{"context":{"\\udc00":1}}'],
    ['what is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['great depth', `{"context":${'['.repeat(5000)}${']'.repeat(5000)}}`],
  ])('%s: 400 with a message', async (_name, body) => {
    const answer = await authzen.post('evaluation', body);
    expect([answer.status, typeof answer.json]).toEqual([400, 'string']);
  });

  it('for its context: 400 with a message', async () => {
    const contexts = [
      7,
      { asOf: 1 },
      { asOf: {} },
      { asOf: { position: 1, time: '2026-01-01T00:00:00Z' } },
      { asOf: { position: 0 } },
      { asOf: { position: 1e9 } },
      { asOf: { time: 'yesterday' } },
      { asOf: { time: '2999-01-01T00:00:00Z' } },
      { branch: '' },
      { branch: 'x'.repeat(256) },
      { reasons: 'no' },
    ];
    for (const context of contexts) {
      const answer = await authzen.post('evaluation', { ...runWeb(), context });
      expect([context, answer.status, typeof answer.json]).toEqual([context, 400, 'string']);
    }
  });

  it('for its media type: 400; for its length: 413; for its method: 405', async () => {
    const text = await authzen.post('evaluation', runWeb(), { 'content-type': 'text/plain' });
    expect(text.status).toBe(400);
    const long = await authzen.post('evaluation', { pad: 'x'.repeat(1_000_000) });
    expect([long.status, long.json]).toEqual([413, 'The request body is too long.']);
    const got = await sendRequest(server.url, {
      method: 'GET',
      path: '/access/v1/evaluation',
      headers: { authorization: `Bearer ${server.adminToken}` },
    });
    expect([got.status, got.body]).toEqual([405, '"Use POST."']);
  });

  it('for want of a credential: 401, which says how', async () => {
    const response = await fetch(`${server.url}/access/v1/evaluation`, { method: 'POST' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(typeof (await response.json())).toBe('string');
  });

  it('for a scope that is left out: 403', async () => {
    const answer = await as(world.narrow).post('evaluation', runWeb());
    expect([answer.status, answer.json]).toEqual([
      403,
      'The scopes of this API token do not cover access:ask.',
    ]);
  });
});

it.each([
  [['access:ask'], 'NOT_FOUND', 2],
  [['access:ask', 'cluster:read', 'pipeline:read'], 'QUEUE_RESTRICTED', 0],
  [['read'], 'QUEUE_RESTRICTED', 0],
])(
  "an ADMIN's token of %j decides alike, and tells what it may read",
  async (scopes, code, hidden) => {
    const { admin, organizationId } = world;
    const more = { role: 'ADMIN', scopes };
    const narrow = as(await addMember(admin, organizationId, 'Narrow ADMIN', more));
    const allowed = await narrow.decision(runWeb());
    expect(allowed).toMatchObject({ decision: true, context: { code: 'ALLOWED' } });
    expect(allowed.context.reasons[0].hiddenFactCount).toBe(hidden);
    const denied = await narrow.decision({
      subject: { type: 'pipeline', id: world.docs },
      action: { name: 'queue:run' },
      resource: { type: 'queue', id: world.closedQueue },
    });
    expect(denied).toMatchObject({ decision: false, context: { code } });
  },
);

it.each([['plain'], ['b c\t;"é'], ['x'.repeat(2000)]])(
  'the id of a request comes back as it was given, from errors too: %.10s',
  async (given) => {
    for (const body of [runWeb(), '{']) {
      const { requestId } = await authzen.post('evaluation', body, { 'x-request-id': given });
      expect(requestId).toBe(given);
    }
    const stranger = new Authzen(server.url, null);
    const refused = await stranger.post('evaluation', runWeb(), { 'x-request-id': given });
    expect([refused.status, refused.requestId]).toEqual([401, given]);
  },
);

it('no call changes anything', async () => {
  const before = (await authzen.decision(runWeb())).context.moment.position;
  await authzen.post('evaluations', { ...runWeb(), evaluations: [{}, {}] });
  await authzen.post('search/subject', { ...runWeb(), subject: { type: 'pipeline' } });
  expect((await authzen.decision(runWeb())).context.moment.position).toBe(before);
});

describe('the metadata', () => {
  const get = (path: string) => fetch(`${server.url}/.well-known/authzen-configuration${path}`);

  it.each([[''], ['/access-control']])('names every endpoint, to anyone: %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/u);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await response.json()).toEqual({
      policy_decision_point: PUBLIC,
      access_evaluation_endpoint: `${PUBLIC}/access/v1/evaluation`,
      access_evaluations_endpoint: `${PUBLIC}/access/v1/evaluations`,
      search_subject_endpoint: `${PUBLIC}/access/v1/search/subject`,
      search_resource_endpoint: `${PUBLIC}/access/v1/search/resource`,
      search_action_endpoint: `${PUBLIC}/access/v1/search/action`,
    });
  });

  it('is of no other path', async () => {
    expect((await get('/tenant')).status).toBe(404);
  });
});

it('bad credentials are limited by where they come from', async () => {
  const bad = new Authzen(server.url, `${server.adminToken.slice(0, -1)}!`);
  const answers: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    answers.push((await bad.post('evaluation', runWeb())).status);
  }
  expect(answers).toEqual([401, 401, 401, 429, 429]);
  expect((await authzen.decision(runWeb())).decision).toBe(true);
});
