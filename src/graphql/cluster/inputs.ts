import { Field, ID, InputType } from 'type-graphql';
import type { ClusterLevel } from '../../domain/cluster/events';
import { ChangeInput, HolderInput, UpdateInput } from '../mutation/inputs';
import { DateTime } from '../scalars/date-time';
import {
  IsColor,
  IsEmoji,
  IsId,
  IsName,
  IsNotNull,
  IsSlug,
  IsText,
} from '../validation/validators';
import { ClusterLevelEnum } from './types';

@InputType({ description: 'The cluster to create.' })
export class ClusterCreateInput extends ChangeInput {
  @Field(() => ID, { description: 'The organization it belongs to.' })
  @IsId('org')
  organizationId!: string;

  @Field(() => String, { description: 'Its short name, never used by a cluster before.' })
  @IsSlug()
  slug!: string;

  @Field(() => String, { description: 'Its name for people.' })
  @IsName()
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsNotNull()
  @IsText()
  description?: string;

  @Field(() => String, { nullable: true, description: 'One emoji to know it by.' })
  @IsEmoji()
  emoji?: string | null;

  @Field(() => String, { nullable: true, description: 'A colour to know it by, such as #1a2b3c.' })
  @IsColor()
  color?: string | null;
}

@InputType({ description: 'What to change of a cluster.' })
export class ClusterUpdateInput extends UpdateInput {
  @Field(() => ID, { description: 'The cluster.' })
  @IsId('clu')
  clusterId!: string;

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

  @Field(() => String, { nullable: true, description: 'One emoji; null for none.' })
  @IsEmoji()
  emoji?: string | null;

  @Field(() => String, { nullable: true, description: 'A colour, such as #1a2b3c; null for none.' })
  @IsColor()
  color?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The queue of the cluster for jobs that name none; null for no such queue.',
  })
  @IsId('que')
  defaultQueueId?: string | null;
}

@InputType({ description: 'The cluster to delete.' })
export class ClusterDeleteInput extends ChangeInput {
  @Field(() => ID, { description: 'The cluster.' })
  @IsId('clu')
  clusterId!: string;
}

@InputType({ description: 'Who shall maintain a cluster.' })
export class ClusterMaintainerAddInput extends HolderInput {
  @Field(() => ID, { description: 'The cluster.' })
  @IsId('clu')
  clusterId!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the role ends by itself.' })
  expiresAt?: number | null;
}

@InputType({ description: 'The maintainer role to take away.' })
export class ClusterMaintainerRemoveInput extends ChangeInput {
  @Field(() => ID, { description: 'The role.' })
  @IsId('mai')
  maintainerId!: string;
}

@InputType({ description: 'Who shall get what on a cluster.' })
export class ClusterGrantInput extends HolderInput {
  @Field(() => ID, { description: 'The cluster.' })
  @IsId('clu')
  clusterId!: string;

  @Field(() => ClusterLevelEnum, { description: 'What it gives.' })
  level!: ClusterLevel;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When it ends by itself. For oneself and teams of one's own: no later than one's own maintainer role.",
  })
  expiresAt?: number | null;
}

@InputType({ description: 'The grant on a cluster to revoke.' })
export class ClusterRevokeInput extends ChangeInput {
  @Field(() => ID, { description: 'The grant.' })
  @IsId('gra')
  grantId!: string;
}
