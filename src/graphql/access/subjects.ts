import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Action } from '../../access/actions';
import { decide } from '../../access/engine';
import type { Moment } from '../../access/facts';
import { questionOf, type ListAsk } from '../../access/lists/ask';
import { principalOf } from '../../access/lists/lists';
import type { EntityKind, Versioned } from '../../domain/entity';
import type { ToldWays } from '../../questions/ways';
import { askQuestion } from '../ask-question';
import type { RequestContext } from '../context';
import { findAny } from '../node/find';
import { Node } from '../node/node';
import { PageInfo } from '../paging/connection';
import { IsAction, IsName } from '../validation/validators';
import { AccessListArgs, subjectOf } from './arguments';
import { MomentType } from './moment';
import { accessPage } from './page';
import { toReasons } from './reasons';
import { standpointOf } from './standpoint';
import { ReasonType, type Lazy } from './types';
import { AccessWaysType } from './ways-types';

@ObjectType('AccessSubject', {
  simpleResolvers: true,
  description: 'A member or a pipeline that is allowed it, and how.',
})
class AccessSubjectType {
  @Field(() => ID, { description: 'The id of the member or pipeline.' })
  subjectId!: string;

  @Field(() => Node, { nullable: true, description: 'Which it is; null if it is gone since.' })
  subject!: Lazy<Versioned<EntityKind> | null>;

  @Field(() => [ReasonType], { description: 'The first chain that allows it, as in a check.' })
  reasons!: Lazy<readonly ReasonType[]>;

  @Field(() => AccessWaysType, { description: 'Every way in which it is allowed.' })
  ways!: Lazy<AccessWaysType>;
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
class AccessSubjectConnection {
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

@ArgsType()
class AccessSubjectsArgs extends AccessListArgs {
  @Field(() => String, { description: 'What, by its full name, such as `queue:reach`.' })
  @IsAction()
  action!: Action;

  @Field(() => ID, { description: 'On what.' })
  @IsName()
  resourceId!: string;
}

@Resolver()
export class AccessSubjectsQuery {
  @Query(() => AccessSubjectConnection, {
    nullable: true,
    description:
      'Who may do Y on Z, and how: every member, or pipeline if it is for pipelines, by id and in pages of one moment. `cluster:reach` and `queue:reach` ask who can, in any way, get code onto the agents there. For ADMIN, AUDITOR and who manages the resource; for all others it is unknown, and nobody is listed.',
  })
  accessSubjects(
    @Args(() => AccessSubjectsArgs) args: AccessSubjectsArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessSubjectConnection> {
    const { action, resourceId: resource } = args;
    return accessPage(
      context,
      { name: 'accessSubjects', endId: resource, action },
      args,
      (told) => askQuestion(context, 'listSubjects', { ...told, resource }),
      (ids, moment, ask) => toSubjects(context, { moment, ask, resource, subjects: ids }),
    );
  }
}

interface Listed {
  readonly moment: Moment;
  readonly ask: ListAsk;
  readonly resource: string;
  readonly subjects: readonly string[];
}

function toSubjects(context: RequestContext, listed: Listed): readonly AccessSubjectType[] {
  const { moment, ask, resource, subjects } = listed;
  const standpoint = standpointOf(context, moment);
  // Asked once for the whole page, and only if it is selected.
  let asked: Promise<readonly ToldWays[]> | undefined;
  const waysOf = async (subjectId: string): Promise<AccessWaysType> => {
    asked ??= askQuestion(context, 'tellWays', listed);
    return (await asked).find((ways) => ways.subjectId === subjectId) ?? NO_WAYS;
  };
  return subjects.map((subjectId) => ({
    subjectId,
    subject: () => findAny(context, subjectId),
    reasons: () => {
      const { kind, id } = subjectOf(subjectId);
      const question = questionOf(ask, principalOf(kind, id), resource);
      return toReasons(context, standpoint, decide(standpoint.facts, question).reasons);
    },
    ways: () => waysOf(subjectId),
  }));
}

/** What is told of a subject whom the asker may not see any more by the time that ways are told. */
const NO_WAYS: AccessWaysType = { wayCount: 0, groups: [], facts: [], hiddenFactCount: 0 };
