import { mutation } from '../mutation/definition';
import {
  TeamCreateInput,
  TeamDeleteInput,
  TeamMemberAddInput,
  TeamMemberRemoveInput,
  TeamMemberUpdateInput,
  TeamUpdateInput,
} from './inputs';
import { TeamMemberType, TeamType } from './types';

const team = (description: string) => ({
  field: 'team',
  type: TeamType,
  kind: 'team' as const,
  id: 'teamId',
  description,
});

const teamMember = (description: string) => ({
  field: 'teamMember',
  type: TeamMemberType,
  kind: 'teamMember' as const,
  id: 'teamMemberId',
  description,
});

export const TEAM_MUTATIONS = [
  mutation({
    name: 'teamCreate',
    description: 'Creates a team, with nobody in it. For ADMINs.',
    input: TeamCreateInput,
    entities: [team('The new team.')],
  }),
  mutation({
    name: 'teamUpdate',
    description: 'Changes what a team is called. For ADMINs and its MAINTAINERs.',
    input: TeamUpdateInput,
    entities: [team('The team as it is now.')],
  }),
  mutation({
    name: 'teamDelete',
    description: 'Deletes a team; its memberships, roles and grants end with it. For ADMINs.',
    input: TeamDeleteInput,
    ids: [{ field: 'deletedTeamId', id: 'teamId', description: 'The team that is gone.' }],
  }),
  mutation({
    name: 'teamMemberAdd',
    description: 'Puts a member into a team. For ADMINs and its MAINTAINERs.',
    input: TeamMemberAddInput,
    entities: [teamMember('The new membership.')],
  }),
  mutation({
    name: 'teamMemberUpdate',
    description: "Changes a member's role or time in a team. For ADMINs and its MAINTAINERs.",
    input: TeamMemberUpdateInput,
    entities: [teamMember('The membership as it is now.')],
  }),
  mutation({
    name: 'teamMemberRemove',
    description: 'Takes a member out of a team. For ADMINs and its MAINTAINERs.',
    input: TeamMemberRemoveInput,
    entities: [team('The team it was of.')],
    ids: [
      {
        field: 'removedTeamMemberId',
        id: 'teamMemberId',
        description: 'The membership that is gone.',
      },
    ],
  }),
];
