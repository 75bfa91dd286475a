import type { AgentFacts, Fact, Facts, Holding, Moment, Relation } from '../access/facts';
import { QuestionFault } from './questions';

/** So many facts the questions of one request may read: a thousand common ones read a tenth of it. */
const FACTS_MAX = 100_000;

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

  /** To be called before each question. Throws QuestionFault where those before it read too much. */
  begin(): void {
    if (this.#read <= this.#max) return;
    const message = 'The questions of this request read too many facts: ask fewer at once.';
    throw new QuestionFault('QUERY_TOO_COMPLEX', message);
  }

  /** The same facts, counted as they are read. */
  metered(facts: Facts): Facts {
    return new MeteredFacts(facts, (read) => {
      this.#read += read;
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
