import { prefixOf } from '../../access/existence';
import type { Fact, Moment } from '../../access/facts';
import type { DifferencePage, ExplainedPair, PairPlace } from '../../questions/difference-page';
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
import { toReason } from './reasons';

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
  eventOf: (fact: Fact) => CitedEvent | null,
): AccessDifferencePairType {
  return {
    subject: toEnd(context, subject),
    resource: toEnd(context, resource),
    actions: actions.map(({ action, change, branches, reason }) => ({
      ...{ action, change, branches },
      reason: () =>
        reason &&
        toReason({
          rule: reason.rule,
          facts: reason.facts.map((fact) => ({ fact, event: eventOf(fact) })),
          hiddenFactCount: reason.hidden,
        }),
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

/** Finds the event of a fact: those of all the pairs are read in one go, once one is asked for. */
function citing(
  context: RequestContext,
  pairs: readonly ExplainedPair[],
  { position }: Moment,
): (fact: Fact) => CitedEvent | null {
  const isRecorded = ({ from }: Fact): boolean => from <= position;
  let events: ReadonlyMap<number, CitedEvent> | undefined;
  const read = (): ReadonlyMap<number, CitedEvent> => {
    const facts = pairs.flatMap(({ actions }) =>
      actions.flatMap(({ reason }) => reason?.facts.filter(isRecorded) ?? []),
    );
    const positions = [...new Set(facts.map(({ from }) => from))];
    const { organizationId } = memberOf(context);
    const found = context.queries.eventsAt(organizationId, positions);
    return new Map(found.map((event) => [event.position, event]));
  };
  return (fact) => {
    if (!isRecorded(fact)) return null;
    events ??= read();
    return events.get(fact.from) ?? null;
  };
}
