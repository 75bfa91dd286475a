import type { Occurrence } from '../event';
import type { ClusterId, GrantId, HolderId, PipelineId } from '../id';
import type { PipelineEvent, PipelineGrantEvent, PipelineLevel } from './events';

export interface Pipeline {
  readonly id: PipelineId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly repository: string | null;
  readonly clusterId: ClusterId | null;
  readonly archived: boolean;
  readonly createdAt: number;
}

export interface PipelineGrant {
  readonly id: GrantId;
  readonly pipelineId: PipelineId;
  readonly holderId: HolderId;
  readonly level: PipelineLevel;
  readonly expiresAt: number | null;
  readonly createdAt: number;
}

/** Folds one event into the pipeline. Pipelines are archived, never deleted. */
export function evolvePipeline(
  before: Pipeline | undefined,
  event: PipelineEvent,
  at: Occurrence,
): Pipeline | undefined {
  if (event.type === 'PipelineCreated') {
    const { pipelineId, slug, clusterId } = event.data;
    return {
      id: pipelineId,
      slug,
      name: event.personal?.name ?? slug,
      description: event.personal?.description ?? '',
      repository: event.personal?.repository ?? null,
      clusterId,
      archived: false,
      createdAt: at.recordedAt,
    };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'PipelineUpdated': {
      const { name, description, repository } = event.personal ?? {};
      return {
        ...before,
        slug: event.data.slug ?? before.slug,
        name: name ?? before.name,
        description: description ?? before.description,
        repository: repository === undefined ? before.repository : repository,
      };
    }
    case 'PipelineMoved':
      return { ...before, clusterId: event.data.clusterId };
    case 'PipelineArchived':
      return { ...before, archived: true };
    case 'PipelineUnarchived':
      return { ...before, archived: false };
  }
}

/** Folds one event into the grant; undefined once revoked. */
export function evolvePipelineGrant(
  _before: PipelineGrant | undefined,
  event: PipelineGrantEvent,
  at: Occurrence,
): PipelineGrant | undefined {
  if (event.type === 'PipelineGrantRevoked') return undefined;
  const { grantId, pipelineId, holderId, level, expiresAt } = event.data;
  return { id: grantId, pipelineId, holderId, level, expiresAt, createdAt: at.recordedAt };
}
