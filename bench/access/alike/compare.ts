import { median, quantile } from '../measure';

/** Something to ask again and again. */
type Thing = () => Promise<string> | string;

/** How many rounds are measured, and how many only warm up what is measured. */
const ROUNDS = 60;
const WARM_ROUNDS = 10;
/** So many times the rounds are split in two halves. */
const SPLITS = 200;

/**
 * Processor time of each thing, microseconds a call, in each of many rounds: in every round the
 * things come in another order, so that none is always asked after the same one.
 */
export async function timesOf(
  things: readonly Thing[],
  calls: number,
  random: (below: number) => number,
): Promise<readonly (readonly number[])[]> {
  const times = things.map((): number[] => []);
  for (let round = -WARM_ROUNDS; round < ROUNDS; round += 1) {
    for (const at of shuffled(things.keys(), random)) {
      const thing = things[at];
      const before = process.cpuUsage();
      for (let call = 0; call < calls; call += 1) await thing?.();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[at]?.push((user + system) / calls);
    }
  }
  return times;
}

/**
 * How far the medians of two halves of the same rounds lie apart, as a share: 95 of 100 splits stay
 * below. What differs by less than this cannot be told from chance with so many rounds.
 */
export function noiseOf(times: readonly number[], random: (below: number) => number): number {
  const apart = Array.from({ length: SPLITS }, () => {
    const mixed = shuffled(times, random);
    const half = mixed.length / 2;
    return Math.abs(median(mixed.slice(0, half)) / median(mixed.slice(half)) - 1);
  });
  return quantile(apart, 0.95);
}

/** The same items in a random order. */
function shuffled<T>(items: Iterable<T>, random: (below: number) => number): readonly T[] {
  return [...items]
    .map((item) => ({ item, place: random(2 ** 30) }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
