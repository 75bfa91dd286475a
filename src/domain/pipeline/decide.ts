import { changes, type Decided } from '../decided';
import type { Versioned } from '../entity';
import { checkName, checkNameFree, checkSlug, checkText, firstRefusal } from '../fields';
import type { ClusterId, GrantId, HolderId, PipelineId } from '../id';
import { checkVersion, refuse, type Refusal } from '../refusal';
import {
  PipelineArchived,
  PipelineCreated,
  PipelineGranted,
  PipelineMoved,
  PipelineUnarchived,
  PipelineUpdated,
} from './events';
import { checkRepository } from './repository';
import type { Pipeline } from './state';

interface PipelineLook {
  readonly slug?: string;
  readonly name?: string;
  readonly description?: string;
  readonly repository?: string | null;
}

export interface NewPipeline extends PipelineLook {
  readonly slug: string;
  readonly name: string;
}

/** Who manages a new pipeline, and until when. */
export interface NewManager {
  readonly holderId: HolderId;
  readonly expiresAt: number | null;
}

/** A pipeline is managed from the start. Without a cluster it can run nowhere. */
export function createPipeline(
  { pipelineId, grantId }: { readonly pipelineId: PipelineId; readonly grantId: GrantId },
  clusterId: ClusterId | null,
  manager: NewManager,
  wish: NewPipeline,
  slugOwner: string | undefined,
): Decided {
  const { slug, name, description, repository = null } = wish;
  const refusal = firstRefusal(checkLook(wish), checkNameFree(slugOwner, null));
  if (refusal !== undefined) return refusal;
  return [
    PipelineCreated.make(
      { pipelineId, slug, clusterId },
      { name, repository, ...(description ? { description } : {}) },
    ),
    PipelineGranted.make({ grantId, pipelineId, ...manager, level: 'MANAGE' }),
  ];
}

export interface PipelineWish extends PipelineLook {
  readonly expectedVersion?: number;
}

export function updatePipeline(
  pipeline: Versioned<'pipeline'>,
  wish: PipelineWish,
  slugOwner: string | undefined,
): Decided {
  const { slug, name, description, repository } = wish;
  const refusal = firstRefusal(
    checkVersion(pipeline.version, wish.expectedVersion),
    checkNotArchived(pipeline),
    checkLook(wish),
    checkNameFree(slugOwner, pipeline.id),
  );
  if (refusal !== undefined) return refusal;
  const data = changes(pipeline, { slug });
  const personal = changes(pipeline, { name, description, repository });
  if (data === undefined && personal === undefined) return [];
  return [PipelineUpdated.make({ pipelineId: pipeline.id, ...data }, personal)];
}

/**
 * Moves into another cluster, or out of every cluster (null), which an archived pipeline may too,
 * so that its cluster can be deleted. Its queue grants end, which the caller must see to.
 */
export function movePipeline(
  pipeline: Versioned<'pipeline'>,
  clusterId: ClusterId | null,
  expectedVersion?: number,
): Decided {
  const refusal = firstRefusal(
    checkVersion(pipeline.version, expectedVersion),
    clusterId === null ? undefined : checkNotArchived(pipeline),
  );
  if (refusal !== undefined) return refusal;
  const { id: pipelineId, clusterId: fromClusterId } = pipeline;
  if (clusterId === fromClusterId) return [];
  return [PipelineMoved.make({ pipelineId, fromClusterId, clusterId })];
}

export function archivePipeline({ id: pipelineId, archived }: Pipeline): Decided {
  return archived ? [] : [PipelineArchived.make({ pipelineId })];
}

export function unarchivePipeline({ id: pipelineId, archived }: Pipeline): Decided {
  return archived ? [PipelineUnarchived.make({ pipelineId })] : [];
}

/** Refuses to change an archived pipeline, or to give anything to it or on it. */
export function checkNotArchived(pipeline: Pipeline): Refusal | undefined {
  if (!pipeline.archived) return undefined;
  return refuse('ARCHIVED', 'pipelineId', 'The pipeline is archived. Unarchive it first.');
}

function checkLook({ slug, name, description, repository }: PipelineLook): Refusal | undefined {
  return firstRefusal(
    checkSlug(slug),
    checkName(name),
    checkText(description),
    checkRepository(repository),
  );
}
