const ROUNDS = 7;
/** So much is shown of what should have been the same. */
const SHOWN = 300;

/** The middle one of several numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

/**
 * Processor time of each of several things, microseconds a call: the median of rounds in which they
 * take turns, after one round that is not counted. What else runs on the machine costs none of it.
 */
export async function measureCpu(
  calls: number,
  ...things: readonly (() => Promise<void> | void)[]
): Promise<readonly number[]> {
  const rounds = things.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, thing] of things.entries()) {
      const before = process.cpuUsage();
      await thing();
      const { user, system } = process.cpuUsage(before);
      if (round > 0) rounds[index]?.push((user + system) / calls);
    }
  }
  return rounds.map(median);
}

/** Throws unless the answer is the one that was to come. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one === other) return;
  const begin = (text = 'nothing'): string => text.slice(0, SHOWN);
  throw new Error(`${what}: ${begin(one)}, where ${begin(other)} was to come`);
}
