import { Type } from '@sinclair/typebox';
import { BRANCH_PATTERN, BRANCH_PATTERNS_MAX } from '../branch-pattern';
import { defineEvent, idOf, instant, nullable, oneOf, type EventOf } from '../event';
import { NOTE_MAX, QUEUE_KEY_PATTERN, TEXT_MAX } from '../text';

export const QUEUE_MODES = ['OPEN', 'RESTRICTED'] as const;
/** OPEN to every pipeline of the cluster, or RESTRICTED to granted ones. */
export type QueueMode = (typeof QUEUE_MODES)[number];

const queueId = idOf('que');
const clusterId = idOf('clu');
const key = Type.String({ pattern: QUEUE_KEY_PATTERN });
const description = Type.String({ maxLength: TEXT_MAX });
const grantId = idOf('gra');
const pipelineId = idOf('pip');

/**
 * Version 1 had no mode: every queue was open to its cluster's pipelines, so that is what an old
 * event means.
 */
export const QueueCreated = defineEvent({
  type: 'QueueCreated',
  version: 2,
  entity: 'queue',
  id: 'queueId',
  data: { queueId, clusterId, key, mode: oneOf(QUEUE_MODES) },
  personal: { description: Type.Optional(description) },
  upcasts: { 1: (data) => ({ ...data, mode: 'OPEN' }) },
});

export const QueueUpdated = defineEvent({
  type: 'QueueUpdated',
  entity: 'queue',
  id: 'queueId',
  data: { queueId, clusterId, key: Type.Optional(key) },
  personal: { description: Type.Optional(description) },
});

export const QueueModeChanged = defineEvent({
  type: 'QueueModeChanged',
  entity: 'queue',
  id: 'queueId',
  data: { queueId, clusterId, mode: oneOf(QUEUE_MODES) },
});

export const QueuePaused = defineEvent({
  type: 'QueuePaused',
  entity: 'queue',
  id: 'queueId',
  data: { queueId, clusterId },
  personal: { note: Type.Optional(Type.String({ maxLength: NOTE_MAX })) },
});

export const QueueResumed = defineEvent({
  type: 'QueueResumed',
  entity: 'queue',
  id: 'queueId',
  data: { queueId, clusterId },
});

export const QueueDeleted = defineEvent({
  type: 'QueueDeleted',
  entity: 'queue',
  id: 'queueId',
  ends: true,
  data: { queueId, clusterId },
});

export const QueuePipelineGranted = defineEvent({
  type: 'QueuePipelineGranted',
  entity: 'queueGrant',
  id: 'grantId',
  data: {
    grantId,
    queueId,
    pipelineId,
    branches: Type.Array(Type.String({ pattern: BRANCH_PATTERN }), {
      maxItems: BRANCH_PATTERNS_MAX,
    }),
    expiresAt: nullable(instant),
  },
});

export const QueuePipelineGrantRevoked = defineEvent({
  type: 'QueuePipelineGrantRevoked',
  entity: 'queueGrant',
  id: 'grantId',
  ends: true,
  data: { grantId, queueId, pipelineId },
});

export type QueueEvent =
  | EventOf<typeof QueueCreated>
  | EventOf<typeof QueueUpdated>
  | EventOf<typeof QueueModeChanged>
  | EventOf<typeof QueuePaused>
  | EventOf<typeof QueueResumed>
  | EventOf<typeof QueueDeleted>;
export type QueueGrantEvent =
  EventOf<typeof QueuePipelineGranted> | EventOf<typeof QueuePipelineGrantRevoked>;

export const queueEvents = [
  QueueCreated,
  QueueUpdated,
  QueueModeChanged,
  QueuePaused,
  QueueResumed,
  QueueDeleted,
  QueuePipelineGranted,
  QueuePipelineGrantRevoked,
];
