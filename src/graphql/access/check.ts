import { ValidateNested } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import type { Action } from '../../access/actions';
import { denied } from '../../access/decision';
import { decide } from '../../access/engine';
import type { Decision, Principal } from '../../access/question';
import type { ClusterId, PipelineId, UserId } from '../../domain/id';
import { ask, askerOf, maySee } from '../authorize';
import type { RequestContext } from '../context';
import { IsAction, IsId, IsName } from '../validation/validators';
import { AsOfInput, momentOf, toAsOf } from './moment';
import { readsEverything, toReasonLists } from './reasons';
import { AccessDecisionType, REACH_NOTICE } from './types';

@InputType({ description: 'May the subject do the action on the resource?' })
class AccessCheckInput {
  @Field(() => ID, { description: 'Who: a member or a pipeline.' })
  @IsId('usr', 'pip')
  subjectId!: string;

  @Field(() => String, { description: 'What, by its full name, such as `cluster:use`.' })
  @IsAction()
  action!: Action;

  @Field(() => ID, { description: 'On what.' })
  @IsName()
  resourceId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'For `queue:run` and `agent:run`: the branch of the job.',
  })
  @IsName(255)
  branch?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'For `pipeline:move`: the cluster to move to; null for out of every cluster.',
  })
  @IsId('clu')
  targetClusterId?: ClusterId | null;

  @Field(() => AsOfInput, { nullable: true, description: 'When; now, if left out.' })
  @ValidateNested()
  asOf?: AsOfInput | null;
}

@Resolver()
export class AccessCheckQuery {
  @Query(() => AccessDecisionType, {
    nullable: true,
    description:
      'May X do Y on Z, and why? About oneself; for ADMIN, AUDITOR and who manages the resource about everyone. For all others every resource is unknown.',
  })
  accessCheck(
    @Arg('input', () => AccessCheckInput, { description: 'The question.' }) input: AccessCheckInput,
    @Ctx() context: RequestContext,
  ): AccessDecisionType {
    const { organizationId } = askerOf(context, 'access:ask');
    const moment = momentOf(context, organizationId, toAsOf(input.asOf ?? undefined));
    const facts = context.queries.facts(organizationId, moment);
    const decision = shownTo(context, input, decide(facts, toQuestion(input)));
    const { allowed, code, message } = decision;
    return {
      allowed,
      code,
      message,
      moment,
      rulesVersion: facts.rulesVersion,
      reasons: toReasonLists(context, [decision.reasons])[0] ?? [],
      notice: input.action.endsWith(':reach') ? REACH_NOTICE : null,
    };
  }
}

/**
 * The decision as far as the asker may know it, by the rights of today also when it is about the
 * past. To who may not ask every resource is unknown; so is, in a denial, one that the asker cannot
 * see: whoever asks about themselves must not learn what exists.
 */
function shownTo(
  context: RequestContext,
  { subjectId, resourceId, targetClusterId }: AccessCheckInput,
  decision: Decision,
): Decision {
  if (readsEverything(context)) return decision;
  // Where to is as much asked about as what: a cluster that the asker cannot see is unknown too.
  if (targetClusterId != null && !maySee(context, targetClusterId)) return denied('NOT_FOUND');
  const question = { action: 'access:ask', resource: resourceId, about: subjectId } as const;
  const mayKnow =
    ask(context, question).allowed && (decision.allowed || maySee(context, resourceId));
  return mayKnow ? decision : denied('NOT_FOUND');
}

function toQuestion({ subjectId, action, resourceId, branch, targetClusterId }: AccessCheckInput) {
  return {
    principal: toPrincipal(subjectId),
    action,
    resource: resourceId,
    ...(branch == null ? {} : { branch }),
    ...(targetClusterId === undefined ? {} : { targetClusterId }),
  };
}

// Validated: an id with one of the two prefixes.
function toPrincipal(id: string): Principal {
  return id.startsWith('pip_')
    ? { kind: 'pipeline', id: id as PipelineId }
    : { kind: 'user', id: id as UserId, scopes: null };
}
