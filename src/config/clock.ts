/** Milliseconds since 1970. */
export type Clock = () => number;

/**
 * The system's clock, moved by an offset that threads can share: the first 8 bytes of the buffer
 * hold milliseconds. Tests move time that way; without a buffer it is the system's time.
 */
export function systemClock(offset: SharedArrayBuffer | null = null): Clock {
  if (offset === null) return () => Date.now();
  const shared = new BigInt64Array(offset);
  return () => Date.now() + Number(Atomics.load(shared, 0));
}
