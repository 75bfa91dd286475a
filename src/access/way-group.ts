import type { Fact } from './facts';
import type { Reason } from './question';

export const WAY_KINDS = ['ADMIN', 'MAINTAINS', 'CREATES', 'BUILDS', 'CHAINS'] as const;

/** How a group of ways leads in; CHAINS: as the rule of each says. */
export type WayKind = (typeof WAY_KINDS)[number];

/** What of a way can be had by any of several chains of facts. */
export interface WayPart {
  readonly alternatives: readonly Reason[];
}

/**
 * Ways that differ only in which alternative of each part they take: what would be a list of all
 * combinations. Whoever holds all of `always` and one alternative of each part has a way.
 */
export interface WayGroup {
  readonly kind: WayKind;
  /** Of BUILDS: the pipeline. */
  readonly pipelineId: string | null;
  /** The facts that are part of every way. */
  readonly always: readonly Fact[];
  readonly parts: readonly WayPart[];
}

/** How many ways the group is. */
export function wayCount({ parts }: WayGroup): number {
  return parts.reduce((product, { alternatives }) => product * alternatives.length, 1);
}

/** A fact, and in how many of the ways it is: so many are gone without it. */
export interface CarryingFact {
  readonly fact: Fact;
  readonly inWays: number;
}

/** Every fact of the groups with the number of their ways that it carries, those of most first. */
export function carryingFacts(groups: readonly WayGroup[]): readonly CarryingFact[] {
  const carried = new FactTally();
  for (const group of groups) {
    const all = wayCount(group);
    const spared = new FactTally();
    for (const fact of group.always) spared.set(fact, 0);
    for (const { alternatives } of group.parts) {
      const holding = new FactTally();
      for (const { facts } of alternatives) {
        for (const fact of facts) holding.set(fact, holding.get(fact, 0) + 1);
      }
      // A fact spares a way only if it is in none of its parts.
      for (const { fact, inWays } of holding.entries()) {
        const others = spared.get(fact, all) / alternatives.length;
        spared.set(fact, others * (alternatives.length - inWays));
      }
    }
    for (const { fact, inWays } of spared.entries()) {
      carried.set(fact, carried.get(fact, 0) + all - inWays);
    }
  }
  return [...carried.entries()].sort((a, b) => b.inWays - a.inWays);
}

/** Numbers by facts: a fact is known by its source, what it says and what it is on. */
class FactTally {
  readonly #bySource = new Map<string, { fact: Fact; inWays: number }[]>();

  get(fact: Fact, otherwise: number): number {
    return this.#find(fact)?.inWays ?? otherwise;
  }

  set(fact: Fact, inWays: number): void {
    const known = this.#find(fact);
    if (known !== undefined) {
      known.inWays = inWays;
      return;
    }
    const same = this.#bySource.get(fact.source);
    if (same === undefined) this.#bySource.set(fact.source, [{ fact, inWays }]);
    else same.push({ fact, inWays });
  }

  *entries(): Iterable<CarryingFact> {
    for (const same of this.#bySource.values()) yield* same;
  }

  #find(fact: Fact): { fact: Fact; inWays: number } | undefined {
    return this.#bySource.get(fact.source)?.find((entry) => sameFact(entry.fact, fact));
  }
}

/** True if both are one fact, read twice. */
export function sameFact(a: Fact, b: Fact): boolean {
  return a === b || (a.source === b.source && a.relation === b.relation && a.object === b.object);
}
