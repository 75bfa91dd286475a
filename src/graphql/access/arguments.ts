import { ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Action } from '../../access/actions';
import type { Moment } from '../../access/facts';
import type { ListAsk } from '../../access/lists/ask';
import type { Subject } from '../../access/lists/asked';
import type { ClusterId, OrganizationId } from '../../domain/id';
import { askerOf } from '../authorize';
import type { RequestContext } from '../context';
import { PageArgs } from '../paging/args';
import { Position } from '../scalars/position';
import { IsAction, IsId, IsName } from '../validation/validators';
import { AT_LEAST, awaitPosition } from './at-least';
import { AsOfInput, momentOf, toAsOf } from './moment';

export const BRANCH = 'For `queue:run` and `agent:run`: the branch of the job.';
export const TARGET =
  'For `pipeline:move`: the cluster to move to; null for out of every cluster. Left out: no move.';
export const SUBJECT = 'Who: a member or a pipeline.';
export const AS_OF = 'When; now, if left out.';
const KEEP = 'Keep it from page to page: the cursor pins the moment.';

/** When an answer shall be true of, and how far the ledger must have got. */
export interface When {
  readonly asOf?: AsOfInput | null;
  readonly atLeast?: number | null;
}

/** The words of a question besides its two ends. */
export interface Words {
  readonly branch?: string | null;
  readonly targetClusterId?: ClusterId | null;
}

/** The arguments of every list about access. */
@ArgsType()
export class AccessListArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: BRANCH })
  @IsName(255)
  branch?: string | null;

  @Field(() => ID, { nullable: true, description: TARGET })
  @IsId('clu')
  targetClusterId?: ClusterId | null;

  @Field(() => AsOfInput, { nullable: true, description: `${AS_OF} ${KEEP}` })
  @ValidateNested()
  asOf?: AsOfInput | null;

  @Field(() => Position, { nullable: true, description: AT_LEAST })
  atLeast?: number | null;
}

@InputType({ description: 'May the subject do the action on the resource?' })
export class AccessQuestionInput {
  @Field(() => ID, { description: SUBJECT })
  @IsId('usr', 'pip')
  subjectId!: string;

  @Field(() => String, { description: 'What, by its full name, such as `cluster:use`.' })
  @IsAction()
  action!: Action;

  @Field(() => ID, { description: 'On what.' })
  @IsName()
  resourceId!: string;

  @Field(() => String, { nullable: true, description: BRANCH })
  @IsName(255)
  branch?: string | null;

  @Field(() => ID, { nullable: true, description: TARGET })
  @IsId('clu')
  targetClusterId?: ClusterId | null;
}

/** The words as the engine takes them: null is a target, but no branch. */
export function wordsOf({ branch, targetClusterId }: Words): Omit<ListAsk, 'action'> {
  return {
    ...(branch == null ? {} : { branch }),
    ...(targetClusterId === undefined ? {} : { targetClusterId }),
  };
}

/** Whom the id names. Validated: it has one of the two prefixes. */
export function subjectOf(id: string): Subject {
  return { kind: id.startsWith('pip_') ? 'pipeline' : 'user', id };
}

/**
 * The organization of the member who asks about access, once its ledger has got as far as asked.
 * Throws like `askerOf`, before it waits, and STALE.
 */
export async function askerAt(context: RequestContext, { atLeast }: When): Promise<OrganizationId> {
  const { organizationId } = askerOf(context, 'access:ask');
  await awaitPosition(context, organizationId, atLeast);
  return organizationId;
}

/** The moment asked about. Throws BAD_USER_INPUT if there is none. */
export function whenOf(
  context: RequestContext,
  organizationId: OrganizationId,
  { asOf }: When,
): Moment {
  return momentOf(context, organizationId, toAsOf(asOf ?? undefined));
}
