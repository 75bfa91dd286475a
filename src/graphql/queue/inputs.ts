import { Field, ID, InputType } from 'type-graphql';
import type { QueueMode } from '../../domain/queue/events';
import { NOTE_MAX } from '../../domain/text';
import { ChangeInput, UpdateInput } from '../mutation/inputs';
import { DateTime } from '../scalars/date-time';
import { IsBranchPatternList, IsId, IsNotNull, IsQueueKey, IsText } from '../validation/validators';
import { QueueModeEnum } from './types';

@InputType({ description: 'The queue to create.' })
export class ClusterQueueCreateInput extends ChangeInput {
  @Field(() => ID, { description: 'The cluster it belongs to.' })
  @IsId('clu')
  clusterId!: string;

  @Field(() => String, { description: 'Its short name, never used in the cluster before.' })
  @IsQueueKey()
  key!: string;

  @Field(() => QueueModeEnum, {
    description:
      'Which pipelines it takes. OPEN only if one does not reach it then for longer than one maintains the cluster.',
  })
  mode!: QueueMode;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsNotNull()
  @IsText()
  description?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it becomes the cluster's default queue. No, if left out.",
  })
  @IsNotNull()
  makeDefault?: boolean;
}

@InputType({ description: 'What to change of a queue.' })
export class ClusterQueueUpdateInput extends UpdateInput {
  @Field(() => ID, { description: 'The queue.' })
  @IsId('que')
  queueId!: string;

  @Field(() => String, { nullable: true, description: 'Another short name, never used before.' })
  @IsNotNull()
  @IsQueueKey()
  key?: string;

  @Field(() => QueueModeEnum, {
    nullable: true,
    description:
      'Which pipelines it takes. OPEN only if one does not reach it then for longer than before.',
  })
  @IsNotNull()
  mode?: QueueMode;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsNotNull()
  @IsText()
  description?: string;
}

@InputType({ description: 'The queue to delete.' })
export class ClusterQueueDeleteInput extends ChangeInput {
  @Field(() => ID, { description: 'The queue.' })
  @IsId('que')
  queueId!: string;
}

@InputType({ description: 'The queue to pause.' })
export class ClusterQueuePauseInput extends ChangeInput {
  @Field(() => ID, { description: 'The queue.' })
  @IsId('que')
  queueId!: string;

  @Field(() => String, { nullable: true, description: 'Why it is paused.' })
  @IsNotNull()
  @IsText(NOTE_MAX)
  note?: string;
}

@InputType({ description: 'The queue to resume.' })
export class ClusterQueueResumeInput extends ChangeInput {
  @Field(() => ID, { description: 'The queue.' })
  @IsId('que')
  queueId!: string;
}

@InputType({ description: 'Which pipeline shall run on which queue.' })
export class QueuePipelineGrantInput extends ChangeInput {
  @Field(() => ID, { description: 'The queue.' })
  @IsId('que')
  queueId!: string;

  @Field(() => ID, { description: "The pipeline, which is in the queue's cluster." })
  @IsId('pip')
  pipelineId!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'The branches it is for: exact names, or patterns with `*` for any run of characters. None means every branch.',
  })
  @IsNotNull()
  @IsBranchPatternList()
  branches?: string[];

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it ends by itself. It must end where one would reach the queue by it longer than otherwise.',
  })
  expiresAt?: number | null;
}

@InputType({ description: 'The grant on a queue to revoke.' })
export class QueuePipelineRevokeInput extends ChangeInput {
  @Field(() => ID, { description: 'The grant.' })
  @IsId('gra')
  grantId!: string;
}
