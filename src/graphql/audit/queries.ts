import { ValidateNested } from 'class-validator';
import { Args, ArgsType, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import type { AuditQuery } from '../../views/queries';
import { ask, askerOf } from '../authorize';
import type { RequestContext } from '../context';
import { fault } from '../errors';
import { PageArgs } from '../paging/args';
import { toPage, type Page } from '../paging/connection';
import { badCursor, decodeCursor, encodeCursor } from '../paging/cursor';
import { DateTime } from '../scalars/date-time';
import { stringEnum } from '../string-enum';
import { IsId, IsName } from '../validation/validators';
import { AuditEventConnection, LedgerKindEnum, toAuditEvent, type AuditEventType } from './types';

const AuditOrderEnum = stringEnum<AuditQuery['order']>('AuditOrder', 'The order of events.', {
  OLDEST_FIRST: 'By position, from the first on.',
  NEWEST_FIRST: 'By position, from the last back.',
});

@InputType({ description: 'Which events to list. Each given field narrows the list.' })
class AuditEventFilter {
  @Field(() => String, { nullable: true, description: 'Events of this type.' })
  @IsName()
  type?: string | null;

  @Field(() => ID, { nullable: true, description: 'Events that this actor caused.' })
  @IsName()
  actorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Events whose data names this id.' })
  @IsName()
  subjectId?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Events recorded at this instant or later.',
  })
  recordedFrom?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Events recorded before this instant.' })
  recordedTo?: number | null;
}

@ArgsType()
class AuditEventsArgs extends PageArgs {
  @Field(() => ID, { description: 'The organization.' })
  @IsId('org')
  organizationId!: string;

  @Field(() => LedgerKindEnum, { defaultValue: 'ACCESS', description: 'Which of its ledgers.' })
  ledger!: AuditQuery['kind'];

  @Field(() => AuditOrderEnum, {
    defaultValue: 'OLDEST_FIRST',
    description: 'The order of the list. Keep it from page to page.',
  })
  order!: AuditQuery['order'];

  @Field(() => AuditEventFilter, { nullable: true, description: 'Narrows the list.' })
  @ValidateNested()
  filter?: AuditEventFilter | null;
}

@Resolver()
export class AuditQueries {
  @Query(() => AuditEventConnection, {
    nullable: true,
    description: 'The events of a ledger. For ADMIN and AUDITOR.',
  })
  auditEvents(
    @Args(() => AuditEventsArgs) args: AuditEventsArgs,
    @Ctx() context: RequestContext,
  ): Page<AuditEventType> | null {
    const { organizationId } = askerOf(context, 'audit:read');
    if (args.organizationId !== organizationId) return null;
    const decision = ask(context, { action: 'audit:read', resource: organizationId });
    if (!decision.allowed) throw fault('FORBIDDEN', 'Only ADMIN and AUDITOR may read the ledgers.');

    const list = `audit/${args.ledger}/${args.order}`;
    const after = args.after == null ? null : positionIn(list, args.after);
    const { type, actorId, subjectId, recordedFrom, recordedTo } = args.filter ?? {};
    const events = context.queries.auditEvents({
      organizationId,
      kind: args.ledger,
      type: type ?? null,
      actorId: actorId ?? null,
      subjectId: subjectId ?? null,
      recordedFrom: recordedFrom ?? null,
      recordedTo: recordedTo ?? null,
      order: args.order,
      after,
      limit: args.first + 1,
    });
    const edges = events.slice(0, args.first).map((event) => ({
      node: toAuditEvent(event),
      cursor: encodeCursor(list, [event.position]),
    }));
    return toPage(edges, {
      hasNextPage: events.length > args.first,
      hasPreviousPage: after !== null,
    });
  }
}

function positionIn(list: string, cursor: string): number {
  const [position] = decodeCursor(list, cursor);
  if (typeof position !== 'number') throw badCursor();
  return position;
}
