import { agentKeyState } from '../../domain/agent-key/state';
import { updateCluster } from '../../domain/cluster/decide';
import type { ClusterId } from '../../domain/id';
import {
  createQueue,
  deleteQueue,
  pauseQueue,
  resumeQueue,
  updateQueue,
} from '../../domain/queue/decide';
import type { Queue } from '../../domain/queue/state';
import { isRefusal, type Obstacle } from '../../domain/refusal';
import type { World } from '../../views/world';
import type {
  ClusterQueueCreateInput,
  ClusterQueueDeleteInput,
  ClusterQueuePauseInput,
  ClusterQueueResumeInput,
  ClusterQueueUpdateInput,
} from '../inputs';
import { endings } from './endings';
import { onEntity } from './on-entity';
import { after, planOf } from './plan';
import { readableObstacles } from './readable';

function keyOwner(world: World, clusterId: ClusterId, key: string | undefined): string | undefined {
  return key === undefined ? undefined : world.nameOwner(`queue:${clusterId}`, key);
}

const idsOf = ({ id: queueId, clusterId }: Queue) => ({ queueId, clusterId });

export const clusterQueueCreate = onEntity<'cluster', 'clusterId', ClusterQueueCreateInput>({
  mutation: 'clusterQueueCreate',
  kind: 'cluster',
  field: 'clusterId',
  decide: (cluster, input, world, { newId }) => {
    const queueId = newId('que');
    const clusterId = cluster.id;
    const created = createQueue(queueId, clusterId, input, keyOwner(world, clusterId, input.key));
    if (isRefusal(created)) return created;
    const preferred =
      input.makeDefault === true
        ? updateCluster(cluster, { defaultQueueId: queueId }, undefined)
        : [];
    return planOf(after(created, preferred), { queueId, clusterId });
  },
});

export const clusterQueueUpdate = onEntity<'queue', 'queueId', ClusterQueueUpdateInput>({
  mutation: 'clusterQueueUpdate',
  kind: 'queue',
  field: 'queueId',
  of: (queue) => queue?.clusterId,
  decide: (queue, input, world) => {
    const owner = keyOwner(world, queue.clusterId, input.key);
    return planOf(updateQueue(queue, input, owner), idsOf(queue));
  },
});

export const clusterQueuePause = onEntity<'queue', 'queueId', ClusterQueuePauseInput>({
  mutation: 'clusterQueuePause',
  kind: 'queue',
  field: 'queueId',
  of: (queue) => queue?.clusterId,
  decide: (queue, { note }) => planOf(pauseQueue(queue, note), idsOf(queue)),
});

export const clusterQueueResume = onEntity<'queue', 'queueId', ClusterQueueResumeInput>({
  mutation: 'clusterQueueResume',
  kind: 'queue',
  field: 'queueId',
  of: (queue) => queue?.clusterId,
  decide: (queue) => planOf(resumeQueue(queue), idsOf(queue)),
});

/** Keys that list it and still count, live agents, and its cluster where it is the default. */
function obstaclesOf(world: World, { id: queueId, clusterId }: Queue): readonly Obstacle[] {
  const keys = world.naming(queueId).filter(({ relation, source }) => {
    const key = relation === 'keyQueue' ? world.get('agentKey', source) : undefined;
    return key !== undefined && agentKeyState(key, world.now) !== 'EXPIRED';
  });
  const isDefault = world.get('cluster', clusterId)?.defaultQueueId === queueId;
  return [
    ...keys.map(({ source: id }): Obstacle => ({ kind: 'agentKey', id })),
    ...world.liveAgents({ queueId }).map(({ id }): Obstacle => ({ kind: 'agent', id })),
    ...(isDefault ? [{ kind: 'defaultQueue', id: clusterId } as const] : []),
  ];
}

export const clusterQueueDelete = onEntity<'queue', 'queueId', ClusterQueueDeleteInput>({
  mutation: 'clusterQueueDelete',
  kind: 'queue',
  field: 'queueId',
  of: (queue) => queue?.clusterId,
  decide: (queue, _input, world, { caller }) => {
    const obstacles = readableObstacles(world, caller, obstaclesOf(world, queue));
    const decided = deleteQueue(queue, obstacles);
    if (isRefusal(decided)) return decided;
    return planOf(after(endings(world, queue.id), decided), idsOf(queue));
  },
});
