import { remembering } from '../access/asker';
import type { Fact } from '../access/facts';
import type { Reason } from '../access/question';
import { readsEverything, type Standpoint } from '../access/standpoint';
import { visible } from '../access/visibility';
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
 * Cites facts, of any moment, as far as the asker may see both ends of them today. Who reads
 * everything sees the ends of facts that are gone by now, too.
 */
export class Citations {
  readonly #sees: (fact: Fact) => boolean;
  readonly #events = new Map<number, CitedEvent>();

  /** @param facts all that will be cited: their events are read in one go */
  constructor(
    queries: Pick<Queries, 'eventsAt'>,
    { asker, present }: Pick<Standpoint, 'asker' | 'present'>,
    facts: readonly Fact[],
  ) {
    const all = readsEverything({ asker, present, facts: present });
    const sees = remembering((id) => all || visible(present, asker, id));
    this.#sees = ({ subject, object }) => sees(subject) && sees(object);
    const positions = new Set(facts.filter(this.#sees).map(({ from }) => from));
    for (const event of queries.eventsAt(present.organizationId, [...positions])) {
      this.#events.set(event.position, event);
    }
  }

  /** The fact with its event, or null if the asker may not see it. */
  fact(fact: Fact): CitedFact | null {
    return this.#sees(fact) ? { fact, event: this.#events.get(fact.from) ?? null } : null;
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
