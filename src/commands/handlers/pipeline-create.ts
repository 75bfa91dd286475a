import type { Facts } from '../../access/facts';
import { endOf, lastsUntil, narrowFacts } from '../../access/later';
import { MUTATION_ACTIONS } from '../../access/operations';
import type { ClusterId, HolderId } from '../../domain/id';
import { createPipeline, type NewManager } from '../../domain/pipeline/decide';
import { isRefusal, notFound, refuse, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import type { Ask, Handler } from '../handler';
import type { PipelineCreateInput } from '../inputs';
import type { Caller } from '../protocol';
import { planOf } from './plan';

const action = MUTATION_ACTIONS.pipelineCreate;

/**
 * In a cluster by its rule. In none, where it could run nowhere until somebody moves it, only an
 * ADMIN creates a pipeline.
 */
function askToCreate({ clusterId, organizationId }: PipelineCreateInput): Ask {
  return clusterId === undefined || clusterId === null
    ? { action: 'organization:manage', resource: organizationId, field: 'clusterId' }
    : { action, resource: clusterId, field: 'clusterId' };
}

/** Callers give a pipeline to a team they are in, or to one that they manage. */
function askToGive(input: PipelineCreateInput, world: World, caller: Caller): readonly Ask[] {
  const { teamId } = input;
  if (teamId === undefined) return [];
  const isMember =
    caller.kind === 'MEMBER' && world.facts.between(caller.userId, 'teamMember', teamId).length > 0;
  return isMember ? [] : [{ action: 'team:manage', resource: teamId, field: 'teamId' }];
}

function findHolder(
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

/** Other teams' leave to create counts for nothing where this team is named. */
function asLentBy(facts: Facts, teamId: string): Facts {
  const owners = [facts.organizationId, teamId];
  return narrowFacts(
    facts,
    ({ relation, subject }) => relation !== 'pipelineCreation' || owners.includes(subject),
  );
}

/**
 * MANAGE ends when the right to create does by which the pipeline is made, so that nobody keeps by
 * a pipeline what they had for a time. A team that lends the right keeps it when its member goes.
 */
function managerOf(
  holderId: HolderId,
  { teamId }: PipelineCreateInput,
  clusterId: ClusterId | null,
  { facts, now }: World,
  caller: Caller,
): NewManager | Refusal {
  if (clusterId === null || caller.kind !== 'MEMBER') return { holderId, expiresAt: null };
  const principal = { kind: 'user', id: caller.userId, scopes: null } as const;
  const question = { principal, action, resource: clusterId };
  const until =
    teamId === undefined
      ? lastsUntil(facts, question)
      : lastsUntil(asLentBy(facts, teamId), question, (fact) =>
          fact.relation === 'teamMember' && fact.object === teamId ? Infinity : endOf(fact),
        );
  if (until <= now) {
    const message = 'You may create pipelines there through another team than this one.';
    return refuse('NOT_ELIGIBLE', 'teamId', message);
  }
  return { holderId, expiresAt: until === Infinity ? null : until };
}

export const pipelineCreate: Handler<PipelineCreateInput> = {
  asks: (input, world, caller) => {
    if (input.organizationId !== world.organizationId) return notFound('organizationId');
    return [askToCreate(input), ...askToGive(input, world, caller)];
  },
  decide: (input, world, { caller, newId }) => {
    const clusterId = findCluster(input, world);
    if (isRefusal(clusterId)) return clusterId;
    const holderId = findHolder(input, world, caller);
    if (isRefusal(holderId)) return holderId;
    const manager = managerOf(holderId, input, clusterId, world, caller);
    if (isRefusal(manager)) return manager;
    const ids = { pipelineId: newId('pip'), grantId: newId('gra') };
    const owner = world.nameOwner('pipeline', input.slug);
    return planOf(createPipeline(ids, clusterId, manager, input, owner), ids);
  },
};
