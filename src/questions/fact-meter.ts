import type { AgentFacts, Fact, Facts, Holding, Moment, Relation } from '../access/facts';
import { QuestionFault } from './questions';
import { rememberedFacts } from '../access/remembered-facts';

/** So many facts the questions of one request may read: a thousand common ones read a tenth of it. */
const FACTS_MAX = 100_000;
/** So many facts that the request has at hand take as long as one that it must read. */
const AT_HAND = 10;

/**
 * Counts the facts that the questions of one request read on the thread that answers everybody. What a
 * question reads grows with what its subject holds, which a member may make as much as they like; and
 * a request has many questions. Each is answered whole, but none begins once too much was read.
 */
export class FactMeter {
  readonly #max: number;
  #read = 0;

  constructor(max = FACTS_MAX) {
    this.#max = max;
  }

  /** True if nothing more may begin. */
  get isSpent(): boolean {
    return this.#read > this.#max;
  }

  /** To be called before each question. Throws QuestionFault where those before it read too much. */
  begin(): void {
    if (!this.isSpent) return;
    const message = 'This request reads too many facts: ask for less at once.';
    throw new QuestionFault('QUERY_TOO_COMPLEX', message);
  }

  /** The same facts, read once and counted when they are; those that are at hand count for less. */
  metered(facts: Facts): Facts {
    const read = new MeteredFacts(facts, (count) => {
      this.#read += count;
    });
    return new MeteredFacts(rememberedFacts(read), (count) => {
      this.#read += count / AT_HAND;
    });
  }
}

class MeteredFacts implements Facts {
  readonly organizationId: Facts['organizationId'];
  readonly moment: Moment;

  constructor(
    private readonly facts: Facts,
    private readonly count: (read: number) => void,
  ) {
    this.organizationId = facts.organizationId;
    this.moment = facts.moment;
  }

  get rulesVersion(): number {
    return this.facts.rulesVersion;
  }

  of(subject: string, relation: Relation): readonly Fact[] {
    return this.#counted(this.facts.of(subject, relation));
  }

  on(object: string, relation: Relation, level?: string): readonly Fact[] {
    return this.#counted(this.facts.on(object, relation, level));
  }

  between(subject: string, relation: Relation, object: string): readonly Fact[] {
    return this.#counted(this.facts.between(subject, relation, object));
  }

  held(userId: string, relation: Relation, object: string): readonly Holding[] {
    return this.#counted(this.facts.held(userId, relation, object));
  }

  agent(id: string): AgentFacts | undefined {
    this.count(1);
    return this.facts.agent(id);
  }

  agentsOn(queueId: string): readonly AgentFacts[] {
    return this.#counted(this.facts.agentsOn(queueId));
  }

  /** To find nothing counts as to find one: what is hidden is not to count more than what is not there. */
  #counted<T>(found: readonly T[]): readonly T[] {
    this.count(Math.max(1, found.length));
    return found;
  }
}
