import { ValidateNested } from 'class-validator';
import { Args, ArgsType, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Moment } from '../../access/facts';
import { askQuestion } from '../ask-question';
import type { RequestContext } from '../context';
import { fault } from '../errors';
import { PageArgs } from '../paging/args';
import { Position } from '../scalars/position';
import { askerAt } from './arguments';
import { AT_LEAST } from './at-least';
import { placeOf, type ListName } from './cursor';
import { pairAt, toDifference } from './difference';
import { AccessDifferenceConnection } from './difference-types';
import { AsOfInput, momentOf, MomentType, toAsOf } from './moment';

const KEEP = 'Keep it from page to page: the cursor pins both moments.';

@ArgsType()
class AccessChangesArgs extends PageArgs {
  @Field(() => AsOfInput, { description: `The earlier moment. ${KEEP}` })
  @ValidateNested()
  from!: AsOfInput;

  @Field(() => AsOfInput, {
    nullable: true,
    description: `The later moment; now, if left out. ${KEEP}`,
  })
  @ValidateNested()
  to?: AsOfInput | null;

  @Field(() => Position, { nullable: true, description: AT_LEAST })
  atLeast?: number | null;
}

@ObjectType('AccessChanges', {
  simpleResolvers: true,
  description: 'What differs between two moments.',
})
class AccessChangesType {
  @Field(() => MomentType, { description: 'The earlier moment.' })
  from!: Moment;

  @Field(() => MomentType, { description: 'The later moment.' })
  to!: Moment;

  @Field(() => Int, { description: 'The version of the rules in force at both.' })
  rulesVersion!: number;

  @Field(() => AccessDifferenceConnection, { description: 'Who gained and lost what.' })
  difference!: AccessDifferenceConnection;
}

@Resolver()
export class AccessChangesQuery {
  @Query(() => AccessChangesType, {
    nullable: true,
    description:
      'Who gained and lost what between two moments, and which events and expiries made it? What came and went in between does not show. One is shown what one may ask about today.',
  })
  async accessChanges(
    @Args(() => AccessChangesArgs) args: AccessChangesArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessChangesType> {
    const organizationId = await askerAt(context, args);
    const from = momentOf(context, organizationId, toAsOf(args.from), 'from');
    const name: ListName = { organizationId, parts: partsOf(from, args) };
    const place = args.after == null ? null : placeOf(context, name, args.after);
    const to = place?.moment ?? momentOf(context, organizationId, toAsOf(args.to ?? {}), 'to');
    if (from.position > to.position || from.instant > to.instant) throw wrongWay();
    const after = place && pairAt(place);
    const page = await askQuestion(context, 'accessChanges', {
      ...{ from, to, first: args.first, after },
    });
    const list = { name, moment: to, hasPreviousPage: place !== null };
    const { rulesVersion } = context.queries.facts(organizationId, to);
    return { from, to, rulesVersion, difference: toDifference(context, list, page) };
  }
}

/** What a cursor belongs to: the earlier moment, and the later one as it was asked for. */
function partsOf(from: Moment, { to }: AccessChangesArgs): ListName['parts'] {
  return ['accessChanges', from.position, from.instant, to?.position ?? null, to?.time ?? null];
}

function wrongWay(): Error {
  const message = 'lies after the later moment';
  return fault('BAD_USER_INPUT', `from ${message}.`, {
    fields: [{ field: 'from', constraint: 'isNotAfter', message }],
  });
}
