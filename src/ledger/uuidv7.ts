/**
 * UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits. Within a millisecond,
 * and when the clock runs backwards, the 12 bits after the version count up, so that ids of one
 * generator always ascend and indexes grow at their end.
 */
export class UuidV7 {
  readonly #clock: () => number;
  readonly #random: (target: Uint8Array) => void;
  #lastMs = 0;
  #counter = 0;

  /** @param random fills the given bytes with random ones. */
  constructor(clock: () => number, random: (target: Uint8Array) => void) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The 16 bytes of the next id. */
  next(): Uint8Array {
    const uuid = Buffer.allocUnsafe(16);
    this.#random(uuid.subarray(6));
    const now = this.#clock();
    if (now > this.#lastMs) {
      this.#lastMs = now;
      // Half of the counter's room stays free for ids of the same millisecond.
      this.#counter = (((uuid[6] ?? 0) << 8) | (uuid[7] ?? 0)) & 0x7ff;
    } else {
      this.#counter += 1;
      if (this.#counter > 0xfff) {
        this.#lastMs += 1;
        this.#counter = 0;
      }
    }
    // The time's 48 bits are beyond the bitwise operators: in two parts.
    const high = Math.floor(this.#lastMs / 0x10000);
    uuid[0] = high >>> 24;
    uuid[1] = high >>> 16;
    uuid[2] = high >>> 8;
    uuid[3] = high;
    uuid[4] = this.#lastMs >>> 8;
    uuid[5] = this.#lastMs;
    uuid[6] = 0x70 | (this.#counter >>> 8);
    uuid[7] = this.#counter & 0xff;
    uuid[8] = 0x80 | ((uuid[8] ?? 0) & 0x3f);
    return uuid;
  }
}

/** The usual text form: 8-4-4-4-12 lower-case hexadecimal digits. */
export function uuidText(uuid: Uint8Array): string {
  const hex = Buffer.from(uuid).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
