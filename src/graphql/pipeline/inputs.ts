import { Field, ID, InputType } from 'type-graphql';
import type { PipelineLevel } from '../../domain/pipeline/events';
import { ChangeInput, HolderInput, UpdateInput } from '../mutation/inputs';
import { DateTime } from '../scalars/date-time';
import { IsGiven, IsId, IsName, IsNotNull, IsSlug, IsText } from '../validation/validators';
import { PipelineLevelEnum } from './types';

const REPOSITORY_MAX = 500;

@InputType({ description: 'The pipeline to create.' })
export class PipelineCreateInput extends ChangeInput {
  @Field(() => ID, { description: 'The organization it belongs to.' })
  @IsId('org')
  organizationId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The cluster it shall be in. Without one it runs nowhere, and only ADMINs may make it.',
  })
  @IsId('clu')
  clusterId?: string | null;

  @Field(() => String, { description: 'Its short name, never used by a pipeline before.' })
  @IsSlug()
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  @IsName()
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsNotNull()
  @IsText()
  description?: string;

  @Field(() => String, { nullable: true, description: 'Where its code lies.' })
  @IsName(REPOSITORY_MAX)
  repository?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The team that gets MANAGE; else oneself. If one may create it only through teams, one of those.',
  })
  @IsNotNull()
  @IsId('tea')
  teamId?: string;
}

@InputType({ description: 'What to change of a pipeline.' })
export class PipelineUpdateInput extends UpdateInput {
  @Field(() => ID, { description: 'The pipeline.' })
  @IsId('pip')
  pipelineId!: string;

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

  @Field(() => String, { nullable: true, description: 'Where its code lies; null for unknown.' })
  @IsName(REPOSITORY_MAX)
  repository?: string | null;
}

@InputType({ description: 'Where to move a pipeline.' })
export class PipelineMoveInput extends UpdateInput {
  @Field(() => ID, { description: 'The pipeline.' })
  @IsId('pip')
  pipelineId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The cluster it shall be in. Must be given; null moves it out of every cluster.',
  })
  @IsId('clu')
  @IsGiven()
  clusterId!: string | null;
}

@InputType({ description: 'The pipeline to archive.' })
export class PipelineArchiveInput extends ChangeInput {
  @Field(() => ID, { description: 'The pipeline.' })
  @IsId('pip')
  pipelineId!: string;
}

@InputType({ description: 'The pipeline to take back into use.' })
export class PipelineUnarchiveInput extends ChangeInput {
  @Field(() => ID, { description: 'The pipeline.' })
  @IsId('pip')
  pipelineId!: string;
}

@InputType({ description: 'Who shall get what on a pipeline.' })
export class PipelineGrantInput extends HolderInput {
  @Field(() => ID, { description: 'The pipeline.' })
  @IsId('pip')
  pipelineId!: string;

  @Field(() => PipelineLevelEnum, { description: 'What it gives.' })
  level!: PipelineLevel;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When it ends by itself. For oneself and teams of one's own: no later than one's own MANAGE.",
  })
  expiresAt?: number | null;
}

@InputType({ description: 'The grant on a pipeline to revoke.' })
export class PipelineRevokeInput extends ChangeInput {
  @Field(() => ID, { description: 'The grant.' })
  @IsId('gra')
  grantId!: string;
}
