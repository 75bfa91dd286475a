import { MemoryApi } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
const admin = { ...organization.admin, scopes: ['read', 'write'] };
const member = { ...organization.member(), scopes: ['read', 'write'] };

const SLUGS = ['kilo', 'alpha', 'echo', 'bravo', 'golf', 'delta', 'hotel', 'india', 'foxtrot'];
const VISIBLE = ['delta', 'echo', 'golf', 'kilo'];
const clusterIds = new Map<string, string>();

beforeAll(async () => {
  await api.start();
  const organizationId = organization.id;
  for (const slug of SLUGS) {
    const input = { organizationId, slug, name: `Cluster ${slug}` };
    const { clusterId = '' } = organization.do(organization.admin, 'clusterCreate', input);
    clusterIds.set(slug, clusterId);
    for (const key of ['one', 'two', 'three']) {
      organization.do(organization.admin, 'clusterQueueCreate', { clusterId, key, mode: 'OPEN' });
    }
    if (VISIBLE.includes(slug)) {
      const { userId } = member;
      organization.do(organization.admin, 'clusterGrant', { clusterId, userId, level: 'VIEW' });
    }
    if (slug < 'e') {
      const pipeline = { organizationId, clusterId, slug: `build-${slug}`, name: `Build ${slug}` };
      organization.do(organization.admin, 'pipelineCreate', pipeline);
    }
  }
});
afterAll(() => api.stop());

type Row = Readonly<Record<string, string>>;
interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** Every row of a list, page by page. */
async function all(
  principal: typeof admin,
  field: string,
  row: string,
  first: number,
  args = '',
): Promise<readonly Row[]> {
  const query = `query ($first: Int!, $after: String) { viewer { organization {
    list: ${field}(first: $first, after: $after ${args}) {
      edges { cursor node { ${row} } } nodes { ${row} }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } } } }`;
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await api.ask(principal, query, { first, after });
    expect(errors).toEqual([]);
    const { edges, nodes, pageInfo } = data.viewer.organization.list as {
      edges: { cursor: string; node: Row }[];
      nodes: Row[];
      pageInfo: PageInfo;
    };
    expect(edges.map(({ node }) => node)).toEqual(nodes);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    if (pageInfo.hasNextPage) expect(nodes).toHaveLength(first);
    rows.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}

const slugs = (rows: readonly Row[]) => rows.map(({ slug }) => slug);

test('every size of page gives the same list, whole and in order', async () => {
  for (const first of [1, 2, 3, 4, 8, 9, 10, 100]) {
    expect(slugs(await all(admin, 'clusters', 'slug', first))).toEqual([...SLUGS].sort());
    expect(slugs(await all(member, 'clusters', 'slug', first))).toEqual(VISIBLE);
  }
});

test('in the order of creation, too', async () => {
  expect(slugs(await all(admin, 'clusters', 'slug', 2, 'order: CREATED'))).toEqual(SLUGS);
  expect(slugs(await all(member, 'clusters', 'slug', 2, 'order: CREATED'))).toEqual(
    SLUGS.filter((slug) => VISIBLE.includes(slug)),
  );
});

test('a list of several levels goes parent by parent', async () => {
  const expected = (parents: readonly string[]) =>
    [...parents].sort().flatMap((slug) => ['one', 'three', 'two'].map((key) => `${slug}/${key}`));
  const row = 'key cluster { slug }';
  for (const first of [1, 2, 5, 27, 30]) {
    const names = async (principal: typeof admin) =>
      (await all(principal, 'queues', row, first)).map(
        ({ key, cluster }) => `${(cluster as unknown as Row)['slug'] ?? ''}/${key ?? ''}`,
      );
    expect(await names(admin)).toEqual(expected(SLUGS));
    expect(await names(member)).toEqual(expected(VISIBLE));
  }
});

test('filters read over what does not fit', async () => {
  expect(slugs(await all(admin, 'pipelines', 'slug', 2))).toEqual([
    'build-alpha',
    'build-bravo',
    'build-delta',
  ]);
  const search = 'filter: { search: "BUILD B" }';
  expect(slugs(await all(admin, 'pipelines', 'slug', 1, search))).toEqual(['build-bravo']);
  const clusterId = clusterIds.get('alpha') ?? '';
  const inCluster = `filter: { clusterId: "${clusterId}", archived: false }`;
  expect(slugs(await all(admin, 'pipelines', 'slug', 1, inCluster))).toEqual(['build-alpha']);
  expect(await all(admin, 'pipelines', 'slug', 1, 'filter: { archived: true }')).toEqual([]);
  expect(await all(member, 'pipelines', 'slug', 1)).toEqual([]);
  expect(await all(admin, 'members', 'role', 1, 'filter: { role: ADMIN }')).toHaveLength(1);
  expect(await all(admin, 'members', 'role', 1, 'filter: { kind: SERVICE }')).toEqual([]);
});

test('API tokens: one’s own, and for who reads everything all of them', async () => {
  const auditor = { ...organization.member('AUDITOR'), scopes: ['read'] };
  const ids = async (principal: typeof admin) =>
    (await all(principal, 'apiTokens', 'id', 1)).map(({ id }) => id);
  expect(await ids(member)).toEqual([member.tokenId]);
  expect([...(await ids(auditor))].sort()).toEqual(
    [admin.tokenId, member.tokenId, auditor.tokenId].sort(),
  );
});

const LIST = `query ($after: String, $first: Int! = 2, $order: ListOrder! = KEY) {
  viewer { organization { clusters(first: $first, after: $after, order: $order) { pageInfo { endCursor } } } }
}`;

test('a cursor goes with its list and its order', async () => {
  const { data } = await api.ask(admin, LIST);
  const after = data.viewer.organization.clusters.pageInfo.endCursor as string;
  const other = await api.ask(admin, LIST, { after, order: 'CREATED' });
  expect(other.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  const queues = LIST.replace('clusters(', 'queues(');
  expect((await api.ask(admin, queues, { after })).errors[0]?.extensions.code).toBe(
    'BAD_USER_INPUT',
  );
  expect((await api.ask(admin, LIST, { after: 'x' })).errors[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: [{ field: 'after', constraint: 'isCursor' }],
  });
});

test.each([0, -1, 101, 2_000_000])('a page of %p is refused', async (first) => {
  const { errors, status } = await api.ask(admin, LIST, { first });
  const code = errors[0]?.extensions.code;
  if (status === 400) expect(code).toBe('QUERY_TOO_COMPLEX');
  else
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: 'first' }],
    });
});

test('a page goes on where it was though its last row is gone', async () => {
  const [first, second] = await Promise.all([
    all(admin, 'clusters', 'slug', 100),
    api.ask(admin, LIST, { first: 3 }),
  ]);
  const after = second.data.viewer.organization.clusters.pageInfo.endCursor as string;
  const clusterId = clusterIds.get(slugs(first)[2] ?? '') ?? '';
  const before = organization.world;
  organization.do(organization.admin, 'clusterUpdate', { clusterId, slug: 'zulu' });
  const query = `query ($after: String) { viewer { organization { clusters(after: $after) { nodes { slug } } } } }`;
  const { data } = await api.ask(admin, query, { after });
  expect(slugs(data.viewer.organization.clusters.nodes)).toEqual([
    ...slugs(first).slice(3),
    'zulu',
  ]);
  organization.world = before;
});

test('`nodes` keeps the order and says null for what is hidden or unknown', async () => {
  const ids = ['delta', 'alpha', 'echo'].map((slug) => clusterIds.get(slug) ?? '');
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }';
  const [first = '', hidden = '', second = ''] = ids;
  const { data } = await api.ask(member, query, {
    ids: [first, 'nonsense', hidden, second, first],
  });
  const node = (id: string) => ({ id, __typename: 'Cluster' });
  expect(data.nodes).toEqual([node(first), null, null, node(second), node(first)]);
  const many = await api.ask(member, query, { ids: Array.from({ length: 101 }, () => 'x') });
  expect(many.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});
