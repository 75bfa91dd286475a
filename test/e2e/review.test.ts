import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import { Tenant } from '../support/e2e/matrix/tenant';

let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(async () => {
  await installation.stop();
});

const REVIEW = `query ($first: Int!, $after: String, $clusterId: ID, $withinDays: Int = 14) {
  accessReview(
    kinds: [EXPIRING, REDUNDANT], first: $first, after: $after, clusterId: $clusterId,
    withinDays: $withinDays
  ) {
    shownCount pageInfo { hasNextPage endCursor }
    nodes { kind id grounds { relation event { type } } }
  }
}`;

test('a review is of its tenant alone, goes on in pages, and is empty once one acted on it', async () => {
  const tenant = await Tenant.create(installation.api);
  const stranger = await Tenant.create(installation.api);
  const [clusterId, teamId, member] = await Promise.all([
    tenant.cluster(),
    tenant.team(),
    tenant.member(),
  ]);
  await tenant.join(teamId, member.id);
  await tenant.grantCluster(clusterId, { teamId }, 'USE');
  await tenant.grantCluster(clusterId, { userId: member.id }, 'USE');
  const expiresAt = new Date(Date.now() + 5 * 24 * 60 * 60 * 1000).toISOString();
  await tenant.admin.do(
    'clusterGrant',
    { clusterId, userId: member.id, level: 'VIEW', expiresAt },
    'position',
  );
  const ask = async (by: typeof tenant.admin, more: object = {}) => {
    const { data, errors } = await by.query(REVIEW, { first: 1, ...more });
    expect(errors).toBeUndefined();
    return data.accessReview;
  };
  const first = await ask(tenant.admin);
  expect(first).toMatchObject({ shownCount: 3, nodes: [{ kind: 'EXPIRING', grounds: [] }] });
  const rest = await ask(tenant.admin, { first: 10, after: first.pageInfo.endCursor });
  const nodes = rest.nodes as { kind: string; id: string; grounds: object[] }[];
  expect(nodes.map(({ kind }) => kind)).toEqual(['REDUNDANT', 'REDUNDANT']);
  expect(nodes.flatMap(({ grounds }) => grounds)).toContainEqual({
    relation: 'teamMember',
    event: { type: 'TeamMemberAdded' },
  });
  expect(await ask(stranger.admin)).toMatchObject({ shownCount: 0 });
  expect(await ask(stranger.admin, { clusterId })).toBeNull();

  for (const { id } of nodes) {
    await tenant.admin.do('clusterRevoke', { grantId: id }, 'position');
  }
  expect(await ask(tenant.admin)).toMatchObject({ shownCount: 0, nodes: [] });
});
