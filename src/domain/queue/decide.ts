import { changes, type Decided } from '../decided';
import type { Versioned } from '../entity';
import type { DomainEvent } from '../event';
import { checkNameFree, checkQueueKey, checkText, firstRefusal } from '../fields';
import type { ClusterId, QueueId } from '../id';
import { checkVersion, refuse, type Obstacles } from '../refusal';
import { NOTE_MAX } from '../text';
import {
  QueueCreated,
  QueueDeleted,
  QueueModeChanged,
  QueuePaused,
  QueueResumed,
  QueueUpdated,
  type QueueMode,
} from './events';
import type { Queue } from './state';

export interface NewQueue {
  readonly key: string;
  readonly mode: QueueMode;
  readonly description?: string;
}

export function createQueue(
  queueId: QueueId,
  clusterId: ClusterId,
  wish: NewQueue,
  keyOwner: string | undefined,
): Decided {
  const { key, mode, description } = wish;
  const refusal = firstRefusal(
    checkQueueKey(key),
    checkText(description),
    checkNameFree(keyOwner, null, 'key'),
  );
  if (refusal !== undefined) return refusal;
  return [QueueCreated.make({ queueId, clusterId, key, mode }, description ? { description } : {})];
}

export interface QueueWish {
  readonly key?: string;
  readonly mode?: QueueMode;
  readonly description?: string;
  readonly expectedVersion?: number;
}

export function updateQueue(
  queue: Versioned<'queue'>,
  wish: QueueWish,
  keyOwner: string | undefined,
): Decided {
  const { key, description, mode = queue.mode } = wish;
  const refusal = firstRefusal(
    checkVersion(queue.version, wish.expectedVersion),
    checkQueueKey(key),
    checkText(description),
    checkNameFree(keyOwner, queue.id, 'key'),
  );
  if (refusal !== undefined) return refusal;
  const ids = idsOf(queue);
  const events: DomainEvent[] = [];
  const data = changes(queue, { key });
  const personal = changes(queue, { description });
  if (data ?? personal) events.push(QueueUpdated.make({ ...ids, ...data }, personal));
  if (mode !== queue.mode) events.push(QueueModeChanged.make({ ...ids, mode }));
  return events;
}

/** A paused queue paused with another note says who paused it last, and why. */
export function pauseQueue(queue: Queue, note = ''): Decided {
  const refusal = checkText(note, 'note', NOTE_MAX);
  if (refusal !== undefined) return refusal;
  if (queue.paused?.note === note) return [];
  return [QueuePaused.make(idsOf(queue), note ? { note } : {})];
}

export function resumeQueue(queue: Queue): Decided {
  return queue.paused === null ? [] : [QueueResumed.make(idsOf(queue))];
}

/** Refused while keys list it, agents serve it, or jobs go to it by default. */
export function deleteQueue(queue: Queue, obstacles: Obstacles | undefined): Decided {
  if (obstacles === undefined) return [endQueue(queue)];
  const message =
    'Agent keys list the queue, agents serve it, or it is the default of its cluster.';
  return refuse('IN_USE', 'queueId', message, obstacles);
}

export function endQueue(queue: Queue): DomainEvent {
  return QueueDeleted.make(idsOf(queue));
}

function idsOf({ id: queueId, clusterId }: Queue) {
  return { queueId, clusterId };
}
