import {
  addClusterMaintainer,
  endClusterGrant,
  endClusterMaintainer,
  grantCluster,
} from '../../domain/cluster/decide-grant';
import { isRefusal } from '../../domain/refusal';
import type {
  ClusterGrantInput,
  ClusterMaintainerAddInput,
  ClusterMaintainerRemoveInput,
  ClusterRevokeInput,
} from '../inputs';
import { findHolder } from './holder';
import { onEntity } from './on-entity';
import { clearPair } from './pair';
import { after, planOf } from './plan';

export const clusterMaintainerAdd = onEntity<'cluster', 'clusterId', ClusterMaintainerAddInput>({
  mutation: 'clusterMaintainerAdd',
  kind: 'cluster',
  field: 'clusterId',
  decide: (cluster, input, world, { caller, newId }) => {
    const holderId = findHolder(input, world, caller);
    if (isRefusal(holderId)) return holderId;
    const cleared = clearPair(world, holderId, 'clusterMaintainer', cluster.id, null);
    if (isRefusal(cleared)) return cleared;
    const { expiresAt = null } = input;
    const maintainerId = newId('mai');
    const decided = addClusterMaintainer(maintainerId, cluster, holderId, expiresAt, world.now);
    return planOf(after(cleared, decided), { maintainerId, clusterId: cluster.id });
  },
});

export const clusterMaintainerRemove = onEntity<
  'clusterMaintainer',
  'maintainerId',
  ClusterMaintainerRemoveInput
>({
  mutation: 'clusterMaintainerRemove',
  kind: 'clusterMaintainer',
  field: 'maintainerId',
  of: (maintainer) => maintainer?.clusterId,
  decide: (maintainer) => {
    const { id: maintainerId, clusterId } = maintainer;
    return planOf([endClusterMaintainer(maintainer)], { maintainerId, clusterId });
  },
});

export const clusterGrant = onEntity<'cluster', 'clusterId', ClusterGrantInput>({
  mutation: 'clusterGrant',
  kind: 'cluster',
  field: 'clusterId',
  decide: (cluster, input, world, { caller, newId }) => {
    const holderId = findHolder(input, world, caller);
    if (isRefusal(holderId)) return holderId;
    const cleared = clearPair(world, holderId, 'clusterGrant', cluster.id, input.level);
    if (isRefusal(cleared)) return cleared;
    const { level, expiresAt = null } = input;
    const grantId = newId('gra');
    const decided = grantCluster(grantId, cluster, holderId, { level, expiresAt }, world.now);
    return planOf(after(cleared, decided), { grantId, clusterId: cluster.id });
  },
});

export const clusterRevoke = onEntity<'clusterGrant', 'grantId', ClusterRevokeInput>({
  mutation: 'clusterRevoke',
  kind: 'clusterGrant',
  field: 'grantId',
  of: (grant) => grant?.clusterId,
  decide: (grant) => {
    const { id: grantId, clusterId } = grant;
    return planOf([endClusterGrant(grant)], { grantId, clusterId });
  },
});
