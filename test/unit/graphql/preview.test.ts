import { MemoryApi, type ApiAnswer } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
const SCOPES = ['read', 'write'];
const admin = { ...organization.admin, scopes: SCOPES };
const auditor = { ...organization.member('AUDITOR'), scopes: SCOPES };
const maintainer = { ...organization.member(), scopes: SCOPES };
const other = { ...organization.member(), scopes: SCOPES };
const organizationId = organization.id;
let clusterId = '';

beforeAll(async () => {
  await api.start();
  const cluster = { organizationId, slug: 'there', name: 'There' };
  ({ clusterId = '' } = organization.do(organization.admin, 'clusterCreate', cluster));
  const role = { clusterId, userId: maintainer.userId };
  organization.do(organization.admin, 'clusterMaintainerAdd', role);
});
afterAll(() => api.stop());

const PREVIEW = `query ($changes: [AccessChangeInput!]!, $first: Int = 50, $after: String) {
  accessPreview(changes: $changes, first: $first, after: $after) {
    moment { position instant } rulesVersion
    refused {
      change mutation userError { code field message hiddenCount } fault { code message }
    }
    difference {
      shownCount hiddenCount
      nodes {
        subject { id kind madeByChange node { __typename id } }
        resource { id kind madeByChange node { __typename id } }
        actions { action change branches reason { rule hiddenFactCount facts { relation } } }
      }
      edges { cursor }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }
}`;

const PAST = '2001-01-01T00:00:00Z';

interface End {
  readonly id: string;
  readonly kind: string;
  readonly madeByChange: number | null;
  readonly node: object | null;
}
interface Pair {
  readonly subject: End;
  readonly resource: End;
  readonly actions: readonly { action: string; change: string; branches: string[] }[];
}

const ask = (by: typeof admin, changes: unknown, more: object = {}): Promise<ApiAnswer> =>
  api.ask(by, PREVIEW, { changes, ...more });

async function preview(by: typeof admin, changes: readonly object[], more: object = {}) {
  const { data, errors } = await ask(by, changes, more);
  expect(errors).toEqual([]);
  return data.accessPreview;
}

/** The faults of an answer that is BAD_USER_INPUT. */
function faultsOf({ data, errors: [error, ...others] }: ApiAnswer) {
  expect(others).toEqual([]);
  expect(data?.accessPreview ?? null).toBeNull();
  expect(error?.extensions.code).toBe('BAD_USER_INPUT');
  return { message: error?.message, fields: error?.extensions['fields'] };
}

const planned = (prefix: string, change: number): string =>
  `${prefix}_${String(change).padStart(26, '0')}`;
const grant = (userId: string, to = clusterId) => ({
  clusterGrant: { clusterId: to, userId, level: 'USE' },
});

test('what one change makes, a later one names: a cluster, a queue in it, and who may use it', async () => {
  const made = { cluster: planned('clu', 1), queue: planned('que', 2) };
  const { refused, difference, moment, rulesVersion } = await preview(admin, [
    { clusterCreate: { organizationId, slug: 'new', name: 'New' } },
    { clusterQueueCreate: { clusterId: made.cluster, key: 'builds', mode: 'OPEN' } },
    grant(other.userId, made.cluster),
  ]);
  expect(refused).toEqual([]);
  expect([moment.position, rulesVersion]).toEqual([organization.world.facts.moment.position, 1]);
  const nodes = difference.nodes as readonly Pair[];
  expect(difference).toMatchObject({ shownCount: nodes.length, hiddenCount: 0 });
  const own = nodes.filter(({ subject }) => subject.id === other.userId);
  expect(
    own.map(({ resource: { id, kind, madeByChange, node } }) => [id, kind, madeByChange, node]),
  ).toEqual([[made.cluster, 'CLUSTER', 1, null]]);
  expect(own[0]?.subject).toEqual({
    id: other.userId,
    kind: 'MEMBER',
    madeByChange: null,
    node: { __typename: 'Member', id: other.userId },
  });
  expect(own[0]?.actions).toContainEqual({
    action: 'cluster:use',
    change: 'GAINED',
    branches: [],
    reason: {
      rule: expect.any(String),
      hiddenFactCount: 0,
      facts: expect.arrayContaining([{ relation: 'clusterGrant' }]),
    },
  });
  expect(nodes.map(({ resource }) => resource.id)).toContain(made.queue);
  expect(organization.world.get('cluster', made.cluster)).toBeUndefined();
});

test('every change that would be refused is told, as the mutation would say it', async () => {
  const before = organization.world;
  const { refused, difference } = await preview(maintainer, [
    grant(other.userId),
    { clusterCreate: { organizationId, slug: 'mine', name: 'Mine' } },
    grant(other.userId, planned('clu', 2)),
    { clusterGrant: { clusterId, userId: other.userId, level: 'VIEW', expiresAt: PAST } },
  ]);
  expect(difference).toBeNull();
  expect(refused).toEqual([
    {
      change: 2,
      mutation: 'clusterCreate',
      userError: null,
      fault: { code: 'FORBIDDEN', message: expect.any(String) },
    },
    {
      change: 3,
      mutation: 'clusterGrant',
      userError: expect.objectContaining({ code: 'NOT_FOUND', field: ['clusterId'] }),
      fault: null,
    },
    {
      change: 4,
      mutation: 'clusterGrant',
      userError: expect.objectContaining({ code: 'EXPIRY_IN_PAST', field: ['expiresAt'] }),
      fault: null,
    },
  ]);
  expect(organization.world).toBe(before);
});

test.each([
  ['no field', [grant(other.userId), {}], /at "changes\[1\]": Exactly one key must be specified/u],
  [
    'two fields',
    [{ ...grant(other.userId), teamDelete: { teamId: planned('tea', 1) } }],
    /at "changes\[0\]": Exactly one key/u,
  ],
  [
    'null',
    [{ clusterGrant: null }],
    /at "changes\[0\].clusterGrant": Field "clusterGrant" must be/u,
  ],
  [
    'a mutation that cannot be tried',
    [{ apiTokenRevoke: { tokenId: 'tok_1' } }],
    /is not defined/u,
  ],
  ['an unknown field', [{ clusterGrant: { nope: 1 } }], /at "changes\[0\].clusterGrant"/u],
])('%s in a change is refused', async (_what, changes, message) => {
  expect(faultsOf(await ask(admin, changes)).message).toMatch(message);
});

test('each input is judged as its mutation judges it, and the error says which change', async () => {
  const changes = [
    grant(other.userId),
    { clusterCreate: { organizationId, slug: 'No Slug', name: 'New' } },
    { clusterGrant: { clusterId, level: 'USE' } },
    { teamDelete: { teamId: clusterId } },
  ];
  const { fields } = faultsOf(await ask(admin, changes));
  expect((fields as { field: string }[]).map(({ field }) => field)).toEqual([
    'changes.1.clusterCreate.slug',
    'changes.2.clusterGrant.teamId',
    'changes.3.teamDelete.teamId',
  ]);
});

test.each([[{ idempotencyKey: 'key' }], [{ dryRun: true }], [{ dryRun: false }]])(
  'a change says nothing of a request: %p',
  async (more) => {
    const change = { clusterGrant: { ...grant(other.userId).clusterGrant, ...more } };
    expect(faultsOf(await ask(admin, [grant(other.userId), change])).fields).toEqual([
      {
        field: 'changes.1.clusterGrant',
        constraint: 'isPreviewed',
        message: 'must have neither idempotencyKey nor dryRun in a preview',
      },
    ]);
  },
);

test('1000 changes are previewed, and 1001 are too many', async () => {
  const changes = Array.from({ length: 1001 }, (_, n) => ({
    teamCreate: { organizationId, slug: `team-${n}`, name: `Team ${n}` },
  }));
  const { fields } = faultsOf(await ask(admin, changes));
  expect(fields).toMatchObject([{ field: 'changes', message: 'must have at most 1000 items' }]);
  const { refused, difference } = await preview(admin, changes.slice(1), { first: 1 });
  expect([refused, difference.nodes.length]).toEqual([[], 1]);
  expect(difference.shownCount).toBeGreaterThanOrEqual(1000);
  expect((await preview(admin, [])).difference).toMatchObject({ shownCount: 0, nodes: [] });
});

describe('pages', () => {
  const changes = () => [
    { clusterCreate: { organizationId, slug: 'paged', name: 'Paged' } },
    grant(maintainer.userId, planned('clu', 1)),
    grant(other.userId, planned('clu', 1)),
  ];

  test('of one moment, each pair once', async () => {
    const whole = (await preview(admin, changes())).difference;
    expect(whole.shownCount).toBeGreaterThan(2);
    const found: Pair[] = [];
    let after: string | null = null;
    do {
      const { difference } = await preview(admin, changes(), { first: 1, after });
      expect(difference.shownCount).toBe(whole.shownCount);
      expect(difference.pageInfo.hasPreviousPage).toBe(after !== null);
      found.push(...difference.nodes);
      after = difference.pageInfo.hasNextPage ? difference.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(whole.nodes);
  });

  test('a cursor belongs to these changes in this order, however they are written', async () => {
    const { difference } = await preview(admin, changes(), { first: 1 });
    const after = difference.pageInfo.endCursor;
    const written = changes().map((change) =>
      Object.fromEntries(
        Object.entries(change).map(([name, input]) => [
          name,
          Object.fromEntries([['idempotencyKey', null], ...Object.entries(input).reverse()]),
        ]),
      ),
    );
    expect(await preview(admin, written, { first: 1, after })).toEqual(
      await preview(admin, changes(), { first: 1, after }),
    );
    const [first, second, third] = changes();
    for (const others of [[first, third, second], [first, second], []]) {
      const { fields } = faultsOf(await ask(admin, others, { after }));
      expect(fields).toMatchObject([{ field: 'after', constraint: 'isCursor' }]);
    }
  });

  test('once the organization has changed, the next page is STALE', async () => {
    const { difference } = await preview(admin, changes(), { first: 1 });
    const after = difference.pageInfo.endCursor;
    organization.do(organization.admin, 'teamCreate', { organizationId, slug: 's', name: 'S' });
    const { errors } = await ask(admin, changes(), { first: 1, after });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['STALE']);
  });
});

test('who may not do it learns nothing of it, and who may sees what they may ask about', async () => {
  const removed = [{ organizationMemberRemove: { userId: maintainer.userId } }];
  const code = async (by: typeof admin) => {
    const { refused, difference } = await preview(by, removed);
    expect(difference).toBeNull();
    return refused[0].userError?.code ?? refused[0].fault.code;
  };
  expect(await code(auditor)).toBe('FORBIDDEN');
  expect(await code(other)).toBe('FORBIDDEN');
  const unknown = [grant(other.userId, planned('clu', 9))];
  const [hidden, absent] = [
    await preview(other, [grant(other.userId)]),
    await preview(other, unknown),
  ];
  expect(hidden).toEqual(absent);
  const { difference } = await preview(maintainer, [grant(other.userId)]);
  const nodes = difference.nodes as readonly Pair[];
  expect(nodes.map(({ subject, resource }) => [subject.id, resource.id])).toEqual([
    [other.userId, clusterId],
  ]);
});

test('a token asks and does no more than its scopes', async () => {
  const narrow = (...scopes: string[]) => {
    const { userId } = organization.admin;
    return { ...organization.token(userId, scopes), scopes };
  };
  const changes = [grant(other.userId)];
  const { errors } = await ask(narrow('write'), changes);
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  const { refused } = await preview(narrow('read'), changes);
  expect(refused).toMatchObject([{ change: 1, fault: { code: 'FORBIDDEN' } }]);
  const both = await preview(narrow('access:ask', 'cluster:manage'), changes);
  expect(both.difference).toMatchObject({ shownCount: 0, hiddenCount: 1 });
  const all = await preview(narrow('read', 'cluster:manage'), changes);
  expect(all.difference).toMatchObject({ shownCount: 1, hiddenCount: 0 });
  const stranger = await api.ask({ kind: 'ANONYMOUS' }, PREVIEW, { changes });
  expect(stranger.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
});
