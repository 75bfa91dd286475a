import { identify } from '../../../src/commands/caller';
import { checkProlonging } from '../../../src/commands/prolonging';
import { isRefusal } from '../../../src/domain/refusal';
import { createQueue } from '../../../src/domain/queue/decide';
import { MemoryOrganization, STARTED_AT } from '../../support/memory-organization';

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

describe('who maintains a cluster until an instant, and may use it and build in it for ever,', () => {
  function forATime(expiresAt: number | null = friday) {
    const all = setUp();
    const { acme, admin, clusterId, pipelineId, caller } = all;
    const { userId } = caller;
    acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId, expiresAt });
    acme.do(admin, 'clusterGrant', { clusterId, userId, level: 'USE' });
    acme.do(admin, 'pipelineGrant', { pipelineId, userId, level: 'BUILD' });
    const queue = { clusterId, key: 'kept', mode: 'RESTRICTED' } as const;
    const queueId = acme.do(admin, 'clusterQueueCreate', queue)['queueId']!;
    return { ...all, queueId };
  }

  test('lets that pipeline onto a queue until then at the longest, and others for ever', () => {
    const { acme, admin, clusterId, pipelineId, queueId, caller } = forATime();
    const grant = { queueId, pipelineId };
    acme.refused(caller, 'queuePipelineGrant', grant, 'FORBIDDEN');
    acme.refused(caller, 'queuePipelineGrant', { ...grant, expiresAt: friday + 1 }, 'FORBIDDEN');
    acme.do(caller, 'queuePipelineGrant', { ...grant, expiresAt: friday });
    const other = { organizationId: acme.id, clusterId, slug: 'other', name: 'Other' };
    const otherId = acme.do(admin, 'pipelineCreate', other)['pipelineId']!;
    acme.do(caller, 'queuePipelineGrant', { queueId, pipelineId: otherId });
  });

  test('opens no queue, and makes no OPEN one, which they would reach then', () => {
    const { acme, clusterId, queueId, caller } = forATime();
    acme.refused(caller, 'clusterQueueUpdate', { queueId, mode: 'OPEN' }, 'FORBIDDEN');
    const queue = { clusterId, key: 'new', mode: 'OPEN' } as const;
    acme.refused(caller, 'clusterQueueCreate', queue, 'FORBIDDEN');
    acme.do(caller, 'clusterQueueCreate', { ...queue, mode: 'RESTRICTED' });
    acme.do(caller, 'clusterQueueUpdate', { queueId, description: 'Kept.' });
  });

  test('opens one if they have nothing to build once the role has ended', () => {
    const { acme, admin, clusterId, caller } = setUp();
    const { userId } = caller;
    acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId, expiresAt: friday });
    acme.do(admin, 'clusterGrant', { clusterId, userId, level: 'USE' });
    acme.do(caller, 'clusterQueueCreate', { clusterId, key: 'new', mode: 'OPEN' });
  });

  test('does all of it if the role does not end', () => {
    const { acme, pipelineId, queueId, clusterId, caller } = forATime(null);
    acme.do(caller, 'queuePipelineGrant', { queueId, pipelineId });
    acme.do(caller, 'clusterQueueUpdate', { queueId, mode: 'OPEN' });
    acme.do(caller, 'clusterQueueCreate', { clusterId, key: 'new', mode: 'OPEN' });
  });

  test('does all of it if another chain to the queue lasts as long', () => {
    const { acme, admin, clusterId, pipelineId, queueId, teamId, caller } = forATime();
    const { userId } = caller;
    acme.do(admin, 'teamMemberAdd', { teamId, userId, role: 'MEMBER' });
    acme.do(admin, 'clusterMaintainerAdd', { clusterId, teamId });
    acme.do(caller, 'queuePipelineGrant', { queueId, pipelineId });
    acme.do(caller, 'clusterQueueUpdate', { queueId, mode: 'OPEN' });
  });

  test('moves no pipeline of theirs in, which would stay', () => {
    const { acme, admin, clusterId, caller } = setUp();
    const { userId } = caller;
    acme.do(admin, 'clusterQueueCreate', { clusterId, key: 'all', mode: 'OPEN' });
    acme.do(admin, 'clusterGrant', { clusterId, userId, level: 'USE' });
    acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId, expiresAt: friday });
    const outside = { organizationId: acme.id, slug: 'out', name: 'Out' };
    const pipelineId = acme.do(admin, 'pipelineCreate', outside)['pipelineId']!;
    const manage = { pipelineId, userId, level: 'MANAGE' } as const;
    const grantId = acme.do(admin, 'pipelineGrant', manage)['grantId']!;
    const move = { pipelineId, clusterId };
    acme.refused(caller, 'pipelineMove', move, 'FORBIDDEN');
    acme.do(admin, 'pipelineRevoke', { grantId });
    acme.do(admin, 'pipelineGrant', { ...manage, expiresAt: friday });
    acme.do(caller, 'pipelineMove', move);
  });
});

test('who manages an archived pipeline until an instant, and builds it for ever, cannot revive it', () => {
  const { acme, admin, clusterId, pipelineId, caller } = setUp();
  const { userId } = caller;
  acme.do(admin, 'clusterQueueCreate', { clusterId, key: 'all', mode: 'OPEN' });
  acme.do(admin, 'clusterGrant', { clusterId, userId, level: 'USE' });
  acme.do(admin, 'pipelineGrant', { pipelineId, userId, level: 'MANAGE', expiresAt: friday });
  const build = { pipelineId, userId, level: 'BUILD' } as const;
  const grantId = acme.do(admin, 'pipelineGrant', build)['grantId']!;
  acme.do(admin, 'pipelineArchive', { pipelineId });
  acme.refused(caller, 'pipelineUnarchive', { pipelineId }, 'FORBIDDEN');
  acme.do(admin, 'pipelineRevoke', { grantId });
  acme.do(caller, 'pipelineUnarchive', { pipelineId });
});

test("what counts is the member's right, not what the token in use may do", () => {
  const { acme, admin, clusterId } = setUp();
  const { userId } = admin;
  const narrow = acme.token(userId, ['cluster:manage']);
  acme.do(narrow, 'clusterGrant', { clusterId, userId, level: 'USE' });
  const lead = acme.member('MEMBER', ['cluster:manage']);
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId: lead.userId });
  acme.do(lead, 'clusterQueueCreate', { clusterId, key: 'all', mode: 'OPEN' });
});

test('what takes too many looks to tell is refused', () => {
  const { acme, admin, clusterId, pipelineId, caller } = setUp();
  const { userId } = caller;
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId, expiresAt: friday });
  acme.do(admin, 'pipelineGrant', { pipelineId, userId, level: 'BUILD' });
  const { world } = acme;
  const identified = identify(caller, world);
  const cluster = world.get('cluster', clusterId);
  if (identified === undefined || cluster === undefined) throw new Error('nothing is there');
  const queueId = `que_${'7'.repeat(26)}` as const;
  const opened = createQueue(queueId, cluster.id, { key: 'q', mode: 'OPEN' }, undefined);
  if (isRefusal(opened)) throw new Error('the queue was refused');
  const asks = [{ action: 'cluster:manage', resource: clusterId, field: 'clusterId' }] as const;
  expect(checkProlonging(world, identified, asks, opened, 1)).toBeUndefined();
  expect(checkProlonging(world, identified, asks, opened, 0)).toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('too many queues'),
  });
});
