/** Bytes of a salt. */
export const SALT_BYTES = 32;

const POOL_BYTES = 8192;

/** Fills the buffer with cryptographically random bytes. */
export type FillRandom = (bytes: Uint8Array) => unknown;

/**
 * Random bytes cut from a pool, since asking the system for 32 bytes costs more than an insert.
 * No byte is ever given out twice. A request is at most 8,192 bytes long.
 */
export function pooledRandom(fill: FillRandom): (size: number) => Buffer {
  let pool = Buffer.alloc(0);
  let used = 0;
  return (size) => {
    if (used + size > pool.length) {
      if (size > POOL_BYTES) throw new RangeError('more random bytes than the pool holds');
      // A new buffer each time: what was given out earlier is still in use.
      pool = Buffer.alloc(POOL_BYTES);
      fill(pool);
      used = 0;
    }
    used += size;
    return pool.subarray(used - size, used);
  };
}
