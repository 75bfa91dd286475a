import { MUTATION_ACTIONS } from '../../access/operations';
import { agentKeyState } from '../../domain/agent-key/state';
import { createCluster, deleteCluster, updateCluster } from '../../domain/cluster/decide';
import type { Cluster } from '../../domain/cluster/state';
import type { QueueId } from '../../domain/id';
import { isRefusal, notFound, refuse, type Obstacle, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { Handler } from '../handler';
import type { ClusterCreateInput, ClusterDeleteInput, ClusterUpdateInput } from '../inputs';
import type { Caller } from '../protocol';
import { endings } from './endings';
import { onEntity } from './on-entity';
import { after, planOf } from './plan';
import { isReadable, readableObstacles } from './readable';

function slugOwner(world: World, slug: string | undefined): string | undefined {
  return slug === undefined ? undefined : world.nameOwner('cluster', slug);
}

export const clusterCreate: Handler<ClusterCreateInput> = {
  asks: ({ organizationId: resource }) => [
    { action: MUTATION_ACTIONS.clusterCreate, resource, field: 'organizationId' },
  ],
  decide: (input, world, { newId }) => {
    const clusterId = newId('clu');
    return planOf(createCluster(clusterId, input, slugOwner(world, input.slug)), { clusterId });
  },
};

/** The queue that jobs go to by default, which must be one of the cluster's own. */
function findDefaultQueue(
  world: World,
  caller: Caller,
  cluster: Cluster,
  queueId: string,
): QueueId | Refusal {
  const queue = world.get('queue', queueId);
  if (queue?.clusterId === cluster.id) return queue.id;
  // Asked also about what there is not, so that this takes no less time.
  const isKnown = isReadable(world, caller, queueId);
  if (queue === undefined || !isKnown) return notFound('defaultQueueId');
  return refuse('WRONG_CLUSTER', 'defaultQueueId', 'The queue is in another cluster.');
}

export const clusterUpdate = onEntity<'cluster', 'clusterId', ClusterUpdateInput>({
  mutation: 'clusterUpdate',
  kind: 'cluster',
  field: 'clusterId',
  decide: (cluster, { defaultQueueId, ...input }, world, { caller }) => {
    const queueId =
      typeof defaultQueueId === 'string'
        ? findDefaultQueue(world, caller, cluster, defaultQueueId)
        : defaultQueueId;
    if (isRefusal(queueId)) return queueId;
    const wish = queueId === undefined ? input : { ...input, defaultQueueId: queueId };
    const decided = updateCluster(cluster, wish, slugOwner(world, input.slug));
    return planOf(decided, { clusterId: cluster.id });
  },
});

/** Pipelines, keys that still count and live agents. */
function obstaclesOf(world: World, { id: clusterId }: Cluster): readonly Obstacle[] {
  const pipelines = world.facts.on(clusterId, 'pipelineCluster');
  const keys = world.naming(clusterId).filter(({ relation, source }) => {
    const key = relation === 'keyCluster' ? world.get('agentKey', source) : undefined;
    return key !== undefined && agentKeyState(key, world.now) !== 'EXPIRED';
  });
  return [
    ...pipelines.map(({ subject: id }): Obstacle => ({ kind: 'pipeline', id })),
    ...keys.map(({ source: id }): Obstacle => ({ kind: 'agentKey', id })),
    ...world.liveAgents({ clusterId }).map(({ id }): Obstacle => ({ kind: 'agent', id })),
  ];
}

export const clusterDelete = onEntity<'cluster', 'clusterId', ClusterDeleteInput>({
  mutation: 'clusterDelete',
  kind: 'cluster',
  field: 'clusterId',
  decide: (cluster, _input, world, { caller }) => {
    const obstacles = readableObstacles(world, caller, obstaclesOf(world, cluster));
    const decided = deleteCluster(cluster, obstacles);
    if (isRefusal(decided)) return decided;
    return planOf(after(endings(world, cluster.id), decided), { clusterId: cluster.id });
  },
});
