import { MemoryApi } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
const admin = { ...organization.admin, scopes: ['read', 'write'] };
beforeAll(() => api.start());
afterAll(() => api.stop());

const BY = 'query ($id: ID, $slug: String) { organization(id: $id, slug: $slug) { id slug } }';

test('the own organization is found by id and by slug', async () => {
  const own = { organization: { id: organization.id, slug: 'acme' } };
  expect((await api.ask(admin, BY, { id: organization.id })).data).toEqual(own);
  expect((await api.ask(admin, BY, { slug: 'acme' })).data).toEqual(own);
});

test('every other organization looks unknown', async () => {
  const id = 'org_11111111111111111111111111';
  const nothing = { data: { organization: null }, errors: [] };
  expect(await api.ask(admin, BY, { id })).toMatchObject(nothing);
  expect(await api.ask(admin, BY, { slug: 'other' })).toMatchObject(nothing);
  const stranger = { ...admin, organizationId: id } as const;
  const answer = await api.ask(stranger, BY, { id: organization.id });
  expect(answer.data).toEqual({ organization: null });
});

test('exactly one way of naming it', async () => {
  for (const variables of [{}, { id: organization.id, slug: 'acme' }]) {
    const { errors } = await api.ask(admin, BY, variables);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  }
});

test('viewer tells who asks, and with what', async () => {
  const query =
    '{ viewer { tokenId scopes member { id role teams { nodes { id } } } organization { slug } } }';
  const { data } = await api.ask({ ...admin, scopes: ['read'] }, query);
  expect(data.viewer).toEqual({
    tokenId: admin.tokenId,
    scopes: ['read'],
    member: { id: admin.userId, role: 'ADMIN', teams: { nodes: [] } },
    organization: { slug: 'acme' },
  });
});

test('a token whose scopes leave reading out is told so', async () => {
  for (const query of ['{ viewer { tokenId } }', '{ organization(slug: "acme") { id } }']) {
    const { errors } = await api.ask({ ...admin, scopes: ['write'] }, query);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('organization:read'),
      extensions: { code: 'FORBIDDEN' },
    });
  }
});

test('the ledgers are for ADMIN and AUDITOR of the organization', async () => {
  const query = 'query ($id: ID!) { auditEvents(organizationId: $id) { nodes { position } } }';
  const id = organization.id;
  const auditor = { ...organization.member('AUDITOR'), scopes: ['read'] };
  const member = { ...organization.member(), scopes: ['read'] };
  const empty = { auditEvents: { nodes: [] } };
  expect((await api.ask(admin, query, { id })).data).toEqual(empty);
  expect((await api.ask(auditor, query, { id })).data).toEqual(empty);
  expect((await api.ask(member, query, { id })).errors[0]?.extensions.code).toBe('FORBIDDEN');
  const foreign = await api.ask(admin, query, { id: 'org_11111111111111111111111111' });
  expect(foreign).toMatchObject({ data: { auditEvents: null }, errors: [] });
});

test('every kind of thing shows by its own type and its relations', async () => {
  const organizationId = organization.id;
  const { clusterId = '' } = organization.do(admin, 'clusterCreate', {
    organizationId,
    slug: 'c',
    name: 'C',
  });
  const { queueId = '' } = organization.do(admin, 'clusterQueueCreate', {
    clusterId,
    key: 'q',
    mode: 'RESTRICTED',
    makeDefault: true,
  });
  const { teamId = '' } = organization.do(admin, 'teamCreate', {
    organizationId,
    slug: 't',
    name: 'T',
  });
  const { userId } = organization.member();
  const { teamMemberId = '' } = organization.do(admin, 'teamMemberAdd', {
    teamId,
    userId,
    role: 'MAINTAINER',
  });
  const { maintainerId = '' } = organization.do(admin, 'clusterMaintainerAdd', {
    clusterId,
    userId,
  });
  const { grantId: clusterGrant = '' } = organization.do(admin, 'clusterGrant', {
    clusterId,
    teamId,
    level: 'USE',
    expiresAt: Date.UTC(2030, 0),
  });
  const { pipelineId = '', grantId: pipelineGrant = '' } = organization.do(
    admin,
    'pipelineCreate',
    {
      organizationId,
      clusterId,
      slug: 'p',
      name: 'P',
      teamId,
    },
  );
  const { grantId: queueGrant = '' } = organization.do(admin, 'queuePipelineGrant', {
    queueId,
    pipelineId,
    branches: ['main'],
  });
  organization.do(admin, 'clusterQueuePause', { queueId, note: 'upgrade' });

  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename
    ... on Cluster { defaultQueue { key } grants { nodes { level } } maintainers { nodes { holder { ... on Member { id } } } } pipelines { nodes { slug } } }
    ... on Queue { mode paused { note at by { id } } grants { nodes { branches } } cluster { slug } }
    ... on Team { members { nodes { role } } clusterGrants { nodes { level } } pipelineGrants { nodes { as: level } } }
    ... on TeamMember { team { slug } member { id } }
    ... on ClusterMaintainer { cluster { slug } holder { __typename } }
    ... on ClusterGrant { cluster { slug } level expiresAt holder { __typename ... on Team { slug } } }
    ... on Pipeline { archived cluster { slug } queueGrants { nodes { queue { key } } } grants { nodes { as: level } } }
    ... on PipelineGrant { pipeline { slug } as: level holder { __typename } }
    ... on QueueGrant { queue { key } pipeline { slug } branches expiresAt }
  } }`;
  const ids = [
    clusterId,
    queueId,
    teamId,
    teamMemberId,
    maintainerId,
    clusterGrant,
    pipelineId,
    pipelineGrant,
    queueGrant,
  ];
  const { data, errors } = await api.ask(admin, query, { ids });
  expect(errors).toEqual([]);
  expect(data.nodes).toEqual([
    {
      __typename: 'Cluster',
      defaultQueue: { key: 'q' },
      grants: { nodes: [{ level: 'USE' }] },
      maintainers: { nodes: [{ holder: { id: userId } }] },
      pipelines: { nodes: [{ slug: 'p' }] },
    },
    {
      __typename: 'Queue',
      mode: 'RESTRICTED',
      paused: { note: 'upgrade', at: '2026-01-01T00:00:00.000Z', by: { id: admin.userId } },
      grants: { nodes: [{ branches: ['main'] }] },
      cluster: { slug: 'c' },
    },
    {
      __typename: 'Team',
      members: { nodes: [{ role: 'MAINTAINER' }] },
      clusterGrants: { nodes: [{ level: 'USE' }] },
      pipelineGrants: { nodes: [{ as: 'MANAGE' }] },
    },
    { __typename: 'TeamMember', team: { slug: 't' }, member: { id: userId } },
    { __typename: 'ClusterMaintainer', cluster: { slug: 'c' }, holder: { __typename: 'Member' } },
    {
      __typename: 'ClusterGrant',
      cluster: { slug: 'c' },
      level: 'USE',
      expiresAt: '2030-01-01T00:00:00.000Z',
      holder: { __typename: 'Team', slug: 't' },
    },
    {
      __typename: 'Pipeline',
      archived: false,
      cluster: { slug: 'c' },
      queueGrants: { nodes: [{ queue: { key: 'q' } }] },
      grants: { nodes: [{ as: 'MANAGE' }] },
    },
    {
      __typename: 'PipelineGrant',
      pipeline: { slug: 'p' },
      as: 'MANAGE',
      holder: { __typename: 'Team' },
    },
    {
      __typename: 'QueueGrant',
      queue: { key: 'q' },
      pipeline: { slug: 'p' },
      branches: ['main'],
      expiresAt: null,
    },
  ]);
});
