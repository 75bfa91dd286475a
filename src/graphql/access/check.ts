import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, InputType, Query, Resolver } from 'type-graphql';
import { questionOf } from '../../access/lists/ask';
import { principalOf } from '../../access/lists/lists';
import type { Standpoint } from '../../access/standpoint';
import { askQuestion } from '../ask-question';
import type { RequestContext } from '../context';
import { Position } from '../scalars/position';
import { AccessQuestionInput, AS_OF, askerAt, subjectOf, whenOf, wordsOf } from './arguments';
import { AT_LEAST } from './at-least';
import type { AccessMissingType } from './missing-types';
import { AsOfInput } from './moment';
import { toReasons } from './reasons';
import { answerFor, standpointOf } from './standpoint';
import { AccessDecisionType, noticeOf } from './types';

const QUESTIONS_MAX = 200;

@InputType({ description: 'May the subject do the action on the resource, and when?' })
class AccessCheckInput extends AccessQuestionInput {
  @Field(() => AsOfInput, { nullable: true, description: AS_OF })
  @ValidateNested()
  asOf?: AsOfInput | null;

  @Field(() => Position, { nullable: true, description: AT_LEAST })
  atLeast?: number | null;
}

@ArgsType()
class AccessChecksArgs {
  @Field(() => [AccessQuestionInput], { description: `The questions, up to ${QUESTIONS_MAX}.` })
  @ArrayMaxSize(QUESTIONS_MAX, { message: `must have at most ${QUESTIONS_MAX} items` })
  @ValidateNested()
  questions!: AccessQuestionInput[];

  @Field(() => AsOfInput, { nullable: true, description: AS_OF })
  @ValidateNested()
  asOf?: AsOfInput | null;

  @Field(() => Position, { nullable: true, description: AT_LEAST })
  atLeast?: number | null;
}

@Resolver()
export class AccessCheckQueries {
  @Query(() => AccessDecisionType, {
    nullable: true,
    description:
      'May X do Y on Z, and why? About oneself; for ADMIN, AUDITOR and who manages the resource about everyone. For all others every resource is unknown.',
  })
  async accessCheck(
    @Arg('input', () => AccessCheckInput, { description: 'The question.' }) input: AccessCheckInput,
    @Ctx() context: RequestContext,
  ): Promise<AccessDecisionType> {
    const organizationId = await askerAt(context, input);
    const standpoint = standpointOf(context, whenOf(context, organizationId, input));
    const [decision] = toDecisions(context, standpoint, [input]);
    if (decision === undefined) throw new Error('a question has no answer');
    return decision;
  }

  @Query(() => [AccessDecisionType], {
    nullable: true,
    description: 'Answers many questions like `accessCheck`, in their order and all of one moment.',
  })
  async accessChecks(
    @Args(() => AccessChecksArgs) args: AccessChecksArgs,
    @Ctx() context: RequestContext,
  ): Promise<readonly AccessDecisionType[]> {
    const organizationId = await askerAt(context, args);
    const standpoint = standpointOf(context, whenOf(context, organizationId, args));
    return toDecisions(context, standpoint, args.questions);
  }
}

function toDecisions(
  context: RequestContext,
  standpoint: Standpoint,
  inputs: readonly AccessQuestionInput[],
): readonly AccessDecisionType[] {
  const { moment, rulesVersion } = standpoint.facts;
  const questions = inputs.map((input) => ({
    subject: subjectOf(input.subjectId),
    resource: input.resourceId,
    ask: { action: input.action, ...wordsOf(input) },
  }));
  // Asked once for all of them, and only if it is selected.
  let asked: Promise<readonly (AccessMissingType | null)[]> | undefined;
  const missingAt = async (at: number): Promise<AccessMissingType | null> => {
    asked ??= askQuestion(context, 'tellMissing', { moment, questions });
    return (await asked)[at] ?? null;
  };
  return questions.map(({ subject, resource, ask }, at) => {
    const question = questionOf(ask, principalOf(subject.kind, subject.id), resource);
    const { allowed, code, message, reasons } = answerFor(context, standpoint, question);
    return {
      ...{ allowed, code, message, moment, rulesVersion },
      reasons: () => toReasons(context, standpoint, reasons),
      missing: () => (allowed ? null : missingAt(at)),
      notice: noticeOf(ask.action),
    };
  });
}
