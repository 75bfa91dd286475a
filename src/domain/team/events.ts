import { Type } from '@sinclair/typebox';
import { defineEvent, idOf, instant, nullable, oneOf, type EventOf } from '../event';
import { NAME_MAX, SLUG_PATTERN, TEXT_MAX } from '../text';

export const TEAM_ROLES = ['MAINTAINER', 'MEMBER'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

const teamId = idOf('tea');
const slug = Type.String({ pattern: SLUG_PATTERN });
const name = Type.String({ minLength: 1, maxLength: NAME_MAX });
const description = Type.String({ maxLength: TEXT_MAX });
const teamMemberId = idOf('tmb');
const userId = idOf('usr');

export const TeamCreated = defineEvent({
  type: 'TeamCreated',
  entity: 'team',
  id: 'teamId',
  data: { teamId, slug, membersCanCreatePipelines: Type.Boolean() },
  personal: { name, description: Type.Optional(description) },
});

export const TeamUpdated = defineEvent({
  type: 'TeamUpdated',
  entity: 'team',
  id: 'teamId',
  data: { teamId, slug: Type.Optional(slug) },
  personal: { name: Type.Optional(name), description: Type.Optional(description) },
});

/** Whether the team's members may create pipelines in clusters the team may use. */
export const TeamPipelineCreationSet = defineEvent({
  type: 'TeamPipelineCreationSet',
  entity: 'team',
  id: 'teamId',
  data: { teamId, membersCanCreatePipelines: Type.Boolean() },
});

export const TeamDeleted = defineEvent({
  type: 'TeamDeleted',
  entity: 'team',
  id: 'teamId',
  ends: true,
  data: { teamId },
});

export const TeamMemberAdded = defineEvent({
  type: 'TeamMemberAdded',
  entity: 'teamMember',
  id: 'teamMemberId',
  data: { teamMemberId, teamId, userId, role: oneOf(TEAM_ROLES), expiresAt: nullable(instant) },
});

export const TeamMemberUpdated = defineEvent({
  type: 'TeamMemberUpdated',
  entity: 'teamMember',
  id: 'teamMemberId',
  data: { teamMemberId, teamId, userId, role: oneOf(TEAM_ROLES), expiresAt: nullable(instant) },
});

export const TeamMemberRemoved = defineEvent({
  type: 'TeamMemberRemoved',
  entity: 'teamMember',
  id: 'teamMemberId',
  ends: true,
  data: { teamMemberId, teamId, userId },
});

export type TeamEvent =
  | EventOf<typeof TeamCreated>
  | EventOf<typeof TeamUpdated>
  | EventOf<typeof TeamPipelineCreationSet>
  | EventOf<typeof TeamDeleted>;

export type TeamMemberEvent =
  | EventOf<typeof TeamMemberAdded>
  | EventOf<typeof TeamMemberUpdated>
  | EventOf<typeof TeamMemberRemoved>;

export const teamEvents = [
  TeamCreated,
  TeamUpdated,
  TeamPipelineCreationSet,
  TeamDeleted,
  TeamMemberAdded,
  TeamMemberUpdated,
  TeamMemberRemoved,
];
