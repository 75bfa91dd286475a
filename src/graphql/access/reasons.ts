import { showReasons } from '../../access/asker';
import type { Fact } from '../../access/facts';
import type { Reason } from '../../access/question';
import type { StoredEvent } from '../audit/types';
import { ask, factsNow, memberOf, principalOf } from '../authorize';
import type { RequestContext } from '../context';
import type { FactType, ReasonType } from './types';

/** True if the asker reads everything there ever was: ADMIN and AUDITOR. */
export function readsEverything(context: RequestContext): boolean {
  const { organizationId } = memberOf(context);
  return ask(context, { action: 'audit:read', resource: organizationId }).allowed;
}

/**
 * Lists of reasons, of any moment, as far as the asker may see them today; each fact with its event,
 * read in one go for all lists. Who reads everything sees the ends of facts that are gone by now, too.
 */
export function toReasonLists(
  context: RequestContext,
  lists: readonly (readonly Reason[])[],
): readonly (readonly ReasonType[])[] {
  const all = readsEverything(context);
  const shownLists = lists.map((reasons) =>
    all
      ? reasons.map((reason) => ({ ...reason, hidden: 0 }))
      : showReasons(factsNow(context), principalOf(memberOf(context)), reasons).shown,
  );
  const events = eventsOf(context, shownLists.flat());
  return shownLists.map((reasons) =>
    reasons.map(({ rule, facts, hidden }) => ({
      rule,
      facts: facts.map((fact) => toFact(fact, events.get(fact.from))),
      hiddenFactCount: hidden,
    })),
  );
}

function eventsOf(
  context: RequestContext,
  reasons: readonly Reason[],
): ReadonlyMap<number, StoredEvent> {
  const positions = new Set(reasons.flatMap(({ facts }) => facts.map(({ from }) => from)));
  const events = context.queries.eventsAt(memberOf(context).organizationId, [...positions]);
  return new Map(events.map((event) => [event.position, event]));
}

function toFact(fact: Fact, event: StoredEvent | undefined): FactType {
  return {
    relation: fact.relation,
    subjectId: fact.subject,
    objectId: fact.object,
    level: fact.level,
    branches: fact.detail?.branches ?? [],
    expiresAt: fact.expiresAt,
    event: event ?? null,
  };
}
