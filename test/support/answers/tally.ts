/** Counts what came up, so that a test can tell that it was not held by easy cases alone. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#counts.set(name, this.of(name) + count);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** Those of the names that came up less often. */
  rarer(names: readonly string[], least: number): readonly string[] {
    return names
      .filter((name) => this.of(name) < least)
      .map((name) => `${name}: ${String(this.of(name))}`);
  }

  toString(): string {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${String(count).padStart(8)} ${name}`)
      .join('\n');
  }
}
