import type { Client } from './client';
import type { Narrator } from './narrator';
import type { World } from './world';

/** What the cure adds to the world. */
export interface Cured {
  readonly adminClusterId: string;
  readonly adminQueueId: string;
}

/** The cure, step by step: each is one ordinary mutation by the administrator. */
export async function cure(narrator: Narrator, world: World): Promise<Cured> {
  const { organizationId, people, teamIds, pipelineIds } = world;
  const { admin } = people;

  await admin.change(
    'organizationUpdate',
    { organizationId, membersCanCreatePipelines: false },
    'organization { id }',
  );
  narrator.done('Being a member no longer means that one may create pipelines.');

  const { cluster } = await admin.change<{ cluster: { id: string } }>(
    'clusterCreate',
    { organizationId, slug: 'admin', name: 'Admin agents', emoji: '🔐' },
    'cluster { id }',
  );
  const { queue } = await admin.change<{ queue: { id: string } }>(
    'clusterQueueCreate',
    { clusterId: cluster.id, key: 'accounts', mode: 'RESTRICTED' },
    'queue { id }',
  );
  narrator.done(
    'A cluster of its own for the agents with the strong permissions, one RESTRICTED queue.',
  );

  await grantCluster(admin, cluster.id, teamIds.operators, 'USE');
  await grantCluster(admin, cluster.id, teamIds.everyone, 'VIEW');
  narrator.done('The operators may use it; everyone may watch it.');

  await admin.change(
    'pipelineMove',
    { pipelineId: pipelineIds.accounts, clusterId: cluster.id },
    'pipeline { id }',
  );
  await admin.change(
    'queuePipelineGrant',
    { queueId: queue.id, pipelineId: pipelineIds.accounts, branches: ['main'] },
    'grant { id }',
  );
  narrator.done('“Cloud accounts” moves in and may run on the queue, on branch main only.');
  return { adminClusterId: cluster.id, adminQueueId: queue.id };
}

async function grantCluster(
  admin: Client,
  clusterId: string,
  teamId: string,
  level: string,
): Promise<void> {
  await admin.change('clusterGrant', { clusterId, teamId, level }, 'grant { id }');
}
