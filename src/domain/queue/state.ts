import type { EventActor, Occurrence } from '../event';
import type { ClusterId, GrantId, PipelineId, QueueId } from '../id';
import type { QueueEvent, QueueGrantEvent, QueueMode } from './events';

/** Who stopped a queue from giving out jobs, when and why. Changes no access answer. */
export interface QueuePause {
  readonly note: string;
  readonly by: EventActor;
  readonly at: number;
}

export interface Queue {
  readonly id: QueueId;
  readonly clusterId: ClusterId;
  readonly key: string;
  readonly description: string;
  readonly mode: QueueMode;
  readonly paused: QueuePause | null;
  readonly createdAt: number;
}

export interface QueueGrant {
  readonly id: GrantId;
  readonly queueId: QueueId;
  readonly pipelineId: PipelineId;
  /** Branch patterns; empty means every branch. */
  readonly branches: readonly string[];
  readonly expiresAt: number | null;
  readonly createdAt: number;
}

/** Folds one event into the queue; undefined once deleted. */
export function evolveQueue(
  before: Queue | undefined,
  event: QueueEvent,
  at: Occurrence,
): Queue | undefined {
  if (event.type === 'QueueCreated') {
    const { queueId, clusterId, key, mode } = event.data;
    return {
      id: queueId,
      clusterId,
      key,
      description: event.personal?.description ?? '',
      mode,
      paused: null,
      createdAt: at.recordedAt,
    };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'QueueUpdated':
      return {
        ...before,
        key: event.data.key ?? before.key,
        description: event.personal?.description ?? before.description,
      };
    case 'QueueModeChanged':
      return { ...before, mode: event.data.mode };
    case 'QueuePaused': {
      const { kind, id } = at.actor;
      const note = event.personal?.note ?? '';
      return { ...before, paused: { note, by: { kind, id }, at: at.recordedAt } };
    }
    case 'QueueResumed':
      return { ...before, paused: null };
    case 'QueueDeleted':
      return undefined;
  }
}

/** Folds one event into the grant; undefined once revoked. */
export function evolveQueueGrant(
  _before: QueueGrant | undefined,
  event: QueueGrantEvent,
  at: Occurrence,
): QueueGrant | undefined {
  if (event.type === 'QueuePipelineGrantRevoked') return undefined;
  const { grantId, queueId, pipelineId, branches, expiresAt } = event.data;
  return { id: grantId, queueId, pipelineId, branches, expiresAt, createdAt: at.recordedAt };
}
