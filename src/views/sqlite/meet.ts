/** Which way a search goes: to later positions or to earlier ones. */
export type Direction = 'FORWARD' | 'BACKWARD';

/** The next position of one sort of events from a position on, in the direction of a search. */
export type Source = (from: number) => number | null;

/**
 * The next position that every source has, null when there is none. Each source skips to where the
 * others are, so that the rarest decides what the search costs.
 */
export function meet(sources: readonly Source[], from: number): number | null {
  let candidate = from;
  let agreed = 0;
  for (;;) {
    for (const source of sources) {
      const next = source(candidate);
      if (next === null) return null;
      agreed = next === candidate ? agreed + 1 : 1;
      candidate = next;
      if (agreed === sources.length) return candidate;
    }
  }
}
