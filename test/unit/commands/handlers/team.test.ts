import { MemoryOrganization, STARTED_AT } from '../../../support/memory-organization';

function withTeam() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const ids = acme.do(admin, 'teamCreate', { organizationId, slug: 'ops', name: 'Ops' });
  const teamId = ids['teamId']!;
  const lead = acme.member();
  const joined = { teamId, userId: lead.userId, role: 'MAINTAINER' } as const;
  const { teamMemberId } = acme.do(admin, 'teamMemberAdd', joined);
  return { acme, admin, organizationId, teamId, lead, teamMemberId: teamMemberId! };
}

test('only an ADMIN makes and deletes teams', () => {
  const { acme, organizationId, teamId, lead } = withTeam();
  acme.refused(lead, 'teamCreate', { organizationId, slug: 'b', name: 'B' }, 'FORBIDDEN');
  acme.refused(lead, 'teamDelete', { teamId }, 'FORBIDDEN');
});

test("a team's slug is never given again, and its own comes back", () => {
  const { acme, admin, organizationId, teamId } = withTeam();
  acme.do(admin, 'teamUpdate', { teamId, slug: 'ops-2' });
  const taken = { organizationId, slug: 'ops', name: 'B' };
  acme.refused(admin, 'teamCreate', taken, 'TAKEN', 'slug');
  acme.do(admin, 'teamUpdate', { teamId, slug: 'ops' });
  acme.do(admin, 'teamDelete', { teamId });
  for (const slug of ['ops', 'ops-2']) {
    acme.refused(admin, 'teamCreate', { ...taken, slug }, 'TAKEN', 'slug');
  }
});

test('a MAINTAINER renames the team and may not switch pipeline creation on or off', () => {
  const { acme, teamId, lead } = withTeam();
  acme.do(lead, 'teamUpdate', { teamId, name: 'Operations' });
  for (const membersCanCreatePipelines of [true, false]) {
    acme.refused(lead, 'teamUpdate', { teamId, membersCanCreatePipelines }, 'FORBIDDEN');
  }
  expect(acme.world.get('team', teamId)?.membersCanCreatePipelines).toBe(false);
});

test('a MAINTAINER adds, changes and removes members', () => {
  const { acme, teamId, lead } = withTeam();
  const { userId } = acme.member();
  const { teamMemberId } = acme.do(lead, 'teamMemberAdd', { teamId, userId, role: 'MEMBER' });
  acme.do(lead, 'teamMemberUpdate', { teamMemberId: teamMemberId!, role: 'MAINTAINER' });
  expect(acme.world.get('teamMember', teamMemberId!)).toMatchObject({ role: 'MAINTAINER', userId });
  acme.do(lead, 'teamMemberRemove', { teamMemberId: teamMemberId! });
  expect(acme.world.get('teamMember', teamMemberId!)).toBeUndefined();
});

test('a mere member, or a stranger, manages no team', () => {
  const { acme, admin, teamId, teamMemberId } = withTeam();
  const member = acme.member();
  acme.do(admin, 'teamMemberAdd', { teamId, userId: member.userId, role: 'MEMBER' });
  acme.refused(member, 'teamMemberUpdate', { teamMemberId, role: 'MEMBER' }, 'FORBIDDEN');
  const stranger = acme.member();
  const input = { teamId, userId: stranger.userId, role: 'MEMBER' } as const;
  acme.refused(stranger, 'teamMemberAdd', input, 'NOT_FOUND', 'teamId');
  acme.refused(stranger, 'teamMemberRemove', { teamMemberId }, 'NOT_FOUND', 'teamMemberId');
  const unknown = { ...input, teamId: acme.newId('tea') };
  acme.refused(stranger, 'teamMemberAdd', unknown, 'NOT_FOUND', 'teamId');
});

test('one membership of a team at a time; an expired one makes room', () => {
  const { acme, admin, teamId } = withTeam();
  const { userId } = acme.member();
  const input = { teamId, userId, role: 'MEMBER', expiresAt: STARTED_AT + 10 } as const;
  const first = acme.do(admin, 'teamMemberAdd', input);
  const again = { ...input, role: 'MAINTAINER', expiresAt: null } as const;
  acme.refused(admin, 'teamMemberAdd', again, 'ALREADY_EXISTS');
  acme.wait(10);
  const revived = { teamMemberId: first['teamMemberId']!, expiresAt: null };
  acme.refused(admin, 'teamMemberUpdate', revived, 'INVALID', 'teamMemberId');
  const { events } = acme.plan(admin, 'teamMemberAdd', again);
  expect(events.map(({ type }) => type)).toEqual(['TeamMemberRemoved', 'TeamMemberAdded']);
  expect(acme.world.open(userId, 'teamMember', teamId)).toHaveLength(1);
});

test('AUDITORs and strangers join no team', () => {
  const { acme, admin, teamId } = withTeam();
  const auditor = acme.member('AUDITOR');
  const input = { teamId, userId: auditor.userId, role: 'MEMBER' } as const;
  acme.refused(admin, 'teamMemberAdd', input, 'NOT_ELIGIBLE', 'userId');
  const unknown = { ...input, userId: acme.newId('usr') };
  acme.refused(admin, 'teamMemberAdd', unknown, 'NOT_FOUND', 'userId');
});

test('a deleted team leaves nothing behind', () => {
  const { acme, admin, organizationId, teamId } = withTeam();
  const { clusterId } = acme.do(admin, 'clusterCreate', { organizationId, slug: 'a', name: 'A' });
  const pipeline = { organizationId, clusterId: clusterId!, slug: 'p', name: 'P', teamId };
  acme.do(admin, 'pipelineCreate', pipeline);
  acme.do(admin, 'teamUpdate', { teamId, membersCanCreatePipelines: true });
  acme.do(admin, 'clusterGrant', { clusterId: clusterId!, teamId, level: 'USE' });
  acme.do(admin, 'clusterMaintainerAdd', { clusterId: clusterId!, teamId });
  const { events } = acme.plan(admin, 'teamDelete', { teamId });
  expect(events.map(({ type }) => type).sort()).toEqual([
    'ClusterGrantRevoked',
    'ClusterMaintainerRemoved',
    'PipelineGrantRevoked',
    'TeamDeleted',
    'TeamMemberRemoved',
  ]);
  expect(acme.world.naming(teamId)).toEqual([]);
});
