import { mutation } from '../mutation/definition';
import {
  ClusterCreateInput,
  ClusterDeleteInput,
  ClusterGrantInput,
  ClusterMaintainerAddInput,
  ClusterMaintainerRemoveInput,
  ClusterRevokeInput,
  ClusterUpdateInput,
} from './inputs';
import { ClusterGrantType, ClusterMaintainerType, ClusterType } from './types';

const cluster = (description: string) => ({
  field: 'cluster',
  type: ClusterType,
  kind: 'cluster' as const,
  id: 'clusterId',
  description,
});

export const CLUSTER_MUTATIONS = [
  mutation({
    name: 'clusterCreate',
    description: 'Creates a cluster, with no queue and nobody but ADMINs in it. For ADMINs.',
    input: ClusterCreateInput,
    entities: [cluster('The new cluster.')],
  }),
  mutation({
    name: 'clusterUpdate',
    description: 'Changes what a cluster is called or its default queue. For who manages it.',
    input: ClusterUpdateInput,
    entities: [cluster('The cluster as it is now.')],
  }),
  mutation({
    name: 'clusterDelete',
    description:
      'Deletes a cluster that no pipeline, key or agent is in; its queues, roles and grants end with it. For ADMINs.',
    input: ClusterDeleteInput,
    ids: [{ field: 'deletedClusterId', id: 'clusterId', description: 'The cluster that is gone.' }],
  }),
  mutation({
    name: 'clusterMaintainerAdd',
    description: 'Makes a member or a team maintainer of a cluster. For ADMINs.',
    input: ClusterMaintainerAddInput,
    entities: [
      {
        field: 'maintainer',
        type: ClusterMaintainerType,
        kind: 'clusterMaintainer',
        id: 'maintainerId',
        description: 'The new role.',
      },
    ],
  }),
  mutation({
    name: 'clusterMaintainerRemove',
    description: 'Takes a maintainer role away. For ADMINs.',
    input: ClusterMaintainerRemoveInput,
    entities: [cluster('The cluster it was for.')],
    ids: [
      { field: 'removedMaintainerId', id: 'maintainerId', description: 'The role that is gone.' },
    ],
  }),
  mutation({
    name: 'clusterGrant',
    description: 'Gives a member or a team VIEW or USE of a cluster. For who manages it.',
    input: ClusterGrantInput,
    entities: [
      {
        field: 'grant',
        type: ClusterGrantType,
        kind: 'clusterGrant',
        id: 'grantId',
        description: 'The new grant.',
      },
    ],
  }),
  mutation({
    name: 'clusterRevoke',
    description: 'Revokes a grant on a cluster. For who manages the cluster.',
    input: ClusterRevokeInput,
    entities: [cluster('The cluster it was on.')],
    ids: [{ field: 'revokedGrantId', id: 'grantId', description: 'The grant that is gone.' }],
  }),
];
