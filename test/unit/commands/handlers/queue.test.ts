import { MemoryOrganization, STARTED_AT } from '../../../support/memory-organization';
import { registeredAgent, registeredKey } from '../../../support/registered-agent';

function withQueue() {
  const acme = new MemoryOrganization();
  const { admin, id: organizationId } = acme;
  const cluster = { organizationId, slug: 'prod', name: 'Production' };
  const clusterId = acme.do(admin, 'clusterCreate', cluster)['clusterId']!;
  const lead = acme.member();
  acme.do(admin, 'clusterMaintainerAdd', { clusterId, userId: lead.userId });
  const queue = { clusterId, key: 'deploy', mode: 'RESTRICTED' } as const;
  const queueId = acme.do(lead, 'clusterQueueCreate', queue)['queueId']!;
  return { acme, admin, organizationId, clusterId, lead, queueId };
}

test('a key once used in its cluster is taken there, and free in another', () => {
  const { acme, admin, organizationId, clusterId, lead, queueId } = withQueue();
  const queue = { clusterId, key: 'deploy', mode: 'OPEN' } as const;
  acme.do(lead, 'clusterQueueUpdate', { queueId, key: 'ship' });
  acme.do(lead, 'clusterQueueDelete', { queueId });
  acme.refused(lead, 'clusterQueueCreate', queue, 'TAKEN', 'key');
  acme.refused(lead, 'clusterQueueCreate', { ...queue, key: 'ship' }, 'TAKEN', 'key');
  const other = { organizationId, slug: 'b', name: 'B' };
  const otherId = acme.do(admin, 'clusterCreate', other)['clusterId']!;
  acme.do(admin, 'clusterQueueCreate', { ...queue, clusterId: otherId });
});

test('a new queue may become the default in the same command', () => {
  const { acme, clusterId, lead } = withQueue();
  const queue = { clusterId, key: 'q', mode: 'OPEN', makeDefault: true } as const;
  const { events, ids } = acme.plan(lead, 'clusterQueueCreate', queue);
  expect(events.map(({ type }) => type)).toEqual(['QueueCreated', 'ClusterUpdated']);
  expect(acme.world.get('cluster', clusterId)?.defaultQueueId).toBe(ids['queueId']);
});

test('a pause says who, when and why', () => {
  const { acme, lead, queueId } = withQueue();
  acme.wait(5);
  acme.do(lead, 'clusterQueuePause', { queueId, note: 'Freeze' });
  expect(acme.world.get('queue', queueId)?.paused).toEqual({
    note: 'Freeze',
    by: expect.objectContaining({ kind: 'MEMBER', id: lead.userId }),
    at: STARTED_AT + 5,
  });
  acme.do(lead, 'clusterQueueResume', { queueId });
  expect(acme.world.get('queue', queueId)?.paused).toBeNull();
});

test('who may only use the cluster manages no queue', () => {
  const { acme, admin, clusterId, queueId } = withQueue();
  const user = acme.member();
  acme.do(admin, 'clusterGrant', { clusterId, userId: user.userId, level: 'USE' });
  acme.refused(user, 'clusterQueueUpdate', { queueId, mode: 'OPEN' }, 'FORBIDDEN');
  acme.refused(user, 'clusterQueueDelete', { queueId }, 'FORBIDDEN');
  acme.refused(user, 'clusterQueuePause', { queueId }, 'FORBIDDEN');
  acme.refused(acme.member(), 'clusterQueueResume', { queueId }, 'NOT_FOUND', 'queueId');
});

describe('deletion', () => {
  test('is refused by keys that list it, by agents and where it is the default', () => {
    const { acme, admin, clusterId, lead, queueId } = withQueue();
    acme.do(lead, 'clusterUpdate', { clusterId, defaultQueueId: queueId });
    const { keyId, agentId } = registeredAgent(acme, {
      ...{ clusterId, queueIds: [queueId], queue: 'deploy' },
    });
    registeredKey(acme, { clusterId });
    expect(
      acme.refused(admin, 'clusterQueueDelete', { queueId }, 'IN_USE', 'queueId'),
    ).toMatchObject({
      refusal: {
        usedBy: [
          { kind: 'agentKey', id: keyId },
          { kind: 'agent', id: agentId },
          { kind: 'defaultQueue', id: clusterId },
        ],
      },
    });
    acme.do(lead, 'agentKeyRevoke', { keyId });
    acme.do(lead, 'clusterUpdate', { clusterId, defaultQueueId: null });
    acme.do(lead, 'clusterQueueDelete', { queueId });
  });

  test('ends its grants, and keys that expired', () => {
    const { acme, admin, organizationId, clusterId, lead, queueId } = withQueue();
    const pipeline = { organizationId, clusterId, slug: 'p', name: 'P' };
    const pipelineId = acme.do(admin, 'pipelineCreate', pipeline)['pipelineId']!;
    acme.do(lead, 'queuePipelineGrant', { queueId, pipelineId, expiresAt: STARTED_AT + 1 });
    registeredKey(acme, { clusterId, queueIds: [queueId] });
    acme.wait(86_400_000);
    const { events } = acme.plan(lead, 'clusterQueueDelete', { queueId });
    expect(events.map(({ type }) => type).sort()).toEqual([
      'AgentKeyRevoked',
      'QueueDeleted',
      'QueuePipelineGrantRevoked',
    ]);
    expect(acme.world.naming(queueId)).toEqual([]);
  });
});

describe('grants to pipelines', () => {
  function withPipelines() {
    const all = withQueue();
    const { acme, admin, organizationId, clusterId } = all;
    const other = { organizationId, slug: 'b', name: 'B' };
    const otherId = acme.do(admin, 'clusterCreate', other)['clusterId']!;
    const pipeline = (slug: string, of: string) =>
      acme.do(admin, 'pipelineCreate', { organizationId, clusterId: of, slug, name: slug })[
        'pipelineId'
      ]!;
    return { ...all, pipelineId: pipeline('api', clusterId), foreignId: pipeline('web', otherId) };
  }

  test('are for pipelines of the cluster; one elsewhere is like none to who may not read it', () => {
    const { acme, admin, lead, queueId, pipelineId, foreignId } = withPipelines();
    acme.do(lead, 'queuePipelineGrant', { queueId, pipelineId, branches: ['main'] });
    for (const id of [foreignId, acme.newId('pip')]) {
      const input = { queueId, pipelineId: id };
      acme.refused(lead, 'queuePipelineGrant', input, 'NOT_FOUND', 'pipelineId');
    }
    const foreign = { queueId, pipelineId: foreignId };
    acme.refused(admin, 'queuePipelineGrant', foreign, 'WRONG_CLUSTER', 'pipelineId');
  });

  test('are one for each pair, and are revoked by their id', () => {
    const { acme, lead, queueId, pipelineId } = withPipelines();
    const grant = { queueId, pipelineId, branches: ['main'] };
    const grantId = acme.do(lead, 'queuePipelineGrant', grant)['grantId']!;
    const wider = { queueId, pipelineId };
    acme.refused(lead, 'queuePipelineGrant', wider, 'ALREADY_EXISTS');
    acme.refused(acme.member(), 'queuePipelineRevoke', { grantId }, 'NOT_FOUND', 'grantId');
    acme.do(lead, 'queuePipelineRevoke', { grantId });
    acme.do(lead, 'queuePipelineGrant', wider);
  });

  test('end when the pipeline moves, expired ones too, and do not come back with it', () => {
    const { acme, admin, clusterId, queueId, pipelineId } = withPipelines();
    const key = { clusterId, key: 'second', mode: 'RESTRICTED' } as const;
    const secondId = acme.do(admin, 'clusterQueueCreate', key)['queueId']!;
    acme.do(admin, 'queuePipelineGrant', { queueId, pipelineId });
    const expiresAt = STARTED_AT + 1;
    acme.do(admin, 'queuePipelineGrant', { queueId: secondId, pipelineId, expiresAt });
    acme.wait(1);
    const { events } = acme.plan(admin, 'pipelineMove', { pipelineId, clusterId: null });
    expect(events.map(({ type }) => type)).toEqual([
      'QueuePipelineGrantRevoked',
      'QueuePipelineGrantRevoked',
      'PipelineMoved',
    ]);
    acme.do(admin, 'pipelineMove', { pipelineId, clusterId });
    expect(acme.world.facts.of(pipelineId, 'queueGrant')).toEqual([]);
  });
});
