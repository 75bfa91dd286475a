import type { Decided } from '../decided';
import type { DomainEvent } from '../event';
import { checkBranches, firstRefusal } from '../fields';
import type { GrantId } from '../id';
import { checkNotArchived } from '../pipeline/decide';
import type { Pipeline } from '../pipeline/state';
import { checkExpiry, refuse } from '../refusal';
import { QueuePipelineGranted, QueuePipelineGrantRevoked } from './events';
import type { Queue, QueueGrant } from './state';

export interface QueueGrantWish {
  /** Branch patterns; none means every branch. */
  readonly branches: readonly string[];
  readonly expiresAt: number | null;
}

/**
 * Lets a pipeline of the queue's own cluster run there. Allowed on an OPEN queue too, where it
 * counts once the queue becomes RESTRICTED.
 */
export function grantQueue(
  grantId: GrantId,
  queue: Queue,
  pipeline: Pipeline,
  wish: QueueGrantWish,
  now: number,
): Decided {
  const refusal = firstRefusal(
    pipeline.clusterId === queue.clusterId
      ? undefined
      : refuse('WRONG_CLUSTER', 'pipelineId', "The pipeline is not in the queue's cluster."),
    checkNotArchived(pipeline),
    checkBranches(wish.branches),
    checkExpiry(wish.expiresAt, now),
  );
  if (refusal !== undefined) return refusal;
  const { branches, expiresAt } = wish;
  return [
    QueuePipelineGranted.make({
      grantId,
      queueId: queue.id,
      pipelineId: pipeline.id,
      branches: [...branches],
      expiresAt,
    }),
  ];
}

export function endQueueGrant({ id, queueId, pipelineId }: QueueGrant): DomainEvent {
  return QueuePipelineGrantRevoked.make({ grantId: id, queueId, pipelineId });
}
