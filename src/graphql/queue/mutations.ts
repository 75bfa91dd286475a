import { ClusterType } from '../cluster/types';
import { mutation } from '../mutation/definition';
import {
  ClusterQueueCreateInput,
  ClusterQueueDeleteInput,
  ClusterQueuePauseInput,
  ClusterQueueResumeInput,
  ClusterQueueUpdateInput,
  QueuePipelineGrantInput,
  QueuePipelineRevokeInput,
} from './inputs';
import { QueueGrantType, QueueType } from './types';

const queue = (description: string) => ({
  field: 'queue',
  type: QueueType,
  kind: 'queue' as const,
  id: 'queueId',
  description,
});

export const QUEUE_MUTATIONS = [
  mutation({
    name: 'clusterQueueCreate',
    description: 'Creates a queue in a cluster. For who manages the cluster.',
    input: ClusterQueueCreateInput,
    entities: [queue('The new queue.')],
  }),
  mutation({
    name: 'clusterQueueUpdate',
    description: 'Changes a queue. For who manages the cluster.',
    input: ClusterQueueUpdateInput,
    entities: [queue('The queue as it is now.')],
  }),
  mutation({
    name: 'clusterQueueDelete',
    description:
      'Deletes a queue that no key or agent needs; its grants end with it. For who manages the cluster.',
    input: ClusterQueueDeleteInput,
    entities: [
      {
        field: 'cluster',
        type: ClusterType,
        kind: 'cluster',
        id: 'clusterId',
        description: 'The cluster it was in.',
      },
    ],
    ids: [{ field: 'deletedQueueId', id: 'queueId', description: 'The queue that is gone.' }],
  }),
  mutation({
    name: 'clusterQueuePause',
    description:
      'Stops a queue from giving out jobs; changes no access. For who manages the cluster.',
    input: ClusterQueuePauseInput,
    entities: [queue('The queue as it is now.')],
  }),
  mutation({
    name: 'clusterQueueResume',
    description: 'Lets a paused queue give out jobs again. For who manages the cluster.',
    input: ClusterQueueResumeInput,
    entities: [queue('The queue as it is now.')],
  }),
  mutation({
    name: 'queuePipelineGrant',
    description:
      'Lets a pipeline of the cluster run on a RESTRICTED queue. For who manages the cluster.',
    input: QueuePipelineGrantInput,
    entities: [
      {
        field: 'grant',
        type: QueueGrantType,
        kind: 'queueGrant',
        id: 'grantId',
        description: 'The new grant.',
      },
    ],
  }),
  mutation({
    name: 'queuePipelineRevoke',
    description: 'Revokes a grant on a queue. For who manages the cluster.',
    input: QueuePipelineRevokeInput,
    entities: [queue('The queue it was on.')],
    ids: [{ field: 'revokedGrantId', id: 'grantId', description: 'The grant that is gone.' }],
  }),
];
