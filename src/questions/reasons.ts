import { remembering } from '../access/asker';
import type { Fact } from '../access/facts';
import type { Reason } from '../access/question';
import { readsEverything, type Standpoint } from '../access/standpoint';
import { visible } from '../access/visibility';
import type { Queries } from '../views/queries';

type StoredEvent = ReturnType<Queries['eventsAt']>[number];

/** What is told of an event that a fact follows from: nothing that can be erased. */
export type CitedEvent = Pick<StoredEvent, 'position' | 'type' | 'recordedAt' | 'actor'>;

/** The events of facts that were cited, for as long as the views keep these facts at hand. */
const CITED = new WeakMap<Fact, CitedEvent>();

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
 * Cites facts, of any moment, as far as the asker may see both ends of them today. Who reads
 * everything sees the ends of facts that are gone by now, too.
 */
export class Citations {
  readonly #sees: (fact: Fact) => boolean;

  /** @param facts all that will be cited: their events are read in one go */
  constructor(
    queries: Pick<Queries, 'eventsAt'>,
    { asker, present }: Pick<Standpoint, 'asker' | 'present'>,
    facts: readonly Fact[],
  ) {
    if (readsEverything({ asker, present, facts: present })) {
      this.#sees = () => true;
    } else {
      const sees = remembering((id) => visible(present, asker, id));
      this.#sees = ({ subject, object }) => sees(subject) && sees(object);
    }
    const unread = facts.filter((fact) => this.#sees(fact) && !CITED.has(fact));
    if (unread.length === 0) return;
    const positions = new Set(unread.map(({ from }) => from));
    const read = queries.eventsAt(present.organizationId, [...positions]);
    const events = new Map(read.map((event) => [event.position, event]));
    for (const fact of unread) {
      const event = events.get(fact.from);
      if (event !== undefined) CITED.set(fact, citedEvent(event));
    }
  }

  /** The fact with its event, or null if the asker may not see it. */
  fact(fact: Fact): CitedFact | null {
    return this.#sees(fact) ? { fact, event: CITED.get(fact) ?? null } : null;
  }

  /** Those of the facts that the asker may see. */
  facts(facts: readonly Fact[]): readonly CitedFact[] {
    return facts.flatMap((fact) => this.fact(fact) ?? []);
  }

  reason({ rule, facts }: Reason): CitedReason {
    const seen = this.facts(facts);
    return { rule, facts: seen, hiddenFactCount: facts.length - seen.length };
  }
}

function citedEvent({ position, type, recordedAt, actor }: StoredEvent): CitedEvent {
  return { position, type, recordedAt, actor };
}

/** Lists of reasons as far as the asker may see them; the events are read in one go for all lists. */
export function citeReasons(
  queries: Pick<Queries, 'eventsAt'>,
  standpoint: Pick<Standpoint, 'asker' | 'present'>,
  lists: readonly (readonly Reason[])[],
): readonly (readonly CitedReason[])[] {
  const all = lists.flat();
  if (all.length === 0) return lists.map(() => []);
  const citations = new Citations(
    queries,
    standpoint,
    all.flatMap(({ facts }) => facts),
  );
  return lists.map((reasons) => reasons.map((reason) => citations.reason(reason)));
}
