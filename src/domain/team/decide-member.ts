import type { Decided } from '../decided';
import type { Versioned } from '../entity';
import type { DomainEvent } from '../event';
import { firstRefusal } from '../fields';
import type { TeamMemberId } from '../id';
import { checkCanHold } from '../member/decide';
import type { Member } from '../member/state';
import { checkExpiry, checkVersion, refuse } from '../refusal';
import { TeamMemberAdded, TeamMemberRemoved, TeamMemberUpdated, type TeamRole } from './events';
import type { Team, TeamMember } from './state';

/** A member of the organization joins the team, until `expiresAt` if there is one. */
export function addTeamMember(
  teamMemberId: TeamMemberId,
  team: Team,
  member: Member,
  wish: { readonly role: TeamRole; readonly expiresAt: number | null },
  now: number,
): Decided {
  const refusal = firstRefusal(checkCanHold(member), checkExpiry(wish.expiresAt, now));
  if (refusal !== undefined) return refusal;
  const { role, expiresAt } = wish;
  return [
    TeamMemberAdded.make({ teamMemberId, teamId: team.id, userId: member.id, role, expiresAt }),
  ];
}

export interface TeamMemberWish {
  readonly role?: TeamRole;
  readonly expiresAt?: number | null;
  readonly expectedVersion?: number;
}

/** An expired membership stays expired: nothing revives. The member is added anew instead. */
export function updateTeamMember(
  membership: Versioned<'teamMember'>,
  wish: TeamMemberWish,
  now: number,
): Decided {
  const { role = membership.role, expiresAt = membership.expiresAt } = wish;
  const refusal = firstRefusal(
    checkVersion(membership.version, wish.expectedVersion),
    checkExpiry(membership.expiresAt, now) &&
      refuse('INVALID', 'teamMemberId', 'The membership has expired. Add the member anew.'),
    checkExpiry(expiresAt, now),
  );
  if (refusal !== undefined) return refusal;
  if (role === membership.role && expiresAt === membership.expiresAt) return [];
  const { id: teamMemberId, teamId, userId } = membership;
  return [TeamMemberUpdated.make({ teamMemberId, teamId, userId, role, expiresAt })];
}

export function endTeamMember({ id, teamId, userId }: TeamMember): DomainEvent {
  return TeamMemberRemoved.make({ teamMemberId: id, teamId, userId });
}
