import { AgentRegistered } from '../../../src/domain/agent/events';
import { AgentKeyProven, AgentKeyRegistered } from '../../../src/domain/agent-key/events';
import type { ClusterId, QueueId } from '../../../src/domain/id';
import { MINUTE_MS } from '../../support/access/history-builder';
import { MemoryApi } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
const SCOPES = ['read', 'write'];
const DAY_MS = 24 * 60 * MINUTE_MS;
const admin = { ...organization.admin, scopes: SCOPES };
const auditor = { ...organization.member('AUDITOR'), scopes: SCOPES };
const maintainer = { ...organization.member(), scopes: SCOPES };
const other = { ...organization.member(), scopes: SCOPES };
const leaving = { ...organization.member(), scopes: SCOPES };
const second = { ...organization.member('ADMIN'), scopes: SCOPES };
const organizationId = organization.id;

beforeAll(() => api.start());
afterAll(() => api.stop());

const REVIEW = `query (
  $kinds: [AccessFindingKind!]! = [EXPIRED, EXPIRING, INEFFECTIVE, REDUNDANT, UNUSED]
  $clusterId: ID, $withinDays: Int! = 14, $unusedDays: Int! = 90, $first: Int! = 100, $after: String
) {
  accessReview(
    kinds: $kinds, clusterId: $clusterId, withinDays: $withinDays, unusedDays: $unusedDays,
    first: $first, after: $after
  ) {
    moment { position } shownCount hiddenCount pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes {
      kind id at message hiddenFactCount node { __typename id }
      fact { relation subjectId objectId level } grounds { relation subjectId objectId level }
    }
  }
}`;

interface Finding {
  readonly kind: string;
  readonly id: string;
  readonly at: string | null;
  readonly message: string;
  readonly node: { readonly __typename: string } | null;
  readonly grounds: readonly { readonly relation: string }[];
}

interface Page {
  readonly shownCount: number;
  readonly hiddenCount: number;
  readonly nodes: readonly Finding[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

const ask = (by: typeof admin, variables: object = {}) => api.ask(by, REVIEW, variables);

async function review(by: typeof admin, variables: object = {}): Promise<Page> {
  const { data, errors } = await ask(by, variables);
  expect(errors).toEqual([]);
  return data.accessReview as Page;
}

const summary = (nodes: readonly Finding[]) =>
  nodes.map(({ kind, id, grounds }) => [kind, id, grounds.map(({ relation }) => relation)]);

type Holder = { readonly userId: string } | { readonly teamId: string };

/** A cluster of its own, with something of everything that is found. */
function world(slug: string) {
  const run = organization.do.bind(organization, organization.admin);
  const { clusterId = '' } = run('clusterCreate', { organizationId, slug, name: slug });
  run('clusterMaintainerAdd', { clusterId, userId: maintainer.userId });
  const { teamId = '' } = run('teamCreate', { organizationId, slug, name: slug });
  const { teamMemberId = '' } = run('teamMemberAdd', {
    teamId,
    userId: other.userId,
    role: 'MEMBER',
  });
  const soon = organization.world.now + 10 * DAY_MS;
  const grant = (holder: Holder, level: 'USE' | 'VIEW', expiresAt?: number): string =>
    run('clusterGrant', {
      ...{ clusterId, level, ...holder },
      ...(expiresAt === undefined ? {} : { expiresAt }),
    })['grantId'] ?? '';
  return { run, clusterId, teamId, teamMemberId, soon, grant };
}

test('a grant that a team, a higher one or a role makes needless is told with what does', async () => {
  const { run, clusterId, teamId, grant } = world('redundant');
  const team = grant({ teamId }, 'USE');
  const direct = grant({ userId: other.userId }, 'USE');
  const low = grant({ teamId }, 'VIEW');
  const ofAdmin = grant({ userId: second.userId }, 'VIEW');
  const { pipelineId = '' } = run('pipelineCreate', {
    ...{ organizationId, slug: 'redundant', name: 'P', clusterId, teamId },
  });
  const { queueId = '' } = run('clusterQueueCreate', { clusterId, key: 'open', mode: 'OPEN' });
  const { grantId: queue } = run('queuePipelineGrant', { queueId, pipelineId });

  const { nodes, shownCount } = await review(admin, { kinds: ['REDUNDANT'], clusterId });
  expect(summary(nodes)).toEqual(
    [
      ['REDUNDANT', direct, ['teamMember', 'clusterGrant']],
      ['REDUNDANT', low, ['clusterGrant']],
      ['REDUNDANT', ofAdmin, ['member']],
      ['REDUNDANT', queue, ['queueCluster']],
    ].sort((a, b) => (String(a[1]) < String(b[1]) ? -1 : 1)),
  );
  expect(nodes.map(({ id }) => id)).not.toContain(team);
  expect(shownCount).toBe(4);
  expect(nodes[0]?.node?.__typename).toMatch(/Grant$/u);
});

test('what lasts longer than what covers it is not redundant', async () => {
  const { clusterId, teamId, grant, soon } = world('lasting');
  grant({ teamId }, 'USE', soon);
  const direct = grant({ userId: other.userId }, 'USE');
  const { nodes } = await review(admin, { kinds: ['REDUNDANT'], clusterId });
  expect(nodes.map(({ id }) => id)).not.toContain(direct);
});

test('a membership that ends before the grant does not make it redundant', async () => {
  const { run, clusterId, teamId, soon, grant } = world('ending');
  run('teamMemberAdd', { teamId, userId: leaving.userId, role: 'MEMBER', expiresAt: soon });
  const team = grant({ teamId }, 'USE');
  const [longer, shorter] = [
    grant({ userId: leaving.userId }, 'USE'),
    grant({ userId: leaving.userId }, 'VIEW', soon),
  ];
  const { nodes } = await review(admin, { kinds: ['REDUNDANT'], clusterId });
  expect(nodes.map(({ id }) => id)).toEqual([shorter]);
  expect([team, longer]).not.toContain(shorter);
});

test('BUILD without cluster:use is ineffective, for a member, a team and an empty team', async () => {
  const { run, clusterId, teamId } = world('ineffective');
  const { pipelineId = '' } = run('pipelineCreate', {
    ...{ organizationId, slug: 'ineffective', name: 'P', clusterId },
  });
  const { teamId: empty = '' } = run('teamCreate', { organizationId, slug: 'empty', name: 'E' });
  const build = (holder: Holder) =>
    run('pipelineGrant', { pipelineId, level: 'BUILD', ...holder })['grantId'];
  const ids = [build({ userId: other.userId }), build({ teamId }), build({ teamId: empty })];
  const { nodes } = await review(admin, { kinds: ['INEFFECTIVE'], clusterId });
  expect(nodes.map(({ id }) => id).sort()).toEqual(ids.sort());
  expect(nodes.map(({ message }) => message)).toContain('The team has no members.');
});

test('what expires is told until it is removed: before, at the instant, and after', async () => {
  const { clusterId, grant, soon } = world('expiring');
  const id = grant({ userId: other.userId }, 'USE', soon);
  const kinds = ['EXPIRED', 'EXPIRING'];
  const found = async (variables: object = {}) =>
    summary((await review(maintainer, { kinds, clusterId, ...variables })).nodes);
  expect(await found()).toEqual([['EXPIRING', id, []]]);
  expect(await found({ withinDays: 9 })).toEqual([]);
  expect(await found({ withinDays: 10 })).toEqual([['EXPIRING', id, []]]);
  organization.wait(10 * DAY_MS - 1);
  expect(await found({ withinDays: 1 })).toEqual([['EXPIRING', id, []]]);
  organization.wait(1);
  const { nodes } = await review(maintainer, { kinds, clusterId });
  expect(nodes).toMatchObject([{ kind: 'EXPIRED', at: new Date(soon).toISOString() }]);
  organization.do(organization.admin, 'clusterRevoke', { grantId: id });
  expect(await found()).toEqual([]);
});

test('a key that no agent came by and a token that nobody used are told once they are old', async () => {
  const { run, clusterId: owner } = world('unused');
  const clusterId = owner as ClusterId;
  const queueId = run('clusterQueueCreate', { clusterId, key: 'q', mode: 'OPEN' })[
    'queueId'
  ] as QueueId;
  const [used, idle] = ['u', 'i'].map((name) => `key_${name.repeat(43)}` as const);
  if (used === undefined || idle === undefined) throw new Error('there are two keys');
  for (const keyId of [used, idle]) {
    const limits = { queueIds: null, tags: [], addressRanges: [], expiresAt: null };
    const publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } as const;
    const provableUntil = organization.world.now + DAY_MS;
    organization.given(
      AgentKeyRegistered.make(
        { ...{ keyId, clusterId, publicKey, provableUntil }, ...limits, algorithm: 'EdDSA' },
        { name: keyId },
      ),
      AgentKeyProven.make({ keyId, clusterId }),
    );
  }
  const told = async (unusedDays: number, more: object = {}): Promise<readonly Finding[]> =>
    (await review(admin, { kinds: ['UNUSED'], unusedDays, ...more })).nodes;
  organization.wait(2 * DAY_MS);
  const registered = new Date(organization.world.now).toISOString();
  const agentId = organization.newId('agt');
  organization.given(
    AgentRegistered.make({
      ...{ agentId, clusterId, queueId, tags: [], keyId: used, instance: 'i'.repeat(22) },
    }),
  );
  expect((await told(1, { clusterId })).map(({ id }) => id)).toEqual([idle]);
  expect(await told(2, { clusterId })).toEqual([]);
  const tokens = (await told(1)).filter(({ id }) => id.startsWith('tok_'));
  expect(tokens.map(({ id }) => id)).toContain(admin.tokenId);
  organization.wait(2 * DAY_MS);
  expect((await told(1, { clusterId })).map(({ id, at }) => [id, at])).toEqual([
    [idle, null],
    [used, registered],
  ]);
});

test('pages are whole and of one moment, and a cursor belongs to one review', async () => {
  const whole = await review(admin);
  expect(whole.shownCount).toBeGreaterThan(3);
  const nodes: Finding[] = [];
  let after: string | null = null;
  do {
    const page: Page = await review(admin, { first: 2, after });
    expect([page.shownCount, page.pageInfo.hasPreviousPage]).toEqual([
      whole.shownCount,
      after !== null,
    ]);
    nodes.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(nodes).toEqual(whole.nodes);
  const { pageInfo } = await review(admin, { first: 1 });
  const { errors } = await ask(admin, { first: 1, after: pageInfo.endCursor, withinDays: 15 });
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('it is for ADMIN and AUDITOR, and of a cluster for who manages it; to others it is not there', async () => {
  const { clusterId, grant } = world('asked');
  grant({ userId: other.userId }, 'USE');
  expect((await review(auditor)).shownCount).toBe((await review(admin)).shownCount);
  expect(await review(maintainer)).toBeNull();
  expect(await review(other)).toBeNull();
  expect(await review(other, { clusterId })).toBeNull();
  const unknown = `clu_${'z'.repeat(26)}`;
  expect(await review(other, { clusterId: unknown })).toBeNull();
  expect(await review(admin, { clusterId: unknown })).toBeNull();
  expect(await review(maintainer, { clusterId })).toMatchObject({ hiddenCount: 0 });
});

test.each([
  [{ kinds: [] }, 'kinds'],
  [{ withinDays: 0 }, 'withinDays'],
  [{ unusedDays: 3651 }, 'unusedDays'],
  [{ clusterId: 'tea_1' }, 'clusterId'],
  [{ after: 'nonsense' }, 'after'],
])('%j is refused', async (variables, field) => {
  const { errors } = await ask(admin, variables);
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
});
