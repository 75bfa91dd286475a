import { Field, ObjectType } from 'type-graphql';
import type { TeamRole } from '../../domain/team/events';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';

export const TeamRoleEnum = stringEnum<TeamRole>('TeamRole', 'What a member is in a team.', {
  MAINTAINER: "May change the team's name and members.",
  MEMBER: 'Has what the team has.',
});

@ObjectType('Team', {
  implements: Node,
  simpleResolvers: true,
  description: 'A set of members who hold roles and grants together.',
})
export class TeamType extends Node {
  @Field(() => String, { description: 'Its short name, never given to another team.' })
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  name!: string;

  @Field(() => String, { description: 'What it is for; may be empty.' })
  description!: string;

  @Field(() => Boolean, {
    description: 'Whether its members may create pipelines in the clusters that the team may use.',
  })
  membersCanCreatePipelines!: boolean;
}

@ObjectType('TeamMember', {
  implements: Node,
  simpleResolvers: true,
  description: "A member's place in a team.",
})
export class TeamMemberType extends Node {
  @Field(() => TeamRoleEnum, { description: 'The role in the team.' })
  role!: TeamRole;

  @Field(() => DateTime, { nullable: true, description: 'When the membership ends by itself.' })
  expiresAt!: number | null;
}

export const TeamConnection = connectionOf('Team', TeamType, 'the teams');
export const TeamMemberConnection = connectionOf(
  'TeamMember',
  TeamMemberType,
  'the memberships of teams',
);
