import { ArrayMinSize, Max, Min } from 'class-validator';
import { Args, ArgsType, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import type { OrganizationId } from '../../domain/id';
import { FINDING_KINDS, type FindingKind, type FindingPlace } from '../../questions/review';
import { askQuestion } from '../ask-question';
import type { RequestContext } from '../context';
import { findAny } from '../node/find';
import { PageArgs } from '../paging/args';
import { toPage } from '../paging/connection';
import { badCursor } from '../paging/cursor';
import { Position } from '../scalars/position';
import { IsId } from '../validation/validators';
import { askerAt } from './arguments';
import { AT_LEAST } from './at-least';
import { encodePlace, placeOf, type ListName, type Place } from './cursor';
import { momentOf } from './moment';
import { toFact } from './reasons';
import { AccessReviewType, FindingKindEnum } from './review-types';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_MAX = 3650;
const KEEP = 'Keep it from page to page.';

@ArgsType()
class AccessReviewArgs extends PageArgs {
  @Field(() => [FindingKindEnum], {
    defaultValue: [...FINDING_KINDS],
    description: `What to look for; everything, if left out. ${KEEP}`,
  })
  @ArrayMinSize(1, { message: 'must name a kind' })
  kinds!: FindingKind[];

  @Field(() => ID, {
    nullable: true,
    description: `Only what is on this cluster, its queues, keys and pipelines; memberships and API tokens are on none. ${KEEP}`,
  })
  @IsId('clu')
  clusterId?: string | null;

  @Field(() => Int, {
    defaultValue: 14,
    description: `EXPIRING: within so many days, from 1 to ${DAYS_MAX}. ${KEEP}`,
  })
  @Min(1, { message: 'must be at least 1' })
  @Max(DAYS_MAX, { message: `must be at most ${DAYS_MAX}` })
  withinDays!: number;

  @Field(() => Int, {
    defaultValue: 90,
    description: `UNUSED: for so many days, from 1 to ${DAYS_MAX}; what is younger is not judged. ${KEEP}`,
  })
  @Min(1, { message: 'must be at least 1' })
  @Max(DAYS_MAX, { message: `must be at most ${DAYS_MAX}` })
  unusedDays!: number;

  @Field(() => Position, { nullable: true, description: AT_LEAST })
  atLeast?: number | null;
}

@Resolver()
export class AccessReviewQuery {
  @Query(() => AccessReviewType, {
    nullable: true,
    description:
      'What deserves a look: what expires or has expired, what nothing needs, what gives nothing, and which credentials are not used. For ADMIN and AUDITOR; with `clusterId` also for who manages the cluster. For all others there is no such thing: null.',
  })
  async accessReview(
    @Args(() => AccessReviewArgs) args: AccessReviewArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessReviewType | null> {
    const organizationId = await askerAt(context, args);
    const name = listOf(organizationId, args);
    const place = args.after == null ? null : placeOf(context, name, args.after);
    const moment = place?.moment ?? momentOf(context, organizationId, null);
    const page = await askQuestion(context, 'accessReview', {
      moment,
      kinds: kindsOf(args),
      clusterId: args.clusterId ?? null,
      withinMs: args.withinDays * DAY_MS,
      unusedForMs: args.unusedDays * DAY_MS,
      first: args.first,
      after: place && findingAt(place),
    });
    if (page === null) return null;
    const edges = page.findings.map(({ fact, grounds, ...finding }) => ({
      node: {
        ...finding,
        node: () => findAny(context, finding.id),
        fact: toFact(fact),
        grounds: grounds.map(toFact),
      },
      cursor: encodePlace(name, { moment, after: `${finding.kind} ${finding.id}` }),
    }));
    const { hasNextPage, shownCount, hiddenCount } = page;
    const shown = toPage(edges, { hasNextPage, hasPreviousPage: place !== null });
    return { ...shown, moment, shownCount, hiddenCount };
  }
}

/** Each kind once, in the order of the list: which were named first is of no matter. */
function kindsOf({ kinds }: AccessReviewArgs): readonly FindingKind[] {
  return FINDING_KINDS.filter((kind) => kinds.includes(kind));
}

function listOf(organizationId: OrganizationId, args: AccessReviewArgs): ListName {
  const { clusterId = null, withinDays, unusedDays } = args;
  const kinds = kindsOf(args).join(' ');
  return { organizationId, parts: ['accessReview', kinds, clusterId, withinDays, unusedDays] };
}

function findingAt({ after }: Place): FindingPlace {
  const [name, id = ''] = after.split(' ');
  const kind = FINDING_KINDS.find((known) => known === name);
  if (kind === undefined) throw badCursor();
  return { kind, id };
}
