import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Moment } from '../../access/facts';
import type { EntityKind, Versioned } from '../../domain/entity';
import { Node } from '../node/node';
import { PageInfo } from '../paging/connection';
import { MomentType } from './moment';
import { ReasonType, type Lazy } from './types';

@ObjectType('AccessResource', {
  simpleResolvers: true,
  description: 'Something on which a subject is allowed it, and why.',
})
export class AccessResourceType {
  @Field(() => ID, { description: 'Its id.' })
  resourceId!: string;

  @Field(() => Node, { nullable: true, description: 'What it is; null if it is gone since.' })
  resource!: Lazy<Versioned<EntityKind> | null>;

  @Field(() => [ReasonType], { description: 'The first chain that allows it, as in a check.' })
  reasons!: Lazy<readonly ReasonType[]>;
}

@ObjectType('AccessResourceEdge', {
  simpleResolvers: true,
  description: 'One of the things on which it is allowed, in the list.',
})
class AccessResourceEdge {
  @Field(() => AccessResourceType, { description: 'On what.' })
  node!: AccessResourceType;

  @Field(() => String, { description: 'Where it stands: an argument for `after`.' })
  cursor!: string;
}

@ObjectType('AccessResourceConnection', {
  simpleResolvers: true,
  description: 'A page of the things on which it is allowed. All pages are of one moment.',
})
export class AccessResourceConnection {
  @Field(() => MomentType, { description: 'What the answer is true of, on every page.' })
  moment!: Moment;

  @Field(() => Int, { description: 'The version of the rules in force at the moment.' })
  rulesVersion!: number;

  @Field(() => String, { nullable: true, description: 'With reach: whom the answer leaves out.' })
  notice!: string | null;

  @Field(() => Int, { description: 'How many on all pages are left out: one may not see them.' })
  hiddenCount!: number;

  @Field(() => [AccessResourceEdge], { description: 'What the page holds, each with its cursor.' })
  edges!: readonly AccessResourceEdge[];

  @Field(() => [AccessResourceType], { description: 'What the page holds.' })
  nodes!: readonly AccessResourceType[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfo;
}
