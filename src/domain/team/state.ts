import type { Occurrence } from '../event';
import type { TeamId, TeamMemberId, UserId } from '../id';
import type { TeamEvent, TeamMemberEvent, TeamRole } from './events';

export interface Team {
  readonly id: TeamId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly membersCanCreatePipelines: boolean;
  readonly createdAt: number;
}

export interface TeamMember {
  readonly id: TeamMemberId;
  readonly teamId: TeamId;
  readonly userId: UserId;
  readonly role: TeamRole;
  readonly expiresAt: number | null;
  readonly createdAt: number;
}

/** Folds one event into the team; undefined once deleted. */
export function evolveTeam(
  before: Team | undefined,
  event: TeamEvent,
  at: Occurrence,
): Team | undefined {
  if (event.type === 'TeamCreated') {
    const { teamId, slug, membersCanCreatePipelines } = event.data;
    return {
      id: teamId,
      slug,
      name: event.personal?.name ?? slug,
      description: event.personal?.description ?? '',
      membersCanCreatePipelines,
      createdAt: at.recordedAt,
    };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'TeamUpdated':
      return {
        ...before,
        slug: event.data.slug ?? before.slug,
        name: event.personal?.name ?? before.name,
        description: event.personal?.description ?? before.description,
      };
    case 'TeamPipelineCreationSet':
      return { ...before, membersCanCreatePipelines: event.data.membersCanCreatePipelines };
    case 'TeamDeleted':
      return undefined;
  }
}

/** Folds one event into the membership; undefined once removed. */
export function evolveTeamMember(
  before: TeamMember | undefined,
  event: TeamMemberEvent,
  at: Occurrence,
): TeamMember | undefined {
  switch (event.type) {
    case 'TeamMemberAdded': {
      const { teamMemberId, teamId, userId, role, expiresAt } = event.data;
      return { id: teamMemberId, teamId, userId, role, expiresAt, createdAt: at.recordedAt };
    }
    case 'TeamMemberUpdated':
      return before && { ...before, role: event.data.role, expiresAt: event.data.expiresAt };
    case 'TeamMemberRemoved':
      return undefined;
  }
}
