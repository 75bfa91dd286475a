import { ValidateNested } from 'class-validator';
import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { Action } from '../../access/actions';
import { questionOf } from '../../access/lists/ask';
import { askedActions } from '../../access/lists/asked';
import { principalOf } from '../../access/lists/lists';
import type { ClusterId } from '../../domain/id';
import type { RequestContext } from '../context';
import { Position } from '../scalars/position';
import { IsId, IsName } from '../validation/validators';
import { AccessActionsType } from './action-types';
import { AS_OF, askerAt, BRANCH, subjectOf, SUBJECT, TARGET, whenOf, wordsOf } from './arguments';
import { AT_LEAST } from './at-least';
import { AsOfInput } from './moment';
import { toReasons } from './reasons';
import { decideFor, standpointOf } from './standpoint';
import { noticeOf } from './types';

@ArgsType()
class AccessActionsArgs {
  @Field(() => ID, { description: SUBJECT })
  @IsId('usr', 'pip')
  subjectId!: string;

  @Field(() => ID, { description: 'On what.' })
  @IsName()
  resourceId!: string;

  @Field(() => String, { nullable: true, description: BRANCH })
  @IsName(255)
  branch?: string | null;

  @Field(() => ID, { nullable: true, description: TARGET })
  @IsId('clu')
  targetClusterId?: ClusterId | null;

  @Field(() => AsOfInput, { nullable: true, description: AS_OF })
  @ValidateNested()
  asOf?: AsOfInput | null;

  @Field(() => Position, { nullable: true, description: AT_LEAST })
  atLeast?: number | null;
}

@Resolver()
export class AccessActionsQuery {
  @Query(() => AccessActionsType, {
    nullable: true,
    description:
      'What may X do on Z? About oneself; for ADMIN, AUDITOR and who manages the resource about everyone. For all others it is unknown, and nothing is listed.',
  })
  async accessActions(
    @Args(() => AccessActionsArgs) args: AccessActionsArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessActionsType> {
    const organizationId = await askerAt(context, args);
    const standpoint = standpointOf(context, whenOf(context, organizationId, args));
    const { facts } = standpoint;
    const subject = subjectOf(args.subjectId);
    const principal = principalOf(subject.kind, subject.id);
    const words = wordsOf(args);
    const question = (action: Action) =>
      questionOf({ ...words, action }, principal, args.resourceId);
    const shown = askedActions(standpoint, subject, args.resourceId, words);
    return {
      moment: facts.moment,
      rulesVersion: facts.rulesVersion,
      nodes: shown.map((action) => ({
        action,
        reasons: () =>
          toReasons(context, standpoint, decideFor(context, standpoint, question(action)).reasons),
        notice: noticeOf(action),
      })),
    };
  }
}
