/** How many random bytes are drawn from the system at once. */
const POOL_BYTES = 16_384;

/**
 * Random bytes from one pooled buffer: a call to the system for every 32 bytes costs more than the
 * insert they are for. Bytes handed out are wiped from the pool.
 */
export class RandomPool {
  readonly #fill: (target: Uint8Array) => void;
  readonly #pool = new Uint8Array(POOL_BYTES);
  #used = POOL_BYTES;

  /** @param fill fills the given bytes with random ones, such as `crypto.randomFillSync`. */
  constructor(fill: (target: Uint8Array) => void) {
    this.#fill = fill;
  }

  /** Up to 1024 fresh random bytes. */
  take(count: number): Uint8Array {
    if (this.#used + count > POOL_BYTES) {
      this.#fill(this.#pool);
      this.#used = 0;
    }
    const bytes = this.#pool.slice(this.#used, this.#used + count);
    this.#pool.fill(0, this.#used, this.#used + count);
    this.#used += count;
    return bytes;
  }
}
