import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ChangeKind } from '../../access/missing/change';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';

const ChangeKindEnum = stringEnum<ChangeKind>('ChangeKind', 'A change that would allow more.', {
  CHANGE_ROLE: 'Give the member another role in the organization.',
  UNARCHIVE_PIPELINE: 'Unarchive the pipeline.',
  MOVE_PIPELINE: 'Move the pipeline to the cluster; its queue grants end.',
  OPEN_QUEUE: "Open the queue to its cluster's pipelines.",
  LET_MEMBERS_CREATE: 'Let the members of the organization or team create pipelines.',
  JOIN_TEAM: 'Take the member into the team, or raise the role there.',
  GRANT_CLUSTER: 'Give the member or team the level on the cluster; MAINTAINER is a role.',
  GRANT_PIPELINE: 'Grant the member or team the level on the pipeline.',
  GRANT_QUEUE: 'Grant the queue to the pipeline.',
});

@ObjectType('AccessChange', {
  simpleResolvers: true,
  description: 'One change, as a mutation can make it. Fields that it has no use for are null.',
})
export class AccessChangeType {
  @Field(() => ChangeKindEnum, { description: 'What to do.' })
  kind!: ChangeKind;

  @Field(() => ID, { nullable: true, description: 'The member.' })
  userId?: string;

  @Field(() => ID, { nullable: true, description: 'The team.' })
  teamId?: string;

  @Field(() => ID, { nullable: true, description: 'The member or team that is given something.' })
  holderId?: string;

  @Field(() => ID, { nullable: true, description: 'The organization or team.' })
  ownerId?: string;

  @Field(() => ID, { nullable: true, description: 'The cluster.' })
  clusterId?: string;

  @Field(() => ID, { nullable: true, description: 'The queue.' })
  queueId?: string;

  @Field(() => ID, { nullable: true, description: 'The pipeline.' })
  pipelineId?: string;

  @Field(() => String, { nullable: true, description: 'The role to give.' })
  role?: string;

  @Field(() => String, { nullable: true, description: 'The level to grant.' })
  level?: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The branches to grant; none for every branch.',
  })
  branches?: readonly string[];

  @Field(() => DateTime, { nullable: true, description: 'When the grant is to end by itself.' })
  expiresAt?: number | null;

  @Field(() => ID, { nullable: true, description: 'The membership whose role is raised.' })
  raises?: string | null;

  @Field(() => ID, { nullable: true, description: 'The grant that the new one stands for.' })
  replaces?: string | null;
}

@ObjectType('AccessMissingSet', {
  simpleResolvers: true,
  description:
    'Changes all of which together would allow it, in an order in which they can be made.',
})
export class AccessMissingSetType {
  @Field(() => [AccessChangeType], { description: 'The changes.' })
  changes!: readonly AccessChangeType[];
}

@ObjectType('AccessMissingGroup', {
  simpleResolvers: true,
  description: 'Sets of changes of one shape: any one of them would allow it.',
})
export class AccessMissingGroupType {
  @Field(() => String, { description: 'The shape in words.' })
  shape!: string;

  @Field(() => Int, { description: 'How many sets there are, told or not.' })
  count!: number;

  @Field(() => [AccessMissingSetType], {
    description: 'Up to ten of the sets, of those that name nothing that one may not see.',
  })
  sets!: readonly AccessMissingSetType[];

  @Field(() => Int, {
    description: 'How many of the first hundred sets are left out for what they name.',
  })
  hiddenSetCount!: number;
}

@ObjectType('AccessMissing', {
  simpleResolvers: true,
  description: 'What would allow what is denied: the smallest sets of changes.',
})
export class AccessMissingType {
  @Field(() => Boolean, { description: 'False if no change to what is given would allow it.' })
  fixable!: boolean;

  @Field(() => [AccessMissingGroupType], { description: 'The sets of changes by their shape.' })
  groups!: readonly AccessMissingGroupType[];
}
