import { createHash, createPrivateKey } from 'node:crypto';
import { generateAgentKey, type AgentKeyPair } from '../../../src/agent/agent-key-pair';
import { signRegistration } from '../../../src/agent/sign-assertion';
import type { AgentId, AgentKeyId } from '../../../src/domain/id';
import { AUDIENCE, MemoryApi, type ApiAnswer } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
const admin = { ...organization.admin, scopes: ['read', 'write'] };
const ANONYMOUS = { kind: 'ANONYMOUS' } as const;
let clusterId = '';
let queueId = '';

beforeAll(async () => {
  await api.start();
  const input = { organizationId: organization.id, slug: 'linux', name: 'Linux' };
  ({ clusterId = '' } = organization.do(organization.admin, 'clusterCreate', input));
  const queue = { clusterId, key: 'default', mode: 'OPEN' } as const;
  ({ queueId = '' } = organization.do(organization.admin, 'clusterQueueCreate', queue));
});
afterAll(() => api.stop());

let counter = 0;
const random = (): string =>
  createHash('sha256')
    .update(`random ${(counter += 1)}`)
    .digest('base64url');

function admit(pair: AgentKeyPair, more: object = {}): string {
  const publicKey = JSON.stringify(pair.publicKey.jwk);
  const input = { clusterId, name: 'Builders', publicKey, ...more };
  return organization.do(organization.admin, 'agentKeyRegister', input)['keyId'] ?? '';
}

const sign = (pair: AgentKeyPair, more: object = {}): Promise<string> =>
  signRegistration(pair, {
    audience: AUDIENCE,
    organizationId: organization.id,
    queue: 'default',
    instance: random(),
    jti: random(),
    now: organization.world.now,
    ...more,
  });

const REGISTER = `mutation ($input: AgentRegisterInput!) {
  agentRegister(input: $input) {
    sessionToken expiresAt serverTime
    agent { id state tags endedReason lastSeen queue { key } }
    userErrors { code }
  }
}`;

const register = (assertion: string, more: object = {}): Promise<ApiAnswer> =>
  api.ask(ANONYMOUS, REGISTER, { input: { assertion } }, more);

test.each(['EdDSA', 'ES256'] as const)('an agent registers with an %s key', async (algorithm) => {
  const pair = generateAgentKey(algorithm);
  const keyId = admit(pair, { tags: ['os=linux'] });
  const { data, errors } = await register(await sign(pair));
  expect(errors).toEqual([]);
  expect(data.agentRegister).toEqual({
    sessionToken: expect.stringMatching(/^agts_[0-9A-Za-z]{49}$/),
    expiresAt: '2026-01-01T00:15:00.000Z',
    serverTime: '2026-01-01T00:00:00.000Z',
    agent: {
      id: expect.stringMatching(/^agt_/),
      state: 'CONNECTED',
      tags: ['os=linux'],
      endedReason: null,
      lastSeen: null,
      // An agent reads nothing of the organization: not even its own queue.
      queue: null,
    },
    userErrors: [],
  });
  const query = `query ($id: ID!) { node(id: $id) { ... on AgentKey {
    state algorithm fingerprint publicKey { kty crv x y } queues { key } tags
    agents { nodes { id state queue { key } key { id } cluster { slug } } }
  } } }`;
  const seen = await api.ask(admin, query, { id: keyId });
  expect(seen.data.node).toEqual({
    state: 'ACTIVE',
    algorithm,
    fingerprint: expect.stringMatching(/^(?:[A-Z2-7]{4}-){12}[A-Z2-7]{4}$/),
    publicKey: { y: null, ...pair.publicKey.jwk },
    queues: null,
    tags: ['os=linux'],
    agents: {
      nodes: [
        {
          id: data.agentRegister.agent.id,
          state: 'CONNECTED',
          queue: { key: 'default' },
          key: { id: keyId },
          cluster: { slug: 'linux' },
        },
      ],
    },
  });
});

describe('one answer for every agent that is not let in', () => {
  const good = generateAgentKey();
  const stranger = generateAgentKey();
  const elsewhere = generateAgentKey('ES256');
  const revoked = generateAgentKey();

  beforeAll(() => {
    admit(good);
    admit(elsewhere, { addressRanges: ['198.51.100.0/24'] });
    const keyId = admit(revoked);
    organization.do(organization.admin, 'agentKeyRevoke', { keyId });
  });

  const impostor = (): AgentKeyPair => ({
    privateKey: stranger.privateKey,
    publicKey: good.publicKey,
  });
  const otherOrganization = { organizationId: 'org_11111111111111111111111111' };

  const cases: readonly (readonly [string, () => Promise<string>])[] = [
    ['an unknown key', () => sign(stranger)],
    ['a bad signature', () => sign(impostor())],
    ['another organization', () => sign(good, otherOrganization)],
    ['an organization that is none', () => sign(good, { organizationId: '../..' })],
    ['another audience', () => sign(good, { audience: 'https://elsewhere.test/agent-auth' })],
    ['an assertion of yesterday', () => sign(good, { now: organization.world.now - 86_400_000 })],
    ['an unknown queue', () => sign(good, { queue: 'nothing' })],
    ['a tag that the key lacks', () => sign(good, { tags: ['os=plan9'] })],
    ['a revoked key', () => sign(revoked)],
    ['a key used from elsewhere', () => sign(elsewhere)],
    [
      'a header that is wrong',
      async () => `e30.${(await sign(good)).split('.').slice(1).join('.')}`,
    ],
  ];

  test.each(cases)('%s', async (_what, assertion) => {
    const before = organization.world;
    const { status, data, errors } = await register(await assertion());
    expect({ status, data }).toEqual({ status: 200, data: { agentRegister: null } });
    expect(errors).toEqual([
      {
        message: 'An agent did not prove who it is. The reason is never told.',
        locations: [{ line: 2, column: 3 }],
        path: ['agentRegister'],
        extensions: {
          code: 'AGENT_AUTH_FAILED',
          serverTime: '2026-01-01T00:00:00.000Z',
          requestId: expect.stringMatching(/^request-/),
        },
      },
    ]);
    expect(organization.world).toBe(before);
  });

  test.each(cases.filter(([what]) => what !== 'a header that is wrong'))(
    '%s is charged to the key that was claimed',
    async (_what, assertion) => {
      api.registrations.length = 0;
      await register(await assertion());
      const [[, claimed] = []] = api.registrations;
      expect(claimed).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(api.registrations).toEqual([
        ['began', claimed],
        ['failed', claimed],
      ]);
    },
  );

  test('an assertion that was used before', async () => {
    const pair = generateAgentKey();
    admit(pair);
    const assertion = await sign(pair);
    expect((await register(assertion)).errors).toEqual([]);
    const { errors } = await register(assertion);
    expect(errors[0]?.extensions.code).toBe('AGENT_AUTH_FAILED');
  });

  test('an address that is not known, for a key with ranges', async () => {
    const { errors } = await register(await sign(elsewhere), { sourceAddress: null });
    expect(errors[0]?.extensions.code).toBe('AGENT_AUTH_FAILED');
    const right = await register(await sign(elsewhere), { sourceAddress: '198.51.100.7' });
    expect(right.errors).toEqual([]);
  });
});

test.each(['', 'nonsense', 'a.b', 'a.b.c.d', 'a.b.c=', 'x'.repeat(5000)])(
  'what is no compact JWS is told so: %.10s',
  async (assertion) => {
    const { errors } = await register(assertion);
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    if (assertion !== '') expect(JSON.stringify(errors)).not.toContain(assertion.repeat(2));
  },
);

test('the source is limited before anything is verified', async () => {
  const pair = generateAgentKey();
  admit(pair);
  const assertion = await sign(pair);
  api.registrationsLeft = 0;
  api.registrations.length = 0;
  const { errors } = await register(assertion);
  expect(api.registrations.map(([what]) => what)).toEqual(['began']);
  expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 2 });
  api.registrationsLeft = Number.POSITIVE_INFINITY;
  expect((await register(assertion)).errors).toEqual([]);
  expect(api.registrations.map(([what]) => what)).toEqual(['began', 'began', 'succeeded']);
});

test('a writer that cannot answer is no failed proof', async () => {
  const pair = generateAgentKey();
  admit(pair);
  const submit = () =>
    Promise.resolve({ kind: 'FAULT', code: 'UNAVAILABLE', message: 'Later.' } as const);
  api.registrations.length = 0;
  const { errors } = await register(await sign(pair), { commands: { submit } });
  expect(errors[0]).toMatchObject({ message: 'Later.', extensions: { code: 'UNAVAILABLE' } });
  expect(api.registrations.map(([what]) => what)).toEqual(['began']);
});

describe('a session', () => {
  const HEARTBEAT =
    'mutation { agentHeartbeat { serverTime sessionExpiresAt queuePaused userErrors { code } } }';
  const DISCONNECT =
    'mutation { agentDisconnect { disconnectedAgentId position userErrors { code } } }';

  async function session() {
    const pair = generateAgentKey();
    const keyId = admit(pair) as AgentKeyId;
    const { data } = await register(await sign(pair));
    return {
      kind: 'AGENT' as const,
      organizationId: organization.id,
      agentId: data.agentRegister.agent.id as AgentId,
      keyId,
      sessionHash: createHash('sha256').update(data.agentRegister.sessionToken).digest('hex'),
      expiresAt: Date.parse(data.agentRegister.expiresAt),
    };
  }

  test('is kept by heartbeats, which tell of a paused queue', async () => {
    const agent = await session();
    const { data, errors } = await api.ask(agent, HEARTBEAT);
    expect(errors).toEqual([]);
    expect(data.agentHeartbeat).toEqual({
      serverTime: '2026-01-01T00:00:00.000Z',
      sessionExpiresAt: '2026-01-01T00:15:00.000Z',
      queuePaused: false,
      userErrors: [],
    });
    expect(api.seen).toContain(agent.agentId);
    organization.do(organization.admin, 'clusterQueuePause', { queueId });
    expect((await api.ask(agent, HEARTBEAT)).data.agentHeartbeat.queuePaused).toBe(true);
    organization.do(organization.admin, 'clusterQueueResume', { queueId });
  });

  test('ends by its time, by its key, and by goodbye', async () => {
    const late = await session();
    const expired = await api.ask({ ...late, expiresAt: organization.world.now }, HEARTBEAT);
    expect(expired.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');

    const refused = await session();
    organization.do(organization.admin, 'agentKeyRevoke', { keyId: refused.keyId });
    const revoked = await api.ask(refused, HEARTBEAT);
    expect(revoked.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');

    const leaving = await session();
    const { data } = await api.ask(leaving, DISCONNECT);
    expect(data.agentDisconnect).toEqual({
      disconnectedAgentId: leaving.agentId,
      position: expect.any(Number),
      userErrors: [],
    });
    for (const query of [HEARTBEAT, DISCONNECT]) {
      const { errors } = await api.ask(leaving, query);
      expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
    const query =
      '{ nodes(ids: ["' + leaving.agentId + '"]) { ... on Agent { state endedReason endedAt } } }';
    expect((await api.ask(admin, query)).data.nodes).toEqual([
      { state: 'DISCONNECTED', endedReason: 'DISCONNECTED', endedAt: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  test('is for agents: members have none, and agents may do nothing else', async () => {
    const agent = await session();
    for (const query of [HEARTBEAT, DISCONNECT]) {
      const { errors } = await api.ask(admin, query);
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const create = 'mutation ($i: ClusterDeleteInput!) { clusterDelete(input: $i) { position } }';
    for (const query of ['{ viewer { tokenId } }', '{ node(id: "x") { id } }', create]) {
      const { errors } = await api.ask(agent, query, { i: { clusterId } });
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});

test('agents and keys are listed by their state', async () => {
  const pair = generateAgentKey();
  admit(pair);
  const query = `query ($c: ID!) { node(id: $c) { ... on Cluster {
    pending: agentKeys(filter: { state: PENDING }) { nodes { id } }
    there: agents(filter: { state: CONNECTED, tag: "os=linux" }) { nodes { tags } }
    gone: agents(filter: { state: STALE }) { nodes { id } }
  } } }`;
  const before = organization.world;
  const now = await api.ask(admin, query, { c: clusterId });
  expect(now.data.node.pending.nodes).toContainEqual({ id: `key_${pair.publicKey.thumbprint}` });
  expect(now.data.node.there.nodes).toEqual([{ tags: ['os=linux'] }, { tags: ['os=linux'] }]);
  expect(now.data.node.gone.nodes).toEqual([]);
  organization.wait(3 * 60_000 + 1);
  const later = await api.ask(admin, query, { c: clusterId });
  expect(later.data.node.there.nodes).toEqual([]);
  expect(later.data.node.gone.nodes.length).toBeGreaterThan(1);
  organization.world = before;
});

test('a private key is refused, not kept, and repeated nowhere', async () => {
  const { privateKey } = generateAgentKey();
  const jwk = privateKey.export({ format: 'jwk' });
  const pem = String(
    createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })).export({
      format: 'pem',
      type: 'pkcs8',
    }),
  );
  const query = `mutation ($i: AgentKeyRegisterInput!) {
    agentKeyRegister(input: $i) { agentKey { id } userErrors { code field message } }
  }`;
  for (const publicKey of [JSON.stringify(jwk), pem]) {
    const input = { clusterId, name: 'Mistake', publicKey };
    const { data, errors } = await api.ask(admin, query, { i: input });
    expect(errors).toEqual([]);
    expect(data.agentKeyRegister).toMatchObject({
      agentKey: null,
      userErrors: [{ code: 'PRIVATE_KEY_SUBMITTED', field: ['publicKey'] }],
    });
    expect(JSON.stringify(data)).not.toContain(jwk.d);
  }
});
