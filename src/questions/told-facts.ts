import { remembering } from '../access/asker';
import type { Fact } from '../access/facts';
import type { Reason } from '../access/question';
import { maySee, readsEverything, type Standpoint } from '../access/standpoint';
import type { Queries } from '../views/queries';

type StoredEvent = ReturnType<Queries['eventsAt']>[number];

/** A fact as it is told, with the event it follows from. */
export interface ToldFact {
  readonly relation: string;
  readonly subjectId: string;
  readonly objectId: string;
  readonly level: string | null;
  readonly branches: readonly string[];
  readonly expiresAt: number | null;
  readonly event: Pick<StoredEvent, 'position' | 'type' | 'actor' | 'recordedAt'> | null;
}

/** A chain of facts as far as the asker may see them. */
export interface ToldReason {
  readonly rule: string;
  readonly facts: readonly ToldFact[];
  readonly hiddenFactCount: number;
}

/**
 * Tells facts, of any moment, as far as the asker may see both ends of them today; who reads
 * everything sees the ends of facts that are gone by now, too.
 */
export class FactTeller {
  readonly #sees: (fact: Fact) => boolean;
  readonly #events: ReadonlyMap<number, StoredEvent>;

  /** @param facts all that will be told: their events are read in one go */
  constructor(standpoint: Standpoint, queries: Queries, facts: Iterable<Fact>) {
    const all = readsEverything(standpoint);
    const sees = remembering((id) => all || maySee(standpoint, id));
    this.#sees = ({ subject, object }) => sees(subject) && sees(object);
    const positions = new Set<number>();
    for (const fact of facts) if (this.#sees(fact)) positions.add(fact.from);
    const events = queries.eventsAt(standpoint.facts.organizationId, [...positions]);
    this.#events = new Map(events.map((event) => [event.position, event]));
  }

  /** The fact, or null if the asker may not see it. */
  fact(fact: Fact): ToldFact | null {
    if (!this.#sees(fact)) return null;
    const event = this.#events.get(fact.from);
    return {
      relation: fact.relation,
      subjectId: fact.subject,
      objectId: fact.object,
      level: fact.level,
      branches: fact.detail?.branches ?? [],
      expiresAt: fact.expiresAt,
      event: event === undefined ? null : eventOf(event),
    };
  }

  facts(facts: readonly Fact[]): readonly ToldFact[] {
    return facts.flatMap((fact) => this.fact(fact) ?? []);
  }

  reason({ rule, facts }: Reason): ToldReason {
    const told = this.facts(facts);
    return { rule, facts: told, hiddenFactCount: facts.length - told.length };
  }
}

function eventOf({ position, type, actor, recordedAt }: StoredEvent): ToldFact['event'] {
  return { position, type, actor, recordedAt };
}
