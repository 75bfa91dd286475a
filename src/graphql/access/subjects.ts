import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { Action } from '../../access/actions';
import type { Moment } from '../../access/facts';
import { questionOf, type ListAsk } from '../../access/lists/ask';
import { principalOf } from '../../access/lists/lists';
import type { ToldWays } from '../../questions/ways';
import { askQuestion } from '../ask-question';
import type { RequestContext } from '../context';
import { findAny } from '../node/find';
import { IsAction, IsName } from '../validation/validators';
import { AccessListArgs, subjectOf } from './arguments';
import { accessPage } from './page';
import { toReasons } from './reasons';
import { decideFor, standpointOf } from './standpoint';
import { AccessSubjectConnection, type AccessSubjectType } from './subject-types';
import { NO_WAYS, toWays } from './ways';
import type { AccessWaysType } from './ways-types';

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
      'Who may do Y on Z, and how: every member, or pipeline if it is for pipelines, by id and in pages of one moment. `cluster:reach` and `queue:reach` ask who can, in any way, get code onto the agents there. For ADMIN, AUDITOR and who manages the resource everyone; all others find only themselves.',
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
    const told = (await asked).find((ways) => ways.subjectId === subjectId);
    return told === undefined ? NO_WAYS : toWays(told);
  };
  return subjects.map((subjectId) => ({
    subjectId,
    subject: () => findAny(context, subjectId),
    reasons: () => {
      const { kind, id } = subjectOf(subjectId);
      const question = questionOf(ask, principalOf(kind, id), resource);
      return toReasons(context, standpoint, decideFor(context, standpoint, question).reasons);
    },
    ways: () => waysOf(subjectId),
  }));
}
