import { MUTATION_ACTIONS } from '../../access/operations';
import type { ClusterId, HolderId } from '../../domain/id';
import { createPipeline } from '../../domain/pipeline/decide';
import { isRefusal, notFound, refuse, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { Ask, Handler } from '../handler';
import type { PipelineCreateInput } from '../inputs';
import type { Caller } from '../protocol';
import { planOf } from './plan';

/**
 * In a cluster by its rule. In none, where it could run nowhere until somebody moves it, only an
 * ADMIN creates a pipeline.
 */
function askToCreate({ clusterId, organizationId }: PipelineCreateInput): Ask {
  return clusterId === undefined || clusterId === null
    ? { action: 'organization:manage', resource: organizationId, field: 'clusterId' }
    : { action: MUTATION_ACTIONS.pipelineCreate, resource: clusterId, field: 'clusterId' };
}

/** Callers give a pipeline to a team they are in, or to one that they manage. */
function askToGive(input: PipelineCreateInput, world: World, caller: Caller): readonly Ask[] {
  const { teamId } = input;
  if (teamId === undefined) return [];
  const isMember =
    caller.kind === 'MEMBER' && world.facts.between(caller.userId, 'teamMember', teamId).length > 0;
  return isMember ? [] : [{ action: 'team:manage', resource: teamId, field: 'teamId' }];
}

function findManager(
  { teamId }: PipelineCreateInput,
  world: World,
  caller: Caller,
): HolderId | Refusal {
  if (teamId !== undefined) return world.get('team', teamId)?.id ?? notFound('teamId');
  if (caller.kind === 'MEMBER') return caller.userId;
  return refuse('NOT_ELIGIBLE', null, 'Only members manage pipelines.');
}

function findCluster({ clusterId }: PipelineCreateInput, world: World): ClusterId | null | Refusal {
  if (clusterId === undefined || clusterId === null) return null;
  return world.get('cluster', clusterId)?.id ?? notFound('clusterId');
}

export const pipelineCreate: Handler<PipelineCreateInput> = {
  asks: (input, world, caller) => {
    if (input.organizationId !== world.organizationId) return notFound('organizationId');
    return [askToCreate(input), ...askToGive(input, world, caller)];
  },
  decide: (input, world, { caller, newId }) => {
    const clusterId = findCluster(input, world);
    if (isRefusal(clusterId)) return clusterId;
    const managerId = findManager(input, world, caller);
    if (isRefusal(managerId)) return managerId;
    const ids = { pipelineId: newId('pip'), grantId: newId('gra') };
    const owner = world.nameOwner('pipeline', input.slug);
    return planOf(createPipeline(ids, clusterId, managerId, input, owner), ids);
  },
};
