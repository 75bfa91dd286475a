import { MemoryOrganization, STARTED_AT } from '../../../support/memory-organization';
import { registeredAgent, registeredKey } from '../../../support/registered-agent';

function withCluster() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const cluster = { organizationId, slug: 'prod', name: 'Production' };
  const clusterId = acme.do(admin, 'clusterCreate', cluster)['clusterId']!;
  const lead = acme.member();
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId: lead.userId });
  return { acme, admin, organizationId, clusterId, lead };
}

test('ADMINs make and delete clusters and name maintainers; maintainers change them', () => {
  const { acme, organizationId, clusterId, lead } = withCluster();
  const { userId } = acme.member();
  acme.refused(lead, 'clusterCreate', { organizationId, slug: 'b', name: 'B' }, 'FORBIDDEN');
  acme.refused(lead, 'clusterDelete', { clusterId }, 'FORBIDDEN');
  acme.refused(lead, 'clusterMaintainerAdd', { clusterId, userId }, 'FORBIDDEN');
  acme.do(lead, 'clusterUpdate', { clusterId, color: '#00ff00', emoji: '🔒' });
  expect(acme.world.get('cluster', clusterId)).toMatchObject({ color: '#00ff00', emoji: '🔒' });
});

test('a cluster that the caller may not read is like none', () => {
  const { acme, clusterId } = withCluster();
  const stranger = acme.member();
  for (const id of [clusterId, acme.newId('clu'), 'clu_x', '']) {
    const input = { clusterId: id, name: 'X' };
    acme.refused(stranger, 'clusterUpdate', input, 'NOT_FOUND', 'clusterId');
  }
  const seer = acme.member();
  acme.do(acme.admin, 'clusterGrant', { clusterId, userId: seer.userId, level: 'VIEW' });
  acme.refused(seer, 'clusterUpdate', { clusterId, name: 'X' }, 'FORBIDDEN');
});

test('a slug once used is taken for ever', () => {
  const { acme, admin, organizationId, clusterId } = withCluster();
  acme.do(admin, 'clusterUpdate', { clusterId, slug: 'live' });
  acme.do(admin, 'clusterDelete', { clusterId });
  for (const slug of ['prod', 'live']) {
    acme.refused(admin, 'clusterCreate', { organizationId, slug, name: 'X' }, 'TAKEN', 'slug');
  }
});

test('the default queue is one of the cluster, and null clears it', () => {
  const { acme, admin, organizationId, clusterId, lead } = withCluster();
  const other = { organizationId, slug: 'b', name: 'B' };
  const otherId = acme.do(admin, 'clusterCreate', other)['clusterId']!;
  const queue = (of: string) =>
    acme.do(admin, 'clusterQueueCreate', { clusterId: of, key: 'q', mode: 'OPEN' })['queueId']!;
  const [own, foreign] = [queue(clusterId), queue(otherId)];
  const set = (defaultQueueId: string | null) => ({ clusterId, defaultQueueId });
  acme.do(lead, 'clusterUpdate', set(own));
  expect(acme.world.get('cluster', clusterId)?.defaultQueueId).toBe(own);
  acme.refused(lead, 'clusterUpdate', set(foreign), 'NOT_FOUND', 'defaultQueueId');
  acme.refused(lead, 'clusterUpdate', set(acme.newId('que')), 'NOT_FOUND', 'defaultQueueId');
  acme.refused(lead, 'clusterUpdate', set(''), 'NOT_FOUND', 'defaultQueueId');
  acme.refused(admin, 'clusterUpdate', set(foreign), 'WRONG_CLUSTER', 'defaultQueueId');
  acme.do(lead, 'clusterUpdate', set(null));
  expect(acme.world.get('cluster', clusterId)?.defaultQueueId).toBeNull();
});

describe('deletion', () => {
  test('is refused by pipelines, archived ones too, keys that count, and agents', () => {
    const { acme, admin, organizationId, clusterId } = withCluster();
    const pipeline = { organizationId, clusterId, slug: 'p', name: 'P' };
    const pipelineId = acme.do(admin, 'pipelineCreate', pipeline)['pipelineId']!;
    acme.do(admin, 'pipelineArchive', { pipelineId });
    const queue = { clusterId, key: 'q', mode: 'OPEN' } as const;
    const queueId = acme.do(admin, 'clusterQueueCreate', queue)['queueId']!;
    const pending = registeredKey(acme, { clusterId });
    const { keyId, agentId } = registeredAgent(acme, { clusterId, queue: queueId });
    const refused = acme.refused(admin, 'clusterDelete', { clusterId }, 'IN_USE', 'clusterId');
    const usedBy = refused.kind === 'REFUSED' ? refused.refusal.usedBy : undefined;
    expect(usedBy).toHaveLength(4);
    expect(usedBy).toEqual(
      expect.arrayContaining([
        { kind: 'pipeline', id: pipelineId },
        { kind: 'agentKey', id: pending },
        { kind: 'agentKey', id: keyId },
        { kind: 'agent', id: agentId },
      ]),
    );
  });

  test('lists by what it is used as far as the caller may see, and counts the rest', () => {
    const { acme, admin, organizationId, clusterId } = withCluster();
    acme.do(admin, 'pipelineCreate', { organizationId, clusterId, slug: 'p', name: 'P' });
    const blind = acme.token(admin.userId, ['cluster:delete', 'cluster:read']);
    expect(acme.refused(blind, 'clusterDelete', { clusterId }, 'IN_USE')).toMatchObject({
      refusal: { usedBy: [], hiddenCount: 1 },
    });
  });

  test('ends queues, roles, grants and expired keys, one event each', () => {
    const { acme, admin, organizationId, clusterId, lead } = withCluster();
    const queue = { clusterId, key: 'q', mode: 'RESTRICTED' } as const;
    const queueId = acme.do(admin, 'clusterQueueCreate', { ...queue, makeDefault: true })[
      'queueId'
    ]!;
    const expiresAt = STARTED_AT + 10;
    registeredKey(acme, { clusterId, queueIds: [queueId], expiresAt });
    acme.do(admin, 'clusterGrant', { clusterId, userId: lead.userId, level: 'USE', expiresAt });
    acme.do(admin, 'clusterGrant', { clusterId, userId: lead.userId, level: 'VIEW' });
    const pipeline = { organizationId, clusterId, slug: 'p', name: 'P' };
    const pipelineId = acme.do(admin, 'pipelineCreate', pipeline)['pipelineId']!;
    acme.do(admin, 'queuePipelineGrant', { queueId, pipelineId });
    acme.do(admin, 'pipelineMove', { pipelineId, clusterId: null });
    acme.wait(10);
    const { events } = acme.plan(admin, 'clusterDelete', { clusterId });
    expect(events.map(({ type }) => type).sort()).toEqual([
      'AgentKeyRevoked',
      'ClusterDeleted',
      'ClusterGrantRevoked',
      'ClusterGrantRevoked',
      'ClusterMaintainerRemoved',
      'QueueDeleted',
    ]);
    expect(events.at(-1)?.type).toBe('ClusterDeleted');
    expect(acme.world.naming(clusterId)).toEqual([]);
    expect(acme.world.naming(queueId)).toEqual([]);
  });
});

describe('grants', () => {
  test('go to a member or a team, exactly one', () => {
    const { acme, admin, organizationId, clusterId, lead } = withCluster();
    const team = { organizationId, slug: 'ops', name: 'Ops' };
    const teamId = acme.do(admin, 'teamCreate', team)['teamId']!;
    const { userId } = acme.member();
    const grant = { clusterId, level: 'USE' } as const;
    // The team is not one that the maintainer sees.
    acme.refused(lead, 'clusterGrant', { ...grant, teamId }, 'NOT_FOUND', 'teamId');
    acme.do(admin, 'clusterGrant', { ...grant, teamId });
    acme.do(lead, 'clusterGrant', { ...grant, userId });
    acme.refused(lead, 'clusterGrant', { ...grant, userId, teamId }, 'INVALID', 'teamId');
    acme.refused(lead, 'clusterGrant', grant, 'INVALID', 'teamId');
  });

  test('go to nobody who is unknown here, nor to an AUDITOR', () => {
    const { acme, clusterId, lead } = withCluster();
    const grant = { clusterId, level: 'USE' } as const;
    const unknown = acme.newId('usr');
    acme.refused(lead, 'clusterGrant', { ...grant, userId: unknown }, 'NOT_FOUND', 'userId');
    acme.refused(lead, 'clusterGrant', { ...grant, userId: clusterId }, 'NOT_FOUND', 'userId');
    const teamId = acme.newId('tea');
    acme.refused(lead, 'clusterGrant', { ...grant, teamId }, 'NOT_FOUND', 'teamId');
    const { userId } = acme.member('AUDITOR');
    acme.refused(lead, 'clusterGrant', { ...grant, userId }, 'NOT_ELIGIBLE', 'userId');
    const role = { clusterId, userId };
    acme.refused(acme.admin, 'clusterMaintainerAdd', role, 'NOT_ELIGIBLE', 'userId');
  });

  test('are one for each level; an expired one is ended and replaced', () => {
    const { acme, clusterId, lead } = withCluster();
    const { userId } = acme.member();
    const grant = { clusterId, userId, level: 'USE', expiresAt: STARTED_AT + 10 } as const;
    acme.do(lead, 'clusterGrant', grant);
    acme.refused(lead, 'clusterGrant', { ...grant, expiresAt: null }, 'ALREADY_EXISTS');
    acme.do(lead, 'clusterGrant', { ...grant, level: 'VIEW' });
    acme.wait(10);
    const { events } = acme.plan(lead, 'clusterGrant', { ...grant, expiresAt: null });
    expect(events.map(({ type }) => type)).toEqual(['ClusterGrantRevoked', 'ClusterGranted']);
  });

  test('that the caller may not read are like none', () => {
    const { acme, admin, organizationId, clusterId, lead } = withCluster();
    const team = { organizationId, slug: 'ops', name: 'Ops' };
    const teamId = acme.do(admin, 'teamCreate', team)['teamId']!;
    const grant = { clusterId, teamId, level: 'USE' } as const;
    const grantId = acme.do(admin, 'clusterGrant', grant)['grantId']!;
    const seer = acme.member();
    const { userId } = seer;
    acme.do(lead, 'clusterGrant', { clusterId, userId, level: 'VIEW' });
    acme.refused(seer, 'clusterRevoke', { grantId }, 'NOT_FOUND', 'grantId');
    acme.do(admin, 'teamMemberAdd', { teamId, userId, role: 'MEMBER' });
    acme.refused(seer, 'clusterRevoke', { grantId }, 'FORBIDDEN');
  });

  test('are revoked by their id, by who manages the cluster', () => {
    const { acme, clusterId, lead } = withCluster();
    const { userId } = acme.member();
    const grant = { clusterId, userId, level: 'USE' } as const;
    const grantId = acme.do(lead, 'clusterGrant', grant)['grantId']!;
    acme.refused(acme.member(), 'clusterRevoke', { grantId }, 'NOT_FOUND', 'grantId');
    acme.refused(lead, 'pipelineRevoke', { grantId }, 'NOT_FOUND', 'grantId');
    acme.do(lead, 'clusterRevoke', { grantId });
    acme.refused(lead, 'clusterRevoke', { grantId }, 'NOT_FOUND', 'grantId');
  });

  test('of a maintainer role are the same', () => {
    const { acme, admin, clusterId, lead } = withCluster();
    const role = { clusterId, userId: lead.userId };
    acme.refused(admin, 'clusterMaintainerAdd', role, 'ALREADY_EXISTS');
    const [fact] = acme.world.open(lead.userId, 'clusterMaintainer', clusterId);
    const maintainerId = fact!.source;
    acme.refused(lead, 'clusterMaintainerRemove', { maintainerId }, 'FORBIDDEN');
    acme.do(admin, 'clusterMaintainerRemove', { maintainerId });
    acme.refused(lead, 'clusterUpdate', { clusterId, name: 'X' }, 'NOT_FOUND', 'clusterId');
  });
});
