import type { Decided } from '../decided';
import type { DomainEvent } from '../event';
import type { ClusterMaintainerId, GrantId, HolderId } from '../id';
import { checkExpiry } from '../refusal';
import {
  ClusterGranted,
  ClusterGrantRevoked,
  ClusterMaintainerAdded,
  ClusterMaintainerRemoved,
  type ClusterLevel,
} from './events';
import type { Cluster, ClusterGrant, ClusterMaintainer } from './state';

export function addClusterMaintainer(
  maintainerId: ClusterMaintainerId,
  cluster: Cluster,
  holderId: HolderId,
  expiresAt: number | null,
  now: number,
): Decided {
  const clusterId = cluster.id;
  return (
    checkExpiry(expiresAt, now) ?? [
      ClusterMaintainerAdded.make({ maintainerId, clusterId, holderId, expiresAt }),
    ]
  );
}

export function endClusterMaintainer(maintainer: ClusterMaintainer): DomainEvent {
  const { id: maintainerId, clusterId, holderId } = maintainer;
  return ClusterMaintainerRemoved.make({ maintainerId, clusterId, holderId });
}

export function grantCluster(
  grantId: GrantId,
  cluster: Cluster,
  holderId: HolderId,
  wish: { readonly level: ClusterLevel; readonly expiresAt: number | null },
  now: number,
): Decided {
  const { level, expiresAt } = wish;
  return (
    checkExpiry(expiresAt, now) ?? [
      ClusterGranted.make({ grantId, clusterId: cluster.id, holderId, level, expiresAt }),
    ]
  );
}

export function endClusterGrant({ id, clusterId, holderId }: ClusterGrant): DomainEvent {
  return ClusterGrantRevoked.make({ grantId: id, clusterId, holderId });
}
