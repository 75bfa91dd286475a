/** How many entries may wait, in all and of one caller. */
export interface QueueLimits {
  readonly total: number;
  readonly perCaller: number;
}

/**
 * A bounded queue that serves its callers in turns, so that one who sends a thousand commands does
 * not keep another waiting for all of them. Within one caller the order is kept.
 */
export class FairQueue<T> {
  readonly #lanes = new Map<string, T[]>();
  readonly #limits: QueueLimits;
  #length = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds an entry; false when the queue or the caller's share of it is full. */
  push(caller: string, entry: T): boolean {
    if (this.#length >= this.#limits.total) return false;
    const lane = this.#lanes.get(caller);
    if (lane === undefined) {
      this.#lanes.set(caller, [entry]);
    } else {
      if (lane.length >= this.#limits.perCaller) return false;
      lane.push(entry);
    }
    this.#length += 1;
    return true;
  }

  /** Takes up to `count` entries, one of each caller per round. */
  take(count: number): T[] {
    const taken: T[] = [];
    // A lane that goes back to the end of the map is met again by the same iteration: the rounds.
    for (const [caller, lane] of this.#lanes) {
      if (taken.length >= count) break;
      this.#lanes.delete(caller);
      const entry = lane.shift();
      if (entry === undefined) continue;
      if (lane.length > 0) this.#lanes.set(caller, lane);
      taken.push(entry);
    }
    this.#length -= taken.length;
    return taken;
  }
}
