import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Turn } from '../graphql/context';

const MINUTE_SECONDS = 60;
/** Entries take about 200 bytes each. */
const KEPT_MAX = 50_000;

/**
 * Counts attempts by whatever stands for who makes them, in memory: a restart forgets them. So that
 * strangers who invent names cannot fill the memory, only as many counts are kept as `keptMax`; the
 * oldest is forgotten for a new one, which lets more through and never less.
 */
export class Attempts {
  readonly #limiter: RateLimiterMemory;
  readonly #kept = new Set<string>();
  readonly #keptMax: number;

  constructor(max: number, { seconds = MINUTE_SECONDS, keptMax = KEPT_MAX } = {}) {
    this.#limiter = new RateLimiterMemory({ points: max, duration: seconds });
    this.#keptMax = keptMax;
  }

  /** Counts one attempt and tells if it may go on. */
  async take(name: string): Promise<Turn> {
    await this.#makeRoomFor(name);
    const { consumedPoints, msBeforeNext } = await this.#limiter.penalty(name);
    return consumedPoints <= this.#limiter.points
      ? { granted: true }
      : { granted: false, retryAfterMs: msBeforeNext };
  }

  /** Tells if one more attempt might go on, and counts nothing. */
  async look(name: string): Promise<Turn> {
    const known = await this.#limiter.get(name);
    return known === null || known.consumedPoints < this.#limiter.points
      ? { granted: true }
      : { granted: false, retryAfterMs: Math.max(0, known.msBeforeNext) };
  }

  /** How many counts are kept. */
  get size(): number {
    return this.#kept.size;
  }

  async #makeRoomFor(name: string): Promise<void> {
    // What is counted again becomes the newest.
    this.#kept.delete(name);
    this.#kept.add(name);
    for (const oldest of this.#kept) {
      if (this.#kept.size <= this.#keptMax) return;
      this.#kept.delete(oldest);
      await this.#limiter.delete(oldest);
    }
  }
}
