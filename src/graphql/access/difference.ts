import { prefixOf } from '../../access/existence';
import type { Moment } from '../../access/facts';
import type {
  DifferencePage,
  ExplainedDifference,
  ExplainedPair,
  PairPlace,
} from '../../questions/difference-page';
import { madeByChange } from '../../questions/preview-changes';
import type { CitedEvent } from '../../questions/reasons';
import type { RequestContext } from '../context';
import { memberOf } from '../authorize';
import { findAny } from '../node/find';
import { toPage } from '../paging/connection';
import { encodePlace, type ListName, type Place } from './cursor';
import type {
  AccessDifferenceConnection,
  AccessDifferencePairType,
  AccessEndType,
  EndKind,
} from './difference-types';
import { toFact, toReason } from './reasons';

/** Which list a page of a difference is of. */
export interface DifferenceList {
  readonly name: ListName;
  /** The moment that the cursors pin: events up to it are cited, later facts are supposed. */
  readonly moment: Moment;
  readonly hasPreviousPage: boolean;
}

/** A page of a difference as clients get it, or its first pairs. */
export function toDifference(
  context: RequestContext,
  { name, moment, hasPreviousPage }: DifferenceList,
  page: DifferencePage,
  first = page.pairs.length,
): AccessDifferenceConnection {
  const pairs = page.pairs.slice(0, first);
  const eventOf = citing(context, pairs, moment);
  const edges = pairs.map((pair) => ({
    node: toPair(context, pair, eventOf),
    cursor: encodePlace(name, { moment, after: `${pair.subject} ${pair.resource}` }),
  }));
  const hasNextPage = page.hasNextPage || page.pairs.length > pairs.length;
  const { shownCount, hiddenCount } = page;
  return { ...toPage(edges, { hasNextPage, hasPreviousPage }), shownCount, hiddenCount };
}

/** The pair that the place names: after it the page begins. */
export function pairAt({ after }: Place): PairPlace {
  const [subject = '', resource = ''] = after.split(' ');
  return { subject, resource };
}

function toPair(
  context: RequestContext,
  { subject, resource, actions }: ExplainedPair,
  eventOf: EventAt,
): AccessDifferencePairType {
  return {
    subject: toEnd(context, subject),
    resource: toEnd(context, resource),
    actions: actions.map(({ action, change, branches, reason, causes, hiddenCauseCount }) => ({
      ...{ action, change, branches, hiddenCauseCount },
      reason: () =>
        reason &&
        toReason({
          rule: reason.rule,
          facts: reason.facts.map((fact) => ({ fact, event: eventOf(fact.from) })),
          hiddenFactCount: reason.hidden,
        }),
      causes: () =>
        causes.map((cause) => ({
          how: cause.how,
          fact: toFact({ fact: cause.fact, event: eventOf(cause.fact.from) }),
          event: 'position' in cause ? eventOf(cause.position) : null,
        })),
    })),
  };
}

const KINDS: Readonly<Record<string, EndKind>> = {
  agt: 'AGENT',
  clu: 'CLUSTER',
  org: 'ORGANIZATION',
  pip: 'PIPELINE',
  que: 'QUEUE',
  tea: 'TEAM',
  usr: 'MEMBER',
};

function toEnd(context: RequestContext, id: string): AccessEndType {
  const kind = KINDS[prefixOf(id)];
  if (kind === undefined) throw new RangeError('a difference is of members, pipelines and things');
  return { id, kind, node: () => findAny(context, id), madeByChange: madeByChange(id) };
}

type EventAt = (position: number) => CitedEvent | null;

/** Finds an event: those of all the pairs are read in one go, once one is asked for. */
function citing(
  context: RequestContext,
  pairs: readonly ExplainedPair[],
  { position: last }: Moment,
): EventAt {
  let events: ReadonlyMap<number, CitedEvent> | undefined;
  const read = (): ReadonlyMap<number, CitedEvent> => {
    const cited = pairs
      .flatMap(({ actions }) => actions.flatMap(positionsOf))
      .filter((position) => position <= last);
    const { organizationId } = memberOf(context);
    const found = context.queries.eventsAt(organizationId, [...new Set(cited)]);
    return new Map(found.map((event) => [event.position, event]));
  };
  return (position) => {
    if (position > last) return null;
    events ??= read();
    return events.get(position) ?? null;
  };
}

function positionsOf({ reason, causes }: ExplainedDifference): readonly number[] {
  return [
    ...(reason?.facts.map(({ from }) => from) ?? []),
    ...causes.flatMap((cause) => [
      cause.fact.from,
      ...('position' in cause ? [cause.position] : []),
    ]),
  ];
}
