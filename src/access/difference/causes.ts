import type { Fact, Relation } from '../facts';
import type { Reason } from '../question';
import type { FactChange } from './fact-change';

/** That somebody or something is there, as what and where: rights come and go with it outside any chain. */
const STANDING: ReadonlySet<Relation> = new Set([
  'member',
  'team',
  'cluster',
  'queueCluster',
  'pipeline',
  'pipelineArchived',
  'pipelineCluster',
]);

interface Pair {
  readonly subject: string;
  readonly resource: string;
}

/** The changes of facts between two moments, to be found by the chains that they made or broke. */
export class Causes {
  readonly #byFact = new Map<string, FactChange>();
  readonly #standing = new Map<string, FactChange[]>();

  constructor(changes: readonly FactChange[]) {
    for (const change of changes) {
      const { fact } = change;
      this.#byFact.set(keyOf(fact), change);
      if (!STANDING.has(fact.relation)) continue;
      const known = this.#standing.get(fact.subject);
      if (known === undefined) this.#standing.set(fact.subject, [change]);
      else known.push(change);
    }
  }

  /**
   * Why a chain allows on the one side and not on the other: those of its facts that hold on one
   * side only, and what became of whoever and whatever it is about. At least one.
   */
  of({ subject, resource }: Pair, chain: Reason): readonly FactChange[] {
    const named = new Set([subject, resource]);
    for (const fact of chain.facts) named.add(fact.subject).add(fact.object);
    const broken = chain.facts.flatMap((fact) => this.#byFact.get(keyOf(fact)) ?? []);
    const standing = [...named].flatMap((id) => this.#standing.get(id) ?? []);
    return [...new Set([...broken, ...standing])];
  }
}

/** No two facts of one entity between the same two begin at once. */
function keyOf({ relation, subject, object, source, from }: Fact): string {
  return [relation, subject, object, source, from].join(' ');
}
