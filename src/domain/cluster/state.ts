import type { Occurrence } from '../event';
import type { ClusterId, ClusterMaintainerId, GrantId, HolderId, QueueId } from '../id';
import type {
  ClusterEvent,
  ClusterGrantEvent,
  ClusterLevel,
  ClusterMaintainerEvent,
} from './events';

export interface Cluster {
  readonly id: ClusterId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly emoji: string | null;
  readonly color: string | null;
  readonly defaultQueueId: QueueId | null;
  readonly createdAt: number;
}

export interface ClusterMaintainer {
  readonly id: ClusterMaintainerId;
  readonly clusterId: ClusterId;
  readonly holderId: HolderId;
  readonly expiresAt: number | null;
  readonly createdAt: number;
}

export interface ClusterGrant {
  readonly id: GrantId;
  readonly clusterId: ClusterId;
  readonly holderId: HolderId;
  readonly level: ClusterLevel;
  readonly expiresAt: number | null;
  readonly createdAt: number;
}

/** Folds one event into the cluster; undefined once deleted. */
export function evolveCluster(
  before: Cluster | undefined,
  event: ClusterEvent,
  at: Occurrence,
): Cluster | undefined {
  if (event.type === 'ClusterCreated') {
    const { clusterId, slug, emoji, color } = event.data;
    return {
      id: clusterId,
      slug,
      name: event.personal?.name ?? slug,
      description: event.personal?.description ?? '',
      emoji,
      color,
      defaultQueueId: null,
      createdAt: at.recordedAt,
    };
  }
  if (before === undefined || event.type === 'ClusterDeleted') return undefined;
  const { slug, emoji, color, defaultQueueId } = event.data;
  return {
    ...before,
    slug: slug ?? before.slug,
    name: event.personal?.name ?? before.name,
    description: event.personal?.description ?? before.description,
    emoji: emoji === undefined ? before.emoji : emoji,
    color: color === undefined ? before.color : color,
    defaultQueueId: defaultQueueId === undefined ? before.defaultQueueId : defaultQueueId,
  };
}

/** Folds one event into the maintainer role; undefined once removed. */
export function evolveClusterMaintainer(
  _before: ClusterMaintainer | undefined,
  event: ClusterMaintainerEvent,
  at: Occurrence,
): ClusterMaintainer | undefined {
  if (event.type === 'ClusterMaintainerRemoved') return undefined;
  const { maintainerId, clusterId, holderId, expiresAt } = event.data;
  return { id: maintainerId, clusterId, holderId, expiresAt, createdAt: at.recordedAt };
}

/** Folds one event into the grant; undefined once revoked. */
export function evolveClusterGrant(
  _before: ClusterGrant | undefined,
  event: ClusterGrantEvent,
  at: Occurrence,
): ClusterGrant | undefined {
  if (event.type === 'ClusterGrantRevoked') return undefined;
  const { grantId, clusterId, holderId, level, expiresAt } = event.data;
  return { id: grantId, clusterId, holderId, level, expiresAt, createdAt: at.recordedAt };
}
