import { Field, ObjectType } from 'type-graphql';
import type { QueueMode } from '../../domain/queue/events';
import { Node } from '../node/node';
import { connectionOf } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';

export const QueueModeEnum = stringEnum<QueueMode>('QueueMode', 'Which pipelines a queue takes.', {
  OPEN: "Every pipeline of the queue's cluster.",
  RESTRICTED: "Only pipelines of the queue's cluster that a grant names.",
});

@ObjectType('QueuePause', {
  simpleResolvers: true,
  description: 'Who stopped a queue from giving out jobs, when and why. Changes no access.',
})
export class QueuePauseType {
  @Field(() => String, { description: 'The reason given; may be empty.' })
  note!: string;

  @Field(() => DateTime, { description: 'When it was paused.' })
  at!: number;
}

@ObjectType('Queue', {
  implements: Node,
  simpleResolvers: true,
  description: 'A named lane in a cluster. An agent serves exactly one.',
})
export class QueueType extends Node {
  @Field(() => String, {
    description: 'Its short name, never given to another queue of its cluster.',
  })
  key!: string;

  @Field(() => String, { description: 'What it is for; may be empty.' })
  description!: string;

  @Field(() => QueueModeEnum, { description: 'Which pipelines it takes.' })
  mode!: QueueMode;

  @Field(() => QueuePauseType, {
    nullable: true,
    description: 'Who paused it, when and why; null if it is not paused.',
  })
  paused!: QueuePauseType | null;
}

@ObjectType('QueueGrant', {
  implements: Node,
  simpleResolvers: true,
  description: 'What lets a pipeline run on a RESTRICTED queue of its cluster.',
})
export class QueueGrantType extends Node {
  @Field(() => [String], {
    description:
      'The branches it is for: exact names, or patterns with `*`. None means every branch.',
  })
  branches!: readonly string[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself.' })
  expiresAt!: number | null;
}

export const QueueConnection = connectionOf('Queue', QueueType, 'the queues');
export const QueueGrantConnection = connectionOf(
  'QueueGrant',
  QueueGrantType,
  'the grants on queues',
);
