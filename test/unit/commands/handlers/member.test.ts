import { MemoryOrganization, STARTED_AT } from '../../../support/memory-organization';

/** A member who holds one of everything, directly. */
function holder(acme: MemoryOrganization) {
  const { admin, id: organizationId } = acme;
  const member = acme.member();
  const { userId } = member;
  const { teamId } = acme.do(admin, 'teamCreate', { organizationId, slug: 'ops', name: 'Ops' });
  const { clusterId } = acme.do(admin, 'clusterCreate', { organizationId, slug: 'a', name: 'A' });
  const { pipelineId } = acme.do(admin, 'pipelineCreate', {
    ...{ organizationId, clusterId: clusterId!, slug: 'p', name: 'P' },
  });
  acme.do(admin, 'teamMemberAdd', { teamId: teamId!, userId, role: 'MEMBER' });
  acme.do(admin, 'clusterMaintainerAdd', { clusterId: clusterId!, userId });
  acme.do(admin, 'clusterGrant', { clusterId: clusterId!, userId, level: 'USE' });
  acme.do(admin, 'clusterGrant', {
    ...{ clusterId: clusterId!, userId, level: 'VIEW', expiresAt: STARTED_AT + 1 },
  });
  acme.do(admin, 'pipelineGrant', { pipelineId: pipelineId!, userId, level: 'BUILD' });
  return { member, userId };
}

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

test('only an ADMIN adds members', () => {
  const acme = new MemoryOrganization();
  const input = { organizationId: acme.id, name: 'Bo', role: 'MEMBER', kind: 'PERSON' } as const;
  const { userId } = acme.do(acme.admin, 'organizationMemberAdd', input);
  expect(acme.world.get('member', userId!)).toMatchObject({
    name: 'Bo',
    role: 'MEMBER',
    email: null,
  });
  acme.refused(acme.member(), 'organizationMemberAdd', input, 'FORBIDDEN');
  acme.refused(acme.member('AUDITOR'), 'organizationMemberAdd', input, 'FORBIDDEN');
});

test('removing a member ends everything that names them, and the expired too', () => {
  const acme = new MemoryOrganization();
  const { userId } = holder(acme);
  acme.wait(10);
  const { events } = acme.plan(acme.admin, 'organizationMemberRemove', { userId });
  expect(typesOf(events).sort()).toEqual([
    'ApiTokenRevoked',
    'ClusterGrantRevoked',
    'ClusterGrantRevoked',
    'ClusterMaintainerRemoved',
    'MemberRemoved',
    'PipelineGrantRevoked',
    'TeamMemberRemoved',
  ]);
  expect(events.at(-1)?.type).toBe('MemberRemoved');
  expect(acme.world.naming(userId)).toEqual([]);
});

test('who comes back under the old id has nothing of what was', () => {
  const acme = new MemoryOrganization();
  const { userId, member } = holder(acme);
  acme.do(acme.admin, 'organizationMemberRemove', { userId });
  acme.refused(
    member,
    'clusterCreate',
    { organizationId: acme.id, slug: 'x', name: 'X' },
    'UNAUTHENTICATED',
  );
  const again = {
    organizationId: acme.id,
    userId,
    name: 'Bo',
    role: 'MEMBER',
    kind: 'PERSON',
  } as const;
  acme.do(acme.admin, 'organizationMemberAdd', again);
  expect(acme.world.naming(userId).map(({ relation }) => relation)).toEqual(['member']);
  acme.refused(acme.admin, 'organizationMemberAdd', again, 'ALREADY_EXISTS', 'userId');
});

test('nobody is admitted under an id that was never a member here', () => {
  const acme = new MemoryOrganization();
  const input = { organizationId: acme.id, name: 'Bo', role: 'MEMBER', kind: 'PERSON' } as const;
  for (const userId of [acme.newId('usr'), 'usr_nobody', acme.newId('tea')]) {
    acme.refused(acme.admin, 'organizationMemberAdd', { ...input, userId }, 'NOT_FOUND', 'userId');
  }
});

test('who becomes an AUDITOR loses all that an AUDITOR cannot hold, and keeps the tokens', () => {
  const acme = new MemoryOrganization();
  const { userId } = holder(acme);
  const { events } = acme.plan(acme.admin, 'organizationMemberUpdate', { userId, role: 'AUDITOR' });
  expect(typesOf(events).sort()).toEqual([
    'ClusterGrantRevoked',
    'ClusterGrantRevoked',
    'ClusterMaintainerRemoved',
    'MemberRoleChanged',
    'PipelineGrantRevoked',
    'TeamMemberRemoved',
  ]);
  expect(
    acme.world
      .naming(userId)
      .map(({ relation }) => relation)
      .sort(),
  ).toEqual(['apiToken', 'member']);
});

test('an update that is refused or changes no role ends nothing', () => {
  const acme = new MemoryOrganization();
  const { userId } = holder(acme);
  const stale = { userId, role: 'AUDITOR', expectedVersion: 9 } as const;
  acme.refused(acme.admin, 'organizationMemberUpdate', stale, 'CONFLICT', 'expectedVersion');
  const renamed = acme.plan(acme.admin, 'organizationMemberUpdate', { userId, name: 'Bo' });
  expect(typesOf(renamed.events)).toEqual(['MemberUpdated']);
});

test('the last ADMIN can neither be removed nor demoted, also by another mutation of the batch', () => {
  const acme = new MemoryOrganization();
  const { userId } = acme.admin;
  acme.refused(acme.admin, 'organizationMemberRemove', { userId }, 'LAST_ADMIN', 'userId');
  acme.refused(
    acme.admin,
    'organizationMemberUpdate',
    { userId, role: 'MEMBER' },
    'LAST_ADMIN',
    'role',
  );
  const second = acme.member('ADMIN');
  acme.do(acme.admin, 'organizationMemberUpdate', { userId, role: 'MEMBER' });
  acme.refused(
    second,
    'organizationMemberRemove',
    { userId: second.userId },
    'LAST_ADMIN',
    'userId',
  );
});

test('members neither change nor remove one another, nor themselves', () => {
  const acme = new MemoryOrganization();
  const member = acme.member();
  for (const userId of [member.userId, acme.admin.userId]) {
    acme.refused(member, 'organizationMemberUpdate', { userId, role: 'ADMIN' }, 'FORBIDDEN');
    acme.refused(member, 'organizationMemberRemove', { userId }, 'FORBIDDEN');
  }
  acme.refused(
    acme.admin,
    'organizationMemberRemove',
    { userId: acme.newId('usr') },
    'NOT_FOUND',
    'userId',
  );
});
