import type { Decided } from '../decided';
import type { DomainEvent } from '../event';
import { firstRefusal } from '../fields';
import type { GrantId, HolderId } from '../id';
import { checkExpiry } from '../refusal';
import { checkNotArchived } from './decide';
import { PipelineGranted, PipelineGrantRevoked, type PipelineLevel } from './events';
import type { Pipeline, PipelineGrant } from './state';

export function grantPipeline(
  grantId: GrantId,
  pipeline: Pipeline,
  holderId: HolderId,
  wish: { readonly level: PipelineLevel; readonly expiresAt: number | null },
  now: number,
): Decided {
  const { level, expiresAt } = wish;
  const refusal = firstRefusal(checkNotArchived(pipeline), checkExpiry(expiresAt, now));
  if (refusal !== undefined) return refusal;
  return [PipelineGranted.make({ grantId, pipelineId: pipeline.id, holderId, level, expiresAt })];
}

export function endPipelineGrant({ id, pipelineId, holderId }: PipelineGrant): DomainEvent {
  return PipelineGrantRevoked.make({ grantId: id, pipelineId, holderId });
}
