import { MemoryApi } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
beforeAll(() => api.start());
afterAll(() => api.stop());

const scoped = (scopes: readonly string[] = ['read', 'write']) => ({
  ...organization.admin,
  scopes,
});
const admin = scoped();
const member = { ...organization.member(), scopes: ['read', 'write'] };

const CREATE = `mutation ($input: ClusterCreateInput!) {
  clusterCreate(input: $input) {
    cluster { id slug name emoji version createdAt defaultQueue { id } queues { nodes { key } } }
    position
    userErrors { code field message }
  }
}`;

const input = (slug: string, more: object = {}) => ({
  input: { organizationId: organization.id, slug, name: 'Linux builders', ...more },
});

test('a cluster is created and read back', async () => {
  const { status, data, errors } = await api.ask(admin, CREATE, input('linux', { emoji: '🐧' }));
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
  expect(data.clusterCreate).toEqual({
    cluster: {
      id: expect.stringMatching(/^clu_/),
      slug: 'linux',
      name: 'Linux builders',
      emoji: '🐧',
      version: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      defaultQueue: null,
      queues: { nodes: [] },
    },
    position: organization.world.facts.moment.position,
    userErrors: [],
  });
  expect(api.commands.at(-1)).toMatchObject({
    mutation: 'clusterCreate',
    caller: { kind: 'MEMBER', userId: admin.userId, tokenId: admin.tokenId },
    input: { slug: 'linux', name: 'Linux builders', emoji: '🐧' },
    idempotencyKey: null,
    correlationId: expect.stringMatching(/^request-/),
  });
});

test('the idempotency key is no part of what the command is told', async () => {
  await api.ask(admin, CREATE, input('keyed', { idempotencyKey: 'once' }));
  const sent = api.commands.at(-1);
  expect(sent?.idempotencyKey).toBe('once');
  expect(Object.keys(sent?.input ?? {}).sort()).toEqual(['name', 'organizationId', 'slug']);
});

test('an expected refusal is data', async () => {
  await api.ask(admin, CREATE, input('taken'));
  const { data, errors } = await api.ask(admin, CREATE, input('taken'));
  expect(errors).toEqual([]);
  expect(data.clusterCreate).toEqual({
    cluster: null,
    position: null,
    userErrors: [{ code: 'TAKEN', field: ['slug'], message: expect.any(String) }],
  });
});

test('a malformed input is a typed error that repeats no value', async () => {
  const before = api.commands.length;
  const { data, errors } = await api.ask(
    admin,
    CREATE,
    input('Not a slug', { emoji: 'secret', description: null, color: '#1A2B3C' }),
  );
  expect(data).toEqual({ clusterCreate: null });
  expect(errors).toHaveLength(1);
  expect(errors[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    requestId: expect.stringMatching(/^request-/),
    fields: expect.arrayContaining([
      { field: 'slug', constraint: 'isSlug', message: expect.any(String) },
      { field: 'emoji', constraint: 'isEmoji', message: 'must be one emoji' },
      { field: 'color', constraint: 'isColor', message: expect.any(String) },
      { field: 'description', constraint: 'isNotNull', message: expect.any(String) },
    ]),
  });
  expect(JSON.stringify(errors)).not.toMatch(/Not a slug|secret/);
  expect(api.commands).toHaveLength(before);
});

test('who may not is told FORBIDDEN, with no command when the scopes already say so', async () => {
  const denied = await api.ask(member, CREATE, input('mine'));
  expect(denied.data).toEqual({ clusterCreate: null });
  expect(denied.errors[0]?.extensions.code).toBe('FORBIDDEN');
  const narrow = await api.ask(
    { ...organization.token(organization.admin.userId, ['read']), scopes: ['read'] },
    CREATE,
    input('mine'),
  );
  expect(narrow.errors[0]?.extensions.code).toBe('FORBIDDEN');
});

test('other callers are told FORBIDDEN, strangers UNAUTHENTICATED, and no command is sent', async () => {
  const before = api.commands.length;
  const installation = await api.ask({ kind: 'INSTALLATION' }, CREATE, input('theirs'));
  expect(installation.status).toBe(200);
  expect(installation.errors[0]?.extensions.code).toBe('FORBIDDEN');
  const stranger = await api.ask({ kind: 'ANONYMOUS' }, CREATE, input('theirs'));
  expect(stranger).toMatchObject({ status: 401, data: null });
  expect(stranger.errors[0]?.extensions).toEqual({
    code: 'UNAUTHENTICATED',
    requestId: expect.stringMatching(/^request-/),
  });
  expect(api.commands).toHaveLength(before);
});

const NODE = `query ($id: ID!) { node(id: $id) { __typename id ... on Cluster { slug } } }`;

test('what one may not read looks like what is not there', async () => {
  const { clusterId } = organization.do(organization.admin, 'clusterCreate', {
    organizationId: organization.id,
    slug: 'hidden',
    name: 'Hidden',
  });
  const seen = await api.ask(admin, NODE, { id: clusterId });
  expect(seen.data.node).toEqual({ __typename: 'Cluster', id: clusterId, slug: 'hidden' });
  for (const id of [clusterId, 'clu_00000000000000000000000000', 'clu_x', '', 'nonsense']) {
    const { data, errors } = await api.ask(member, NODE, { id });
    expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
  }
});

test('the payload shows only what its reader may read afterwards', async () => {
  const { clusterId } = organization.do(organization.admin, 'clusterCreate', {
    organizationId: organization.id,
    slug: 'own-goal',
    name: 'Own goal',
  });
  const { maintainerId } = organization.do(organization.admin, 'clusterMaintainerAdd', {
    clusterId: clusterId ?? '',
    userId: member.userId,
  });
  const update = `mutation ($input: ClusterUpdateInput!) {
    clusterUpdate(input: $input) { cluster { name version } userErrors { code actualVersion } }
  }`;
  const changed = await api.ask(member, update, { input: { clusterId, name: 'Renamed' } });
  expect(changed.data.clusterUpdate.cluster).toEqual({ name: 'Renamed', version: 2 });
  const stale = await api.ask(member, update, {
    input: { clusterId, name: 'Again', expectedVersion: 1 },
  });
  expect(stale.data.clusterUpdate).toEqual({
    cluster: null,
    userErrors: [{ code: 'CONFLICT', actualVersion: 2 }],
  });
  const remove = `mutation ($input: ClusterMaintainerRemoveInput!) {
    clusterMaintainerRemove(input: $input) { cluster { id } removedMaintainerId userErrors { code } }
  }`;
  const removed = await api.ask(admin, remove, { input: { maintainerId } });
  expect(removed.data.clusterMaintainerRemove).toEqual({
    cluster: { id: clusterId },
    removedMaintainerId: maintainerId,
    userErrors: [],
  });
  const gone = await api.ask(member, NODE, { id: clusterId });
  expect(gone.data.node).toBeNull();
});

test('what stands in the way of a deletion is named as far as it may be seen, and counted', async () => {
  const { id: organizationId } = organization;
  const cluster = { organizationId, slug: 'in-use', name: 'In use' };
  const { clusterId = '' } = organization.do(organization.admin, 'clusterCreate', cluster);
  const pipeline = { organizationId, clusterId, slug: 'used', name: 'Used' };
  const { pipelineId } = organization.do(organization.admin, 'pipelineCreate', pipeline);
  const remove = `mutation ($id: ID!) { clusterDelete(input: { clusterId: $id }) {
    userErrors { code usedBy { kind id } hiddenCount }
  } }`;
  const narrow = organization.token(admin.userId, ['cluster:delete', 'cluster:read']);
  const blind = { ...narrow, scopes: ['cluster:delete', 'cluster:read'] };
  for (const [principal, usedBy, hiddenCount] of [
    [admin, [{ kind: 'PIPELINE', id: pipelineId }], 0],
    [blind, [], 1],
  ] as const) {
    const { data } = await api.ask(principal, remove, { id: clusterId });
    expect(data.clusterDelete.userErrors).toEqual([{ code: 'IN_USE', usedBy, hiddenCount }]);
  }
});
