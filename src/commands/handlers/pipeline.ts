import { isId } from '../../domain/id';
import {
  archivePipeline,
  movePipeline,
  unarchivePipeline,
  updatePipeline,
} from '../../domain/pipeline/decide';
import { isRefusal, notFound } from '../../domain/refusal';
import { MUTATION_ACTIONS } from '../../access/operations';
import type { Handler } from '../handler';
import type {
  PipelineArchiveInput,
  PipelineMoveInput,
  PipelineUnarchiveInput,
  PipelineUpdateInput,
} from '../inputs';
import { endings } from './endings';
import { onEntity } from './on-entity';
import { after, planOf } from './plan';

export const pipelineUpdate = onEntity<'pipeline', 'pipelineId', PipelineUpdateInput>({
  mutation: 'pipelineUpdate',
  kind: 'pipeline',
  field: 'pipelineId',
  decide: (pipeline, input, world) => {
    const owner = input.slug === undefined ? undefined : world.nameOwner('pipeline', input.slug);
    return planOf(updatePipeline(pipeline, input, owner), { pipelineId: pipeline.id });
  },
});

export const pipelineMove: Handler<PipelineMoveInput> = {
  asks: ({ pipelineId, clusterId }) => {
    if (clusterId !== null && !isId('clu', clusterId)) return notFound('clusterId');
    const action = MUTATION_ACTIONS.pipelineMove;
    return [{ action, resource: pipelineId, field: 'pipelineId', targetClusterId: clusterId }];
  },
  decide: ({ pipelineId, clusterId, expectedVersion }, world) => {
    const pipeline = world.get('pipeline', pipelineId);
    if (pipeline === undefined) return notFound('pipelineId');
    const target = clusterId === null ? null : world.get('cluster', clusterId)?.id;
    if (target === undefined) return notFound('clusterId');
    const moved = movePipeline(pipeline, target, expectedVersion);
    if (isRefusal(moved) || moved.length === 0) return planOf(moved, { pipelineId });
    return planOf(after(endings(world, pipelineId, ['queueGrant']), moved), { pipelineId });
  },
};

export const pipelineArchive = onEntity<'pipeline', 'pipelineId', PipelineArchiveInput>({
  mutation: 'pipelineArchive',
  kind: 'pipeline',
  field: 'pipelineId',
  decide: (pipeline) => planOf(archivePipeline(pipeline), { pipelineId: pipeline.id }),
});

export const pipelineUnarchive = onEntity<'pipeline', 'pipelineId', PipelineUnarchiveInput>({
  mutation: 'pipelineUnarchive',
  kind: 'pipeline',
  field: 'pipelineId',
  decide: (pipeline) => planOf(unarchivePipeline(pipeline), { pipelineId: pipeline.id }),
});
