import { isIPv6 } from 'node:net';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Turn } from '../graphql/context';

const WINDOW_SECONDS = 60;

/** Counts attempts by where they come from, in memory: a restart forgets them. */
export class Attempts {
  readonly #limiter: RateLimiterMemory;

  constructor(perMinuteMax: number) {
    this.#limiter = new RateLimiterMemory({ points: perMinuteMax, duration: WINDOW_SECONDS });
  }

  /** Counts one attempt of a canonical address, null if it is unknown, and tells if it may go on. */
  async take(address: string | null): Promise<Turn> {
    const result = await this.#limiter.penalty(sourceOf(address));
    return result.consumedPoints <= this.#limiter.points
      ? { granted: true }
      : { granted: false, retryAfterMs: result.msBeforeNext };
  }
}

/** One customer of a network has a whole /64 of IPv6 addresses, so all of them count as one. */
function sourceOf(address: string | null): string {
  if (address === null) return 'unknown';
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
