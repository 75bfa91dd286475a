import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Action } from '../../access/actions';
import type { FactChange } from '../../access/difference/fact-change';
import type { EntityKind, Versioned } from '../../domain/entity';
import { Node } from '../node/node';
import { PageInfo } from '../paging/connection';
import { stringEnum } from '../string-enum';
import { FactEventType, FactType, ReasonType, type Lazy } from './types';

/** What the subjects and resources of a difference are. */
export type EndKind =
  'AGENT' | 'CLUSTER' | 'MEMBER' | 'ORGANIZATION' | 'PIPELINE' | 'QUEUE' | 'TEAM';

const EndKindEnum = stringEnum<EndKind>('AccessEndKind', 'What a subject or a resource is.', {
  AGENT: 'An agent.',
  CLUSTER: 'A cluster.',
  MEMBER: 'A member of the organization.',
  ORGANIZATION: 'The organization.',
  PIPELINE: 'A pipeline.',
  QUEUE: 'A queue.',
  TEAM: 'A team.',
});

const ChangeEnum = stringEnum<'GAINED' | 'LOST'>('AccessDifferenceKind', 'Which way it differs.', {
  GAINED: 'Allowed after, and not before, or on more branches.',
  LOST: 'Allowed before, and not after, or on fewer branches.',
});

@ObjectType('AccessEnd', {
  simpleResolvers: true,
  description: 'Who, or on what: an end of a pair. It may not exist yet, or not any more.',
})
export class AccessEndType {
  @Field(() => ID, {
    description:
      'Its id. Of what the n-th change of a preview makes: the prefix and n in 26 digits.',
  })
  id!: string;

  @Field(() => EndKindEnum, { description: 'What it is.' })
  kind!: EndKind;

  @Field(() => Node, {
    nullable: true,
    description: 'The thing itself; null if there is no such thing now, or one may not see it.',
  })
  node!: Lazy<Versioned<EntityKind> | null>;

  @Field(() => Int, {
    nullable: true,
    description: 'In a preview, of what does not exist yet: the change that makes it, from 1.',
  })
  madeByChange!: number | null;
}

const CauseEnum = stringEnum<FactChange['how']>('AccessCauseKind', 'What became of a fact.', {
  CLOSED: 'An event ended it.',
  EXPIRED: 'It ended by itself, at its `expiresAt`.',
  OPENED: 'An event began it.',
});

@ObjectType('AccessCause', {
  simpleResolvers: true,
  description: 'Something that happened to a fact between two moments, and changed access.',
})
export class AccessCauseType {
  @Field(() => CauseEnum, { description: 'What became of the fact.' })
  how!: FactChange['how'];

  @Field(() => FactType, { description: 'The fact: of the grant, membership or thing.' })
  fact!: FactType;

  @Field(() => FactEventType, {
    nullable: true,
    description: 'The event that began or ended it; null if it expired.',
  })
  event!: FactEventType | null;
}

@ObjectType('AccessActionDifference', {
  simpleResolvers: true,
  description: 'An action that is allowed further, or less far, than before.',
})
export class AccessActionDifferenceType {
  @Field(() => String, { description: 'Its full name, such as `cluster:use`.' })
  action!: Action;

  @Field(() => ChangeEnum, { description: 'Which way it differs.' })
  change!: 'GAINED' | 'LOST';

  @Field(() => [String], {
    description: 'For pipelines: the branch patterns gained or lost; none for every branch.',
  })
  branches!: readonly string[];

  @Field(() => ReasonType, {
    nullable: true,
    description:
      'The first chain that allows it: after for GAINED, before for LOST. Facts that a preview supposes have no event.',
  })
  reason!: Lazy<ReasonType | null>;

  @Field(() => [AccessCauseType], {
    description:
      'What made that chain, or broke it, as far as one may see it. Empty for what is only supposed.',
  })
  causes!: Lazy<readonly AccessCauseType[]>;

  @Field(() => Int, { description: 'How many more causes there are that one may not see.' })
  hiddenCauseCount!: number;
}

@ObjectType('AccessDifferencePair', {
  simpleResolvers: true,
  description: 'What differs between one member or pipeline and one thing.',
})
export class AccessDifferencePairType {
  @Field(() => AccessEndType, { description: 'Who: a member or a pipeline.' })
  subject!: AccessEndType;

  @Field(() => AccessEndType, { description: 'On what.' })
  resource!: AccessEndType;

  @Field(() => [AccessActionDifferenceType], { description: 'The actions; at least one.' })
  actions!: readonly AccessActionDifferenceType[];
}

@ObjectType('AccessDifferenceEdge', {
  simpleResolvers: true,
  description: 'One pair, in the list.',
})
class AccessDifferenceEdge {
  @Field(() => AccessDifferencePairType, { description: 'The pair.' })
  node!: AccessDifferencePairType;

  @Field(() => String, { description: 'Where it stands: an argument for `after`.' })
  cursor!: string;
}

@ObjectType('AccessDifferenceConnection', {
  simpleResolvers: true,
  description: 'A page of who gains and loses what, in the order of subjects, then resources.',
})
export class AccessDifferenceConnection {
  @Field(() => Int, { description: 'How many pairs there are on all pages.' })
  shownCount!: number;

  @Field(() => Int, {
    description:
      'How many more pairs there are on what one may ask about, that one may not see. Of the rest nothing is told.',
  })
  hiddenCount!: number;

  @Field(() => [AccessDifferenceEdge], {
    description: 'What the page holds, each with its cursor.',
  })
  edges!: readonly AccessDifferenceEdge[];

  @Field(() => [AccessDifferencePairType], { description: 'What the page holds.' })
  nodes!: readonly AccessDifferencePairType[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfo;
}
