import { BoundedCache } from '../views/bounded-cache';

/** After so long half of what was used is forgotten. */
const HALVED_AFTER_MS = 60_000;
/** So many names are known at least; the others count as new. */
const NAMES_KEPT = 10_000;

interface Use {
  readonly amount: number;
  readonly at: number;
}

/** How much each name used lately: the longer ago, the less it counts. */
export class RecentUse {
  readonly #uses = new BoundedCache<string, Use>(NAMES_KEPT);
  readonly #now: () => number;

  /** @param now milliseconds that never run back */
  constructor(now: () => number) {
    this.#now = now;
  }

  of(name: string): number {
    const use = this.#uses.get(name);
    return use === undefined ? 0 : use.amount * 0.5 ** ((this.#now() - use.at) / HALVED_AFTER_MS);
  }

  add(name: string, amount: number): void {
    this.#uses.set(name, { amount: this.of(name) + amount, at: this.#now() });
  }
}
