import type { Queries } from '../../../src/views/queries';
import { RowBudget } from '../../../src/graphql/paging/row-budget';
import { MemoryApi } from '../../support/graphql/memory-api';
import { memoryQueries } from '../../support/graphql/memory-queries';

const api = new MemoryApi();
const { organization } = api;
const admin = { ...organization.admin, scopes: ['read', 'write'] };
const member = { ...organization.member(), scopes: ['read', 'write'] };
const SLUGS = Array.from({ length: 60 }, (_, n) => `c${String(n).padStart(2, '0')}`);
const VISIBLE = ['c07', 'c31', 'c32', 'c58'];

beforeAll(async () => {
  await api.start();
  const { id: organizationId } = organization;
  for (const slug of SLUGS) {
    const cluster = { organizationId, slug, name: slug };
    const { clusterId = '' } = organization.do(organization.admin, 'clusterCreate', cluster);
    for (const key of ['one', 'two']) {
      organization.do(organization.admin, 'clusterQueueCreate', { clusterId, key, mode: 'OPEN' });
    }
    if (!VISIBLE.includes(slug)) continue;
    const { userId } = member;
    organization.do(organization.admin, 'clusterGrant', { clusterId, userId, level: 'VIEW' });
  }
});
afterAll(() => api.stop());

interface ListPage {
  readonly nodes: readonly Readonly<Record<string, string>>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Asks for one page by a budget of ten rows, and counts the rows that were read for it. */
async function page(
  principal: typeof admin,
  field: string,
  { first = 3, after = null as string | null, rows = new RowBudget(10, 5) } = {},
) {
  const name = field.startsWith('queues') ? 'key' : 'slug';
  const query = `query ($first: Int!, $after: String) { viewer { organization {
    list: ${field}(first: $first, after: $after) {
      nodes { ${name} } pageInfo { hasNextPage endCursor }
    } } } }`;
  const kept = memoryQueries(organization);
  let read = 0;
  const list: Queries['list'] = (asked) => {
    const found = kept.list(asked);
    read += found.length;
    return found;
  };
  const changes = { rows, queries: { ...kept, list } };
  const { data, errors } = await api.ask(principal, query, { first, after }, changes);
  expect(errors).toEqual([]);
  return { ...(data.viewer.organization.list as ListPage), read };
}

async function all(principal: typeof admin, field: string, first: number) {
  const pages: Awaited<ReturnType<typeof page>>[] = [];
  let after: string | null = null;
  do {
    const next = await page(principal, field, { first, after });
    pages.push(next);
    after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
  } while (after !== null);
  return pages;
}

test.each([1, 2, 3, 100])(
  'pages of %p stop early among hidden rows and lose none',
  async (first) => {
    const pages = await all(member, 'clusters', first);
    expect(pages.flatMap(({ nodes }) => nodes.map(({ slug }) => slug))).toEqual(VISIBLE);
    expect(pages.length).toBeGreaterThan(4);
    // What is read at a time is read over at most once beyond the budget.
    for (const { read } of pages) expect(read).toBeLessThanOrEqual(10 + first + 1 + 16);
    expect(pages.some(({ nodes }) => nodes.length === 0)).toBe(true);
  },
);

test('who sees everything gets whole pages', async () => {
  const pages = await all(admin, 'clusters', 25);
  expect(pages.map(({ nodes }) => nodes.length)).toEqual([25, 25, 10]);
});

test.each([1, 3, 100])('of a list of several levels, too (%p)', async (first) => {
  const keys = async (principal: typeof admin) =>
    (await all(principal, 'queues', first)).flatMap(({ nodes }) => nodes.map(({ key }) => key));
  expect(await keys(member)).toEqual(VISIBLE.flatMap(() => ['one', 'two']));
  expect(await keys(admin)).toEqual(SLUGS.flatMap(() => ['one', 'two']));
});

test('the lists of one request share its budget, and each gets on', async () => {
  const rows = new RowBudget(10, 5);
  const first = await page(member, 'clusters', { rows });
  const second = await page(member, 'clusters', { rows });
  expect(first.pageInfo.hasNextPage && second.pageInfo.hasNextPage).toBe(true);
  expect(first.nodes).toEqual([{ slug: 'c07' }]);
  expect(second.nodes).toEqual([]);
  const third = await page(member, 'clusters', { after: second.pageInfo.endCursor });
  expect(third.nodes).toEqual([{ slug: 'c07' }]);
});

test('where a page stopped among hidden rows tells nothing of them', async () => {
  const { pageInfo } = await page(member, 'clusters', { rows: new RowBudget(2, 2) });
  const { endCursor } = pageInfo;
  const text = Buffer.from(endCursor ?? '', 'base64url').toString('latin1');
  expect(text).not.toMatch(/cluster|clu_|c0/u);
  const broken = `${(endCursor ?? '').slice(0, -4)}AAAA`;
  for (const after of [broken, '.', '.AAAA', `.${'A'.repeat(400)}`, endCursor?.slice(1)]) {
    const query = `query ($after: String) { viewer { organization {
      clusters(after: $after) { nodes { slug } } } } }`;
    const { errors } = await api.ask(member, query, { after });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
  const query = `query ($after: String) { viewer { organization {
    teams(after: $after) { nodes { slug } } } } }`;
  const { errors } = await api.ask(member, query, { after: endCursor });
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});
