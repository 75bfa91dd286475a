import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { Action } from '../../access/actions';
import type { Moment } from '../../access/facts';
import { questionOf, type ListAsk } from '../../access/lists/ask';
import { principalOf } from '../../access/lists/lists';
import type { Subject } from '../../access/lists/asked';
import { askQuestion } from '../ask-question';
import type { RequestContext } from '../context';
import { findAny } from '../node/find';
import { IsId, IsListedAction } from '../validation/validators';
import { AccessListArgs, subjectOf, SUBJECT } from './arguments';
import { accessPage } from './page';
import { toReasons } from './reasons';
import { decideFor, standpointOf } from './standpoint';
import { AccessResourceConnection, type AccessResourceType } from './resource-types';

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
      const { reasons } = decideFor(context, standpoint, questionOf(ask, principal, resourceId));
      return toReasons(context, standpoint, reasons);
    },
  }));
}
