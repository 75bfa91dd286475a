import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Moment } from '../../access/facts';
import type { EntityKind, Versioned } from '../../domain/entity';
import { Node } from '../node/node';
import { PageInfo } from '../paging/connection';
import { MomentType } from './moment';
import { ReasonType, type Lazy } from './types';
import { AccessWaysType } from './ways-types';

@ObjectType('AccessSubject', {
  simpleResolvers: true,
  description: 'A member or a pipeline that is allowed it, and how.',
})
export class AccessSubjectType {
  @Field(() => ID, { description: 'The id of the member or pipeline.' })
  subjectId!: string;

  @Field(() => Node, { nullable: true, description: 'Which it is; null if it is gone since.' })
  subject!: Lazy<Versioned<EntityKind> | null>;

  @Field(() => [ReasonType], { description: 'The first chain that allows it, as in a check.' })
  reasons!: Lazy<readonly ReasonType[]>;

  @Field(() => AccessWaysType, { description: 'Every way in which it is allowed.' })
  ways!: Lazy<Promise<AccessWaysType>>;
}

@ObjectType('AccessSubjectEdge', {
  simpleResolvers: true,
  description: 'One of those who may, in the list.',
})
class AccessSubjectEdge {
  @Field(() => AccessSubjectType, { description: 'Who may.' })
  node!: AccessSubjectType;

  @Field(() => String, { description: 'Where it stands: an argument for `after`.' })
  cursor!: string;
}

@ObjectType('AccessSubjectConnection', {
  simpleResolvers: true,
  description: 'A page of those who may. All pages are of one moment.',
})
export class AccessSubjectConnection {
  @Field(() => MomentType, { description: 'What the answer is true of, on every page.' })
  moment!: Moment;

  @Field(() => Int, { description: 'The version of the rules in force at the moment.' })
  rulesVersion!: number;

  @Field(() => String, { nullable: true, description: 'With reach: whom the answer leaves out.' })
  notice!: string | null;

  @Field(() => Int, { description: 'How many on all pages are left out: one may not see them.' })
  hiddenCount!: number;

  @Field(() => [AccessSubjectEdge], { description: 'What the page holds, each with its cursor.' })
  edges!: readonly AccessSubjectEdge[];

  @Field(() => [AccessSubjectType], { description: 'What the page holds.' })
  nodes!: readonly AccessSubjectType[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfo;
}
