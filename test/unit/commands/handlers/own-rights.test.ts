import { MemoryOrganization, STARTED_AT } from '../../../support/memory-organization';

const friday = STARTED_AT + 5 * 86_400_000;

function setUp() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const ids = {
    ...acme.do(admin, 'teamCreate', { organizationId, slug: 'ops', name: 'Ops' }),
    ...acme.do(admin, 'clusterCreate', { organizationId, slug: 'a', name: 'A' }),
  };
  const [teamId, clusterId] = [ids['teamId']!, ids['clusterId']!];
  const pipeline = { organizationId, clusterId, slug: 'p', name: 'P' };
  const pipelineId = acme.do(admin, 'pipelineCreate', pipeline)['pipelineId']!;
  const stranger = acme.member();
  return { acme, admin, teamId, clusterId, pipelineId, caller: acme.member(), stranger };
}

test('a MAINTAINER whose membership will expire cannot prolong it, and may shorten it', () => {
  const { acme, admin, teamId, caller, stranger } = setUp();
  const joined = { teamId, userId: caller.userId, role: 'MAINTAINER', expiresAt: friday } as const;
  const teamMemberId = acme.do(admin, 'teamMemberAdd', joined)['teamMemberId']!;
  for (const expiresAt of [null, friday + 1]) {
    acme.refused(caller, 'teamMemberUpdate', { teamMemberId, expiresAt }, 'FORBIDDEN');
  }
  acme.do(caller, 'teamMemberUpdate', { teamMemberId, expiresAt: friday - 1 });
  acme.do(caller, 'teamMemberAdd', { teamId, userId: stranger.userId, role: 'MEMBER' });
  acme.do(admin, 'teamMemberUpdate', { teamMemberId, expiresAt: null });
});

test('a maintainer of a cluster grants others for ever, and themselves for their own time', () => {
  const { acme, admin, clusterId, teamId, caller, stranger } = setUp();
  const { userId } = caller;
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId, expiresAt: friday });
  const own = { clusterId, userId, level: 'USE' } as const;
  acme.refused(caller, 'clusterGrant', own, 'FORBIDDEN');
  acme.refused(caller, 'clusterGrant', { ...own, expiresAt: friday + 1 }, 'FORBIDDEN');
  acme.do(caller, 'clusterGrant', { ...own, expiresAt: friday });
  acme.do(caller, 'clusterGrant', { ...own, userId: stranger.userId });

  const ofTeam = { clusterId, teamId, level: 'USE' } as const;
  acme.do(admin, 'teamMemberAdd', { teamId, userId, role: 'MEMBER' });
  acme.refused(caller, 'clusterGrant', ofTeam, 'FORBIDDEN');
  acme.do(admin, 'clusterGrant', ofTeam);
});

test('a role through a team lasts as long as the membership', () => {
  const { acme, admin, clusterId, teamId, caller } = setUp();
  const { userId } = caller;
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, teamId });
  acme.do(admin, 'teamMemberAdd', { teamId, userId, role: 'MEMBER', expiresAt: friday });
  const own = { clusterId, userId, level: 'USE' } as const;
  acme.refused(caller, 'clusterGrant', own, 'FORBIDDEN');
  acme.do(caller, 'clusterGrant', { ...own, expiresAt: friday });
});

test('who manages a pipeline until an instant grants it to themselves until then', () => {
  const { acme, admin, pipelineId, caller } = setUp();
  const { userId } = caller;
  acme.do(admin, 'pipelineGrant', { pipelineId, userId, level: 'MANAGE', expiresAt: friday });
  const own = { pipelineId, userId, level: 'BUILD' } as const;
  acme.refused(caller, 'pipelineGrant', own, 'FORBIDDEN');
  acme.do(caller, 'pipelineGrant', { ...own, expiresAt: friday });
});

test('who holds for ever gives themselves for ever', () => {
  const { acme, admin, clusterId, caller } = setUp();
  const { userId } = caller;
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId });
  acme.do(caller, 'clusterGrant', { clusterId, userId, level: 'USE' });
});

test('an ADMIN grants themselves anything', () => {
  const { acme, admin, clusterId, pipelineId } = setUp();
  const { userId } = admin;
  acme.do(admin, 'clusterGrant', { clusterId, userId, level: 'USE' });
  acme.do(admin, 'pipelineGrant', { pipelineId, userId, level: 'BUILD' });
});
