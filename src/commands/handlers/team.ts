import { MUTATION_ACTIONS } from '../../access/operations';
import { createTeam, deleteTeam, updateTeam } from '../../domain/team/decide';
import type { World } from '../../views/world';
import type { Ask, Handler } from '../handler';
import type { TeamCreateInput, TeamDeleteInput, TeamUpdateInput } from '../inputs';
import { endings } from './endings';
import { onEntity } from './on-entity';
import { planOf } from './plan';

/** A team's MAINTAINER may not switch pipeline creation on: that would widen their own reach. */
function askPipelineCreation(lets: boolean | undefined, resource: string): readonly Ask[] {
  if (lets === undefined) return [];
  return [{ action: 'pipeline-creation:manage', resource, field: 'membersCanCreatePipelines' }];
}

function slugOwner(world: World, slug: string | undefined): string | undefined {
  return slug === undefined ? undefined : world.nameOwner('team', slug);
}

export const teamCreate: Handler<TeamCreateInput> = {
  asks: ({ organizationId: resource, membersCanCreatePipelines }) => [
    { action: MUTATION_ACTIONS.teamCreate, resource, field: 'organizationId' },
    ...askPipelineCreation(membersCanCreatePipelines, resource),
  ],
  decide: (input, world, { newId }) => {
    const teamId = newId('tea');
    return planOf(createTeam(teamId, input, slugOwner(world, input.slug)), { teamId });
  },
};

export const teamUpdate = onEntity<'team', 'teamId', TeamUpdateInput>({
  mutation: 'teamUpdate',
  kind: 'team',
  field: 'teamId',
  alsoAsks: ({ membersCanCreatePipelines }, world) =>
    askPipelineCreation(membersCanCreatePipelines, world.organizationId),
  decide: (team, input, world) =>
    planOf(updateTeam(team, input, slugOwner(world, input.slug)), { teamId: team.id }),
});

export const teamDelete = onEntity<'team', 'teamId', TeamDeleteInput>({
  mutation: 'teamDelete',
  kind: 'team',
  field: 'teamId',
  decide: (team, _input, world) =>
    planOf([...endings(world, team.id), deleteTeam(team)], { teamId: team.id }),
});
