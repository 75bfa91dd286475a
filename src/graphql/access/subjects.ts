import { ValidateNested } from 'class-validator';
import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Facts, Moment } from '../../access/facts';
import { TooManyWays } from '../../access/rule';
import { reachSubjects, reachUsers, type ReachAction } from '../../access/subjects';
import type { Versioned } from '../../domain/entity';
import type { OrganizationId } from '../../domain/id';
import { ask, askerOf } from '../authorize';
import type { RequestContext } from '../context';
import { fault } from '../errors';
import { MemberType } from '../member/types';
import { find } from '../node/find';
import { PageArgs } from '../paging/args';
import { PageInfo, toPage } from '../paging/connection';
import { badCursor, decodeCursor, encodeCursor } from '../paging/cursor';
import { IsName, IsReachAction } from '../validation/validators';
import { AsOfInput, momentOf, MomentType, toAsOf } from './moment';
import { readsEverything, toReasonLists } from './reasons';
import { REACH_NOTICE, ReasonType } from './types';

@ObjectType('AccessSubject', {
  simpleResolvers: true,
  description: 'A member who can get code there, and every way in.',
})
class AccessSubjectType {
  @Field(() => ID, { description: 'The id of the member.' })
  userId!: string;

  @Field(() => MemberType, { nullable: true, description: 'The member; null if removed since.' })
  user!: Versioned<'member'> | null;

  @Field(() => [ReasonType], { description: 'Every way in; each is enough by itself.' })
  ways!: readonly ReasonType[];
}

@ObjectType('AccessSubjectEdge', {
  simpleResolvers: true,
  description: 'One of those who can get code there, in the list.',
})
class AccessSubjectEdge {
  @Field(() => AccessSubjectType, { description: 'Who can.' })
  node!: AccessSubjectType;

  @Field(() => String, { description: 'Where it stands: an argument for `after`.' })
  cursor!: string;
}

@ObjectType('AccessSubjectConnection', {
  simpleResolvers: true,
  description: 'A page of those who can get code there. All pages are of one moment.',
})
class AccessSubjectConnection {
  @Field(() => MomentType, { description: 'What the answer is true of, on every page.' })
  moment!: Moment;

  @Field(() => Int, { description: 'The version of the rules in force at the moment.' })
  rulesVersion!: number;

  @Field(() => String, { description: 'Whom the answer leaves out.' })
  notice!: string;

  @Field(() => [AccessSubjectEdge], { description: 'What the page holds, each with its cursor.' })
  edges!: readonly AccessSubjectEdge[];

  @Field(() => [AccessSubjectType], { description: 'What the page holds.' })
  nodes!: readonly AccessSubjectType[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  pageInfo!: PageInfo;
}

@ArgsType()
class AccessSubjectsArgs extends PageArgs {
  @Field(() => String, { description: '`cluster:reach` or `queue:reach`.' })
  @IsReachAction()
  action!: ReachAction;

  @Field(() => ID, { description: 'The cluster or the queue.' })
  @IsName()
  resourceId!: string;

  @Field(() => AsOfInput, {
    nullable: true,
    description: 'When; now, if left out. Keep it from page to page: the cursor pins the moment.',
  })
  @ValidateNested()
  asOf?: AsOfInput | null;
}

@Resolver()
export class AccessSubjectsQuery {
  @Query(() => AccessSubjectConnection, {
    nullable: true,
    description:
      'Who can, in any way, get code onto the agents of a cluster or a queue, and how: everyone, in pages of one moment. For ADMIN, AUDITOR and who manages it; for all others it is unknown, and nobody is listed.',
  })
  accessSubjects(
    @Args(() => AccessSubjectsArgs) args: AccessSubjectsArgs,
    @Ctx() context: RequestContext,
  ): AccessSubjectConnection {
    const { organizationId } = askerOf(context, 'access:ask');
    const { action, resourceId, first } = args;
    const list = listName(args);
    const from = args.after == null ? null : placeIn(context, organizationId, list, args.after);
    const moment =
      from?.moment ?? momentOf(context, organizationId, toAsOf(args.asOf ?? undefined));
    const facts = context.queries.facts(organizationId, moment);

    const all = mayAsk(context, resourceId) ? reachUsers(facts, action, resourceId) : [];
    const left = from === null ? all : all.filter((userId) => userId > from.userId);
    const edges = subjectsOf(context, facts, args, left.slice(0, first)).map((node) => ({
      node,
      cursor: encodeCursor(list, [moment.position, moment.instant, node.userId]),
    }));
    const page = toPage(edges, {
      hasNextPage: left.length > first,
      hasPreviousPage: from !== null,
    });
    return { ...page, moment, rulesVersion: facts.rulesVersion, notice: REACH_NOTICE };
  }
}

function mayAsk(context: RequestContext, resource: string): boolean {
  return ask(context, { action: 'access:ask', resource }).allowed || readsEverything(context);
}

function subjectsOf(
  context: RequestContext,
  facts: Facts,
  { action, resourceId }: AccessSubjectsArgs,
  users: ReturnType<typeof reachUsers>,
): readonly AccessSubjectType[] {
  const subjects = waysOf(() => reachSubjects(facts, action, resourceId, users));
  const lists = toReasonLists(
    context,
    subjects.map(({ ways }) => ways),
  );
  return subjects.map(({ userId }, at) => ({
    userId,
    user: find(context, 'member', userId),
    ways: lists[at] ?? [],
  }));
}

/** Nothing is left out in silence: who asks for too much is told so. */
function waysOf<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof TooManyWays)) throw error;
    throw fault(
      'QUERY_TOO_COMPLEX',
      'There are too many ways to tell at once: ask for fewer members.',
    );
  }
}

/** A cursor belongs to one question: the same action, resource and `asOf`. */
function listName({ action, resourceId, asOf }: AccessSubjectsArgs): string {
  return `subjects/${action}/${resourceId}/${JSON.stringify(toAsOf(asOf ?? undefined))}`;
}

/** The moment and the last member of the page before. A moment still to come is no place. */
function placeIn(
  { queries, clock }: RequestContext,
  organizationId: OrganizationId,
  list: string,
  cursor: string,
): { readonly moment: Moment; readonly userId: string } {
  const [position, instant, userId] = decodeCursor(list, cursor);
  const head = queries.moment(organizationId, null, clock.now());
  if (
    head === 'UNKNOWN_MOMENT' ||
    typeof position !== 'number' ||
    typeof instant !== 'number' ||
    typeof userId !== 'string' ||
    position < 1 ||
    position > head.position ||
    instant > head.instant
  ) {
    throw badCursor();
  }
  return { moment: { position, instant }, userId };
}
