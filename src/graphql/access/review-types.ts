import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Moment } from '../../access/facts';
import type { EntityKind, Versioned } from '../../domain/entity';
import type { FindingKind } from '../../questions/review';
import { Node } from '../node/node';
import { PageInfo } from '../paging/connection';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';
import { MomentType } from './moment';
import { FactType, type Lazy } from './types';

export const FindingKindEnum = stringEnum<FindingKind>(
  'AccessFindingKind',
  'Why something deserves a look.',
  {
    EXPIRED: 'A grant, membership or maintainer role that has expired and is still on record.',
    EXPIRING: 'A grant, membership or maintainer role that expires within the time asked about.',
    INEFFECTIVE:
      'A grant that does not give what it says, such as BUILD to somebody who may not use the cluster. It may give less: BUILD still lets one read the pipeline.',
    REDUNDANT:
      'A grant or maintainer role that could be taken away without changing any answer, now or later by expiry. All of them could at once. Not every such grant is found.',
    UNUSED:
      'An agent key by which no agent was heard of, or an API token that made no request, for the time asked about. Whether a grant was used is not known here: jobs are not seen.',
  },
);

@ObjectType('AccessFinding', {
  simpleResolvers: true,
  description: 'Something that deserves a look. Nothing was done about it.',
})
export class AccessFindingType {
  @Field(() => FindingKindEnum, { description: 'Why.' })
  kind!: FindingKind;

  @Field(() => ID, { description: 'The grant, membership, role, key or token.' })
  id!: string;

  @Field(() => Node, {
    nullable: true,
    description: 'The thing itself; null if it is gone by now, or one may not see it.',
  })
  node!: Lazy<Versioned<EntityKind> | null>;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'EXPIRED, EXPIRING: when it ends or ended. UNUSED: when it was last used, null if never.',
  })
  at!: number | null;

  @Field(() => String, { description: 'Why, for people.' })
  message!: string;

  @Field(() => FactType, { description: 'What it states.' })
  fact!: FactType;

  @Field(() => [FactType], {
    description: 'The facts that make it so, as far as the asker may see them.',
  })
  grounds!: readonly FactType[];

  @Field(() => Int, { description: 'How many more such facts there are, which one may not see.' })
  hiddenFactCount!: number;
}

@ObjectType('AccessFindingEdge', {
  simpleResolvers: true,
  description: 'One finding, in the list.',
})
class AccessFindingEdge {
  @Field(() => AccessFindingType, { description: 'The finding.' })
  node!: AccessFindingType;

  @Field(() => String, { description: 'Where it stands: an argument for `after`.' })
  cursor!: string;
}

@ObjectType('AccessReview', {
  simpleResolvers: true,
  description: 'A page of what deserves a look: by kind in alphabetical order, then by id.',
})
export class AccessReviewType {
  @Field(() => MomentType, {
    description:
      'What all pages are true of; but for UNUSED, since uses are not recorded in the ledger.',
  })
  moment!: Moment;

  @Field(() => Int, { description: 'How many findings there are on all pages.' })
  shownCount!: number;

  @Field(() => Int, { description: 'How many more there are that one may not see.' })
  hiddenCount!: number;

  @Field(() => [AccessFindingEdge], { description: 'What the page holds, each with its cursor.' })
  edges!: readonly AccessFindingEdge[];

  @Field(() => [AccessFindingType], { description: 'What the page holds.' })
  nodes!: readonly AccessFindingType[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfo;
}
