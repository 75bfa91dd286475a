import { isRefusal, notFound } from '../../domain/refusal';
import { addTeamMember, endTeamMember, updateTeamMember } from '../../domain/team/decide-member';
import type { World } from '../../views/world';
import type { Ask } from '../handler';
import type { TeamMemberAddInput, TeamMemberRemoveInput, TeamMemberUpdateInput } from '../inputs';
import type { Caller } from '../protocol';
import { onEntity } from './on-entity';
import { askToProlong } from './own-rights';
import { clearPair } from './pair';
import { after, planOf } from './plan';

/** A MAINTAINER whose own membership will expire may not prolong it. */
function askToProlongMembership(
  world: World,
  caller: Caller,
  { teamId, userId }: { readonly teamId: string; readonly userId: string },
  expiresAt: number | null | undefined,
): readonly Ask[] {
  if (expiresAt === undefined) return [];
  const maintains = () =>
    world.facts
      .between(userId, 'teamMember', teamId)
      .filter(({ level }) => level === 'MAINTAINER')
      .map((fact) => [fact]);
  return askToProlong(world, caller, { userId }, expiresAt, maintains);
}

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
  of: ({ teamId }) => teamId,
  alsoAsks: (membership, { expiresAt }, world, caller) =>
    askToProlongMembership(world, caller, membership, expiresAt),
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
  of: ({ teamId }) => teamId,
  decide: (membership) => {
    const { id: teamMemberId, teamId, userId } = membership;
    return planOf([endTeamMember(membership)], { teamMemberId, teamId, userId });
  },
});
