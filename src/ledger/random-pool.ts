/** How many random bytes are drawn from the system at once. */
const POOL_BYTES = 16_384;

/**
 * Random bytes cut from a pool: a call to the system for every 32 bytes costs more than the insert
 * they are for. No byte is given out twice.
 */
export class RandomPool {
  readonly #fill: (target: Uint8Array) => void;
  #pool = Buffer.alloc(0);
  #used = 0;

  /** @param fill fills the given bytes with random ones, such as `crypto.randomFillSync`. */
  constructor(fill: (target: Uint8Array) => void) {
    this.#fill = fill;
  }

  /** Fresh random bytes. Throws a RangeError for more than the pool's 16,384. */
  take(count: number): Buffer {
    if (this.#used + count > this.#pool.length) {
      if (count > POOL_BYTES) throw new RangeError('more random bytes than the pool holds');
      // A new pool each time, since what was cut from the old one is still in use.
      this.#pool = Buffer.alloc(POOL_BYTES);
      this.#fill(this.#pool);
      this.#used = 0;
    }
    this.#used += count;
    return this.#pool.subarray(this.#used - count, this.#used);
  }
}
