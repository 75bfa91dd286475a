import { changes, type Decided } from '../decided';
import type { Versioned } from '../entity';
import {
  checkColor,
  checkEmoji,
  checkName,
  checkNameFree,
  checkSlug,
  checkText,
  firstRefusal,
} from '../fields';
import type { ClusterId, QueueId } from '../id';
import { checkVersion, refuse, type Obstacles } from '../refusal';
import { ClusterCreated, ClusterDeleted, ClusterUpdated } from './events';
import type { Cluster } from './state';

interface ClusterLook {
  readonly slug?: string;
  readonly name?: string;
  readonly description?: string;
  readonly emoji?: string | null;
  readonly color?: string | null;
}

export interface NewCluster extends ClusterLook {
  readonly slug: string;
  readonly name: string;
}

/** A new cluster has no queues, and nobody but ADMINs may use it. */
export function createCluster(
  clusterId: ClusterId,
  wish: NewCluster,
  slugOwner: string | undefined,
): Decided {
  const { slug, name, description, emoji = null, color = null } = wish;
  const refusal = firstRefusal(checkLook(wish), checkNameFree(slugOwner, null));
  if (refusal !== undefined) return refusal;
  return [
    ClusterCreated.make(
      { clusterId, slug, emoji, color },
      { name, ...(description ? { description } : {}) },
    ),
  ];
}

export interface ClusterWish extends ClusterLook {
  /** A queue that the caller found in this cluster. */
  readonly defaultQueueId?: QueueId | null;
  readonly expectedVersion?: number;
}

export function updateCluster(
  cluster: Versioned<'cluster'>,
  wish: ClusterWish,
  slugOwner: string | undefined,
): Decided {
  const { slug, name, description, emoji, color, defaultQueueId } = wish;
  const refusal = firstRefusal(
    checkVersion(cluster.version, wish.expectedVersion),
    checkLook(wish),
    checkNameFree(slugOwner, cluster.id),
  );
  if (refusal !== undefined) return refusal;
  const data = changes(cluster, { slug, emoji, color, defaultQueueId });
  const personal = changes(cluster, { name, description });
  if (data === undefined && personal === undefined) return [];
  return [ClusterUpdated.make({ clusterId: cluster.id, ...data }, personal)];
}

/**
 * Refused while anything would be left without its cluster. Queues, roles and grants end with it,
 * which the caller must see to.
 */
export function deleteCluster(cluster: Cluster, obstacles: Obstacles | undefined): Decided {
  if (obstacles === undefined) return [ClusterDeleted.make({ clusterId: cluster.id })];
  const message = 'The cluster still has pipelines, agent keys or agents.';
  return refuse('IN_USE', 'clusterId', message, obstacles);
}

function checkLook({ slug, name, description, emoji, color }: ClusterLook) {
  return firstRefusal(
    checkSlug(slug),
    checkName(name),
    checkText(description),
    checkEmoji(emoji),
    checkColor(color),
  );
}
