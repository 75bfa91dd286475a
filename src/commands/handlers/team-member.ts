import { isRefusal, notFound } from '../../domain/refusal';
import { addTeamMember, endTeamMember, updateTeamMember } from '../../domain/team/decide-member';
import type { TeamMemberAddInput, TeamMemberRemoveInput, TeamMemberUpdateInput } from '../inputs';
import { onEntity } from './on-entity';
import { clearPair } from './pair';
import { after, planOf } from './plan';

export const teamMemberAdd = onEntity<'team', 'teamId', TeamMemberAddInput>({
  mutation: 'teamMemberAdd',
  kind: 'team',
  field: 'teamId',
  decide: (team, input, world, { newId }) => {
    const member = world.get('member', input.userId);
    if (member === undefined) return notFound('userId');
    const cleared = clearPair(world, member.id, 'teamMember', team.id, null);
    if (isRefusal(cleared)) return cleared;
    const { role, expiresAt = null } = input;
    const teamMemberId = newId('tmb');
    const decided = addTeamMember(teamMemberId, team, member, { role, expiresAt }, world.now);
    return planOf(after(cleared, decided), { teamMemberId, teamId: team.id, userId: member.id });
  },
});

export const teamMemberUpdate = onEntity<'teamMember', 'teamMemberId', TeamMemberUpdateInput>({
  mutation: 'teamMemberUpdate',
  kind: 'teamMember',
  field: 'teamMemberId',
  of: (membership) => membership?.teamId,
  decide: (membership, input, world) => {
    const { id: teamMemberId, teamId, userId } = membership;
    const decided = updateTeamMember(membership, input, world.now);
    return planOf(decided, { teamMemberId, teamId, userId });
  },
});

export const teamMemberRemove = onEntity<'teamMember', 'teamMemberId', TeamMemberRemoveInput>({
  mutation: 'teamMemberRemove',
  kind: 'teamMember',
  field: 'teamMemberId',
  of: (membership) => membership?.teamId,
  decide: (membership) => {
    const { id: teamMemberId, teamId, userId } = membership;
    return planOf([endTeamMember(membership)], { teamMemberId, teamId, userId });
  },
});
