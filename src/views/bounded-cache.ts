/**
 * A map that forgets what was not asked for lately: it holds entries of at most twice `limit` in all, and
 * the last of those that were used are always among them. Each weighs 1 unless told.
 */
export class BoundedCache<K, V> {
  readonly #limit: number;
  readonly #weightOf: (value: V) => number;
  #recent = new Map<K, V>();
  #older = new Map<K, V>();
  /** Of the recent ones. */
  #weight = 0;

  constructor(limit: number, weightOf: (value: V) => number = () => 1) {
    this.#limit = limit;
    this.#weightOf = weightOf;
  }

  get(key: K): V | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    const weight = this.#weightOf(value);
    this.#weight += weight - this.#weightIn(key);
    if (this.#weight > this.#limit) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#weight = weight;
    }
    this.#recent.set(key, value);
  }

  delete(key: K): void {
    this.#weight -= this.#weightIn(key);
    this.#recent.delete(key);
    this.#older.delete(key);
  }

  clear(): void {
    this.#recent.clear();
    this.#older.clear();
    this.#weight = 0;
  }

  #weightIn(key: K): number {
    const known = this.#recent.get(key);
    return known === undefined ? 0 : this.#weightOf(known);
  }
}
