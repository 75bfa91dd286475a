import { mutation } from '../mutation/definition';
import {
  PipelineArchiveInput,
  PipelineCreateInput,
  PipelineGrantInput,
  PipelineMoveInput,
  PipelineRevokeInput,
  PipelineUnarchiveInput,
  PipelineUpdateInput,
} from './inputs';
import { PipelineGrantType, PipelineType } from './types';

const pipeline = (description: string) => ({
  field: 'pipeline',
  type: PipelineType,
  kind: 'pipeline' as const,
  id: 'pipelineId',
  description,
});

const grant = (description: string) => ({
  field: 'grant',
  type: PipelineGrantType,
  kind: 'pipelineGrant' as const,
  id: 'grantId',
  description,
});

export const PIPELINE_MUTATIONS = [
  mutation({
    name: 'pipelineCreate',
    description:
      'Creates a pipeline, and gives MANAGE of it to the team named or to its creator, for as long as the right to create it lasts. For who has `pipeline:create` in the cluster.',
    input: PipelineCreateInput,
    entities: [pipeline('The new pipeline.'), grant('The grant of MANAGE.')],
  }),
  mutation({
    name: 'pipelineUpdate',
    description: 'Changes what a pipeline is called and where its code lies. For who manages it.',
    input: PipelineUpdateInput,
    entities: [pipeline('The pipeline as it is now.')],
  }),
  mutation({
    name: 'pipelineMove',
    description:
      'Moves a pipeline to another cluster, or out of every cluster; its grants on queues end. For who manages it and has `pipeline:create` in the target.',
    input: PipelineMoveInput,
    entities: [pipeline('The pipeline as it is now.')],
  }),
  mutation({
    name: 'pipelineArchive',
    description: 'Puts a pipeline away; nothing runs from it then. For who manages it.',
    input: PipelineArchiveInput,
    entities: [pipeline('The pipeline as it is now.')],
  }),
  mutation({
    name: 'pipelineUnarchive',
    description: 'Takes an archived pipeline back into use. For who manages it.',
    input: PipelineUnarchiveInput,
    entities: [pipeline('The pipeline as it is now.')],
  }),
  mutation({
    name: 'pipelineGrant',
    description:
      'Gives a member or a team READ, BUILD or MANAGE of a pipeline. For who manages it.',
    input: PipelineGrantInput,
    entities: [grant('The new grant.')],
  }),
  mutation({
    name: 'pipelineRevoke',
    description: 'Revokes a grant on a pipeline. For who manages the pipeline.',
    input: PipelineRevokeInput,
    entities: [pipeline('The pipeline it was on.')],
    ids: [{ field: 'revokedGrantId', id: 'grantId', description: 'The grant that is gone.' }],
  }),
];
