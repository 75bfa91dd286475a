import { Field, InputType, ObjectType } from 'type-graphql';
import type { Moment } from '../../access/facts';
import type { OrganizationId } from '../../domain/id';
import type { AsOf } from '../../views/queries';
import type { RequestContext } from '../context';
import { fault } from '../errors';
import { DateTime } from '../scalars/date-time';
import { Position } from '../scalars/position';
import { IsAtMostOneWith } from '../validation/validators';

@ObjectType('Moment', {
  simpleResolvers: true,
  description:
    'What an answer is true of: every event up to a position, every expiry up to an instant.',
})
export class MomentType {
  @Field(() => Position, { description: 'The position in the access ledger.' })
  position!: number;

  @Field(() => DateTime, { description: 'The instant.' })
  instant!: number;
}

@InputType({
  description: 'When an answer shall be true of: give one of the two, or neither for now.',
})
export class AsOfInput {
  @Field(() => Position, {
    nullable: true,
    description: 'Right after this event of the access ledger.',
  })
  @IsAtMostOneWith('time')
  position?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'At this instant of the past.' })
  time?: number | null;
}

/** The question behind the input; null is now. */
export function toAsOf({ position, time }: AsOfInput = {}): AsOf {
  if (position != null) return { position };
  return time == null ? null : { time };
}

/** The moment asked for. Throws BAD_USER_INPUT if the organization's ledger has none there. */
export function momentOf(
  { queries, clock }: RequestContext,
  organizationId: OrganizationId,
  asOf: AsOf,
  field = 'asOf',
): Moment {
  const moment = queries.moment(organizationId, asOf, clock.now());
  if (moment !== 'UNKNOWN_MOMENT') return moment;
  const message = 'lies in the future, or before the first event';
  throw fault('BAD_USER_INPUT', `${field} ${message}.`, {
    fields: [{ field, constraint: 'isKnownMoment', message }],
  });
}
