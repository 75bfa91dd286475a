import { Type } from '@sinclair/typebox';
import { defineEvent, holderId, idOf, instant, nullable, oneOf, type EventOf } from '../event';
import { NAME_MAX, SLUG_PATTERN, TEXT_MAX } from '../text';

export const PIPELINE_LEVELS = ['READ', 'BUILD', 'MANAGE'] as const;
export type PipelineLevel = (typeof PIPELINE_LEVELS)[number];

const pipelineId = idOf('pip');
const slug = Type.String({ pattern: SLUG_PATTERN });
const name = Type.String({ minLength: 1, maxLength: NAME_MAX });
const description = Type.String({ maxLength: TEXT_MAX });
const repository = nullable(Type.String({ minLength: 1, maxLength: 500 }));
const clusterId = nullable(idOf('clu'));
const grantId = idOf('gra');

export const PipelineCreated = defineEvent({
  type: 'PipelineCreated',
  entity: 'pipeline',
  id: 'pipelineId',
  data: { pipelineId, slug, clusterId },
  personal: { name, description: Type.Optional(description), repository },
});

export const PipelineUpdated = defineEvent({
  type: 'PipelineUpdated',
  entity: 'pipeline',
  id: 'pipelineId',
  data: { pipelineId, slug: Type.Optional(slug) },
  personal: {
    name: Type.Optional(name),
    description: Type.Optional(description),
    repository: Type.Optional(repository),
  },
});

/** To another cluster, or out of every cluster (null). Its queue grants end with the move. */
export const PipelineMoved = defineEvent({
  type: 'PipelineMoved',
  entity: 'pipeline',
  id: 'pipelineId',
  data: { pipelineId, fromClusterId: clusterId, clusterId },
});

export const PipelineArchived = defineEvent({
  type: 'PipelineArchived',
  entity: 'pipeline',
  id: 'pipelineId',
  data: { pipelineId },
});

export const PipelineUnarchived = defineEvent({
  type: 'PipelineUnarchived',
  entity: 'pipeline',
  id: 'pipelineId',
  data: { pipelineId },
});

export const PipelineGranted = defineEvent({
  type: 'PipelineGranted',
  entity: 'pipelineGrant',
  id: 'grantId',
  data: {
    grantId,
    pipelineId,
    holderId,
    level: oneOf(PIPELINE_LEVELS),
    expiresAt: nullable(instant),
  },
});

export const PipelineGrantRevoked = defineEvent({
  type: 'PipelineGrantRevoked',
  entity: 'pipelineGrant',
  id: 'grantId',
  ends: true,
  data: { grantId, pipelineId, holderId },
});

export type PipelineEvent =
  | EventOf<typeof PipelineCreated>
  | EventOf<typeof PipelineUpdated>
  | EventOf<typeof PipelineMoved>
  | EventOf<typeof PipelineArchived>
  | EventOf<typeof PipelineUnarchived>;
export type PipelineGrantEvent =
  EventOf<typeof PipelineGranted> | EventOf<typeof PipelineGrantRevoked>;

export const pipelineEvents = [
  PipelineCreated,
  PipelineUpdated,
  PipelineMoved,
  PipelineArchived,
  PipelineUnarchived,
  PipelineGranted,
  PipelineGrantRevoked,
];
