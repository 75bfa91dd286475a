import { endPipelineGrant, grantPipeline } from '../../domain/pipeline/decide-grant';
import { isRefusal } from '../../domain/refusal';
import type { PipelineGrantInput, PipelineRevokeInput } from '../inputs';
import { findHolder } from './holder';
import { onEntity } from './on-entity';
import { clearPair } from './pair';
import { after, planOf } from './plan';

export const pipelineGrant = onEntity<'pipeline', 'pipelineId', PipelineGrantInput>({
  mutation: 'pipelineGrant',
  kind: 'pipeline',
  field: 'pipelineId',
  decide: (pipeline, input, world, { caller, newId }) => {
    const holderId = findHolder(input, world, caller);
    if (isRefusal(holderId)) return holderId;
    const cleared = clearPair(world, holderId, 'pipelineGrant', pipeline.id, input.level);
    if (isRefusal(cleared)) return cleared;
    const { level, expiresAt = null } = input;
    const grantId = newId('gra');
    const decided = grantPipeline(grantId, pipeline, holderId, { level, expiresAt }, world.now);
    return planOf(after(cleared, decided), { grantId, pipelineId: pipeline.id });
  },
});

export const pipelineRevoke = onEntity<'pipelineGrant', 'grantId', PipelineRevokeInput>({
  mutation: 'pipelineRevoke',
  kind: 'pipelineGrant',
  field: 'grantId',
  of: (grant) => grant?.pipelineId,
  decide: (grant) => {
    const { id: grantId, pipelineId } = grant;
    return planOf([endPipelineGrant(grant)], { grantId, pipelineId });
  },
});
