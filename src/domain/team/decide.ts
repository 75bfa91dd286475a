import { changes, type Decided } from '../decided';
import type { Versioned } from '../entity';
import type { DomainEvent } from '../event';
import { checkName, checkNameFree, checkSlug, checkText, firstRefusal } from '../fields';
import type { TeamId } from '../id';
import { checkVersion } from '../refusal';
import { TeamCreated, TeamDeleted, TeamPipelineCreationSet, TeamUpdated } from './events';
import type { Team } from './state';

export interface NewTeam {
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly membersCanCreatePipelines?: boolean;
}

export function createTeam(teamId: TeamId, wish: NewTeam, slugOwner: string | undefined): Decided {
  const { slug, name, description, membersCanCreatePipelines = false } = wish;
  const refusal = firstRefusal(
    checkSlug(slug),
    checkName(name),
    checkText(description),
    checkNameFree(slugOwner, null),
  );
  if (refusal !== undefined) return refusal;
  return [
    TeamCreated.make(
      { teamId, slug, membersCanCreatePipelines },
      { name, ...(description ? { description } : {}) },
    ),
  ];
}

export interface TeamWish {
  readonly slug?: string;
  readonly name?: string;
  readonly description?: string;
  readonly membersCanCreatePipelines?: boolean;
  readonly expectedVersion?: number;
}

export function updateTeam(
  team: Versioned<'team'>,
  wish: TeamWish,
  slugOwner: string | undefined,
): Decided {
  const { slug, name, description, membersCanCreatePipelines: lets } = wish;
  const refusal = firstRefusal(
    checkVersion(team.version, wish.expectedVersion),
    checkSlug(slug),
    checkName(name),
    checkText(description),
    checkNameFree(slugOwner, team.id),
  );
  if (refusal !== undefined) return refusal;
  const teamId = team.id;
  const events: DomainEvent[] = [];
  const data = changes(team, { slug });
  const personal = changes(team, { name, description });
  if (data ?? personal) events.push(TeamUpdated.make({ teamId, ...data }, personal));
  if (lets !== undefined && lets !== team.membersCanCreatePipelines) {
    events.push(TeamPipelineCreationSet.make({ teamId, membersCanCreatePipelines: lets }));
  }
  return events;
}

/** Memberships, roles and grants of the team end with it, which the caller must see to. */
export function deleteTeam(team: Team): DomainEvent {
  return TeamDeleted.make({ teamId: team.id });
}
