import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import type { PlannedChange, RefusedChange } from '../../questions/preview-changes';
import { askerOf } from '../authorize';
import type { RequestContext } from '../context';
import { toUserError } from '../mutation/user-error';
import { PageArgs } from '../paging/args';
import { AccessChangeInput, toPlanned } from './change-input';
import { placeOf } from './cursor';
import { pairAt, toDifference } from './difference';
import { listOf, previewOf } from './planned-changes';
import { AccessPreviewType, type RefusedChangeType } from './preview-types';

const CHANGES_MAX = 1000;

@ArgsType()
class AccessPreviewArgs extends PageArgs {
  @Field(() => [AccessChangeInput], {
    description: `What would be done, one after the other: up to ${CHANGES_MAX} changes. Keep them from page to page.`,
  })
  @ArrayMaxSize(CHANGES_MAX, { message: `must have at most ${CHANGES_MAX} items` })
  @ValidateNested()
  changes!: AccessChangeInput[];
}

@Resolver()
export class AccessPreviewQuery {
  @Query(() => AccessPreviewType, {
    nullable: true,
    description:
      'Who would gain and lose what, if these changes were made now? Each is decided as its mutation would be, on what those before it leave; nothing is written. One is shown what one may ask about. All pages are of one moment: once the access ledger has moved on, or one may not do it any more, the next page fails with STALE, and one begins again.',
  })
  async accessPreview(
    @Args(() => AccessPreviewArgs) { changes, first, after }: AccessPreviewArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessPreviewType> {
    askerOf(context, 'access:ask');
    const planned = toPlanned(changes);
    const name = listOf(context, planned);
    const place = after == null ? null : placeOf(context, name, after);
    const page = { first, after: place && pairAt(place), moment: place?.moment ?? null };
    const { moment, rulesVersion, refused, difference } = await previewOf(context, planned, page);
    const list = { name, moment, hasPreviousPage: place !== null };
    return {
      moment,
      rulesVersion,
      refused: refused.map((change) => toRefused(planned, change)),
      difference: difference && toDifference(context, list, difference),
    };
  }
}

function toRefused(
  planned: readonly PlannedChange[],
  { change, outcome }: RefusedChange,
): RefusedChangeType {
  const mutation = planned[change - 1]?.mutation;
  if (mutation === undefined) throw new RangeError('a change was refused that was not there');
  return outcome.kind === 'FAULT'
    ? { change, mutation, userError: null, fault: outcome }
    : { change, mutation, userError: toUserError(outcome.refusal), fault: null };
}
