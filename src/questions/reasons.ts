import { showReasons } from '../access/asker';
import type { Fact } from '../access/facts';
import type { Reason } from '../access/question';
import { readsEverything, type Standpoint } from '../access/standpoint';
import type { Queries } from '../views/queries';

/** An event as the ledger keeps it. */
export type CitedEvent = ReturnType<Queries['eventsAt']>[number];

/** A fact and the event that it follows from. */
export interface CitedFact {
  readonly fact: Fact;
  readonly event: CitedEvent | null;
}

/** A reason as far as the asker may see it. */
export interface CitedReason {
  readonly rule: string;
  readonly facts: readonly CitedFact[];
  readonly hiddenFactCount: number;
}

/**
 * Lists of reasons, of any moment, as far as the asker may see them today; each fact with its event,
 * read in one go for all lists. Who reads everything sees the ends of facts that are gone by now, too.
 */
export function citeReasons(
  queries: Pick<Queries, 'eventsAt'>,
  standpoint: Pick<Standpoint, 'asker' | 'present'>,
  lists: readonly (readonly Reason[])[],
): readonly (readonly CitedReason[])[] {
  if (lists.every((reasons) => reasons.length === 0)) return lists.map(() => []);
  const { asker, present } = standpoint;
  const all = readsEverything({ asker, present, facts: present });
  const shownLists = lists.map((reasons) =>
    all
      ? reasons.map((reason) => ({ ...reason, hidden: 0 }))
      : showReasons(present, asker, reasons).shown,
  );
  const positions = new Set<number>();
  for (const reasons of shownLists) {
    for (const { facts } of reasons) for (const { from } of facts) positions.add(from);
  }
  const events = new Map(
    queries
      .eventsAt(present.organizationId, [...positions])
      .map((event) => [event.position, event] as const),
  );
  return shownLists.map((reasons) =>
    reasons.map(({ rule, facts, hidden }) => ({
      rule,
      facts: facts.map((fact) => ({ fact, event: events.get(fact.from) ?? null })),
      hiddenFactCount: hidden,
    })),
  );
}
