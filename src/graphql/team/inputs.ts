import { Field, ID, InputType } from 'type-graphql';
import type { TeamRole } from '../../domain/team/events';
import { ChangeInput, UpdateInput } from '../mutation/inputs';
import { DateTime } from '../scalars/date-time';
import { IsId, IsName, IsNotNull, IsSlug, IsText } from '../validation/validators';
import { TeamRoleEnum } from './types';

@InputType({ description: 'The team to create.' })
export class TeamCreateInput extends ChangeInput {
  @Field(() => ID, { description: 'The organization it belongs to.' })
  @IsId('org')
  organizationId!: string;

  @Field(() => String, { description: 'Its short name, never used by a team before.' })
  @IsSlug()
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  @IsName()
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsNotNull()
  @IsText()
  description?: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether its members may create pipelines where the team has USE. No, if left out.',
  })
  @IsNotNull()
  membersCanCreatePipelines?: boolean;
}

@InputType({ description: 'What to change of a team.' })
export class TeamUpdateInput extends UpdateInput {
  @Field(() => ID, { description: 'The team.' })
  @IsId('tea')
  teamId!: string;

  @Field(() => String, { nullable: true, description: 'Another short name, never used before.' })
  @IsNotNull()
  @IsSlug()
  slug?: string;

  @Field(() => String, { nullable: true, description: 'Another name for people.' })
  @IsNotNull()
  @IsName()
  name?: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsNotNull()
  @IsText()
  description?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its members may create pipelines where the team has USE. For ADMINs.',
  })
  @IsNotNull()
  membersCanCreatePipelines?: boolean;
}

@InputType({ description: 'The team to delete.' })
export class TeamDeleteInput extends ChangeInput {
  @Field(() => ID, { description: 'The team.' })
  @IsId('tea')
  teamId!: string;
}

@InputType({ description: 'Whom to put into a team.' })
export class TeamMemberAddInput extends ChangeInput {
  @Field(() => ID, { description: 'The team.' })
  @IsId('tea')
  teamId!: string;

  @Field(() => ID, { description: 'The member.' })
  @IsId('usr')
  userId!: string;

  @Field(() => TeamRoleEnum, { description: 'The role in the team.' })
  role!: TeamRole;

  @Field(() => DateTime, { nullable: true, description: 'When the membership ends by itself.' })
  expiresAt?: number | null;
}

@InputType({ description: "What to change of a member's place in a team." })
export class TeamMemberUpdateInput extends UpdateInput {
  @Field(() => ID, { description: 'The membership.' })
  @IsId('tmb')
  teamMemberId!: string;

  @Field(() => TeamRoleEnum, { nullable: true, description: 'Another role in the team.' })
  @IsNotNull()
  role?: TeamRole;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the membership ends by itself; null for never. One cannot put off the end of one's own.",
  })
  expiresAt?: number | null;
}

@InputType({ description: 'The membership to take away.' })
export class TeamMemberRemoveInput extends ChangeInput {
  @Field(() => ID, { description: 'The membership.' })
  @IsId('tmb')
  teamMemberId!: string;
}
