import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Action } from '../../access/actions';
import { decide } from '../../access/engine';
import type { Moment } from '../../access/facts';
import { questionOf, type ListAsk } from '../../access/lists/ask';
import { principalOf } from '../../access/lists/lists';
import type { Subject } from '../../access/lists/seen';
import type { EntityKind, Versioned } from '../../domain/entity';
import { askQuestion } from '../ask-question';
import type { RequestContext } from '../context';
import { findAny } from '../node/find';
import { Node } from '../node/node';
import { PageInfo } from '../paging/connection';
import { IsId, IsListedAction } from '../validation/validators';
import { AccessListArgs, subjectOf, SUBJECT } from './arguments';
import { MomentType } from './moment';
import { accessPage } from './page';
import { toReasons } from './reasons';
import { standpointOf } from './standpoint';
import { ReasonType, type Lazy } from './types';

@ObjectType('AccessResource', {
  simpleResolvers: true,
  description: 'Something on which a subject is allowed it, and why.',
})
class AccessResourceType {
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
class AccessResourceConnection {
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

@ArgsType()
class AccessResourcesArgs extends AccessListArgs {
  @Field(() => ID, { description: SUBJECT })
  @IsId('usr', 'pip')
  subjectId!: string;

  @Field(() => String, {
    description: 'What, by its full name, such as `cluster:use`. Not `access:ask`.',
  })
  @IsListedAction()
  action!: Action;
}

@Resolver()
export class AccessResourcesQuery {
  @Query(() => AccessResourceConnection, {
    nullable: true,
    description:
      'On what may X do Y, and why: everything of the kind that the action is for, by id and in pages of one moment. About oneself, and for ADMIN and AUDITOR, everything; for all others what they manage themselves.',
  })
  accessResources(
    @Args(() => AccessResourcesArgs) args: AccessResourcesArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessResourceConnection> {
    const { action, subjectId } = args;
    const subject = subjectOf(subjectId);
    return accessPage(
      context,
      { name: 'accessResources', endId: subjectId, action },
      args,
      (told) => askQuestion(context, 'listResources', { ...told, subject }),
      (ids, moment, ask) => toResources(context, { moment, ask, subject }, ids),
    );
  }
}

interface Listed {
  readonly moment: Moment;
  readonly ask: ListAsk;
  readonly subject: Subject;
}

function toResources(
  context: RequestContext,
  { moment, ask, subject }: Listed,
  ids: readonly string[],
): readonly AccessResourceType[] {
  const standpoint = standpointOf(context, moment);
  const principal = principalOf(subject.kind, subject.id);
  return ids.map((resourceId) => ({
    resourceId,
    resource: () => findAny(context, resourceId),
    reasons: () => {
      const { reasons } = decide(standpoint.facts, questionOf(ask, principal, resourceId));
      return toReasons(context, standpoint, reasons);
    },
  }));
}
