type Generation = Map<number, Map<string, number>>;

/** How many of the last texts are looked through before the maps. */
const LATEST = 8;

/**
 * Numbers of texts, by organization. Like BoundedCache it holds at most twice `limit` of them; one
 * map for each organization spares a joint key, whose making costs more than the search. An event
 * names few ids, each several times: the latest are compared one by one, which costs less still.
 */
export class NumberCache {
  readonly #limit: number;
  #recent: Generation = new Map();
  #older: Generation = new Map();
  #size = 0;
  #organization = 0;
  #next = 0;
  readonly #latestTexts: (string | undefined)[] = Array.from({ length: LATEST });
  readonly #latestNumbers: number[] = Array.from({ length: LATEST }, () => 0);

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(organization: number, text: string): number | undefined {
    if (organization !== this.#organization) this.#turnTo(organization);
    const latest = this.#latestTexts.indexOf(text);
    if (latest !== -1) return this.#latestNumbers[latest];
    const recent = this.#recent.get(organization)?.get(text);
    if (recent !== undefined) {
      this.#keepLatest(text, recent);
      return recent;
    }
    const older = this.#older.get(organization)?.get(text);
    if (older !== undefined) this.set(organization, text, older);
    return older;
  }

  set(organization: number, text: string, number: number): void {
    if (organization !== this.#organization) this.#turnTo(organization);
    this.#keepLatest(text, number);
    if (this.#size >= this.#limit) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#size = 0;
    }
    let texts = this.#recent.get(organization);
    if (texts === undefined) {
      texts = new Map();
      this.#recent.set(organization, texts);
    }
    texts.set(text, number);
    this.#size += 1;
  }

  clear(): void {
    this.#turnTo(0);
    this.#recent.clear();
    this.#older.clear();
    this.#size = 0;
  }

  #turnTo(organization: number): void {
    this.#organization = organization;
    this.#latestTexts.fill(undefined);
  }

  #keepLatest(text: string, number: number): void {
    this.#latestTexts[this.#next] = text;
    this.#latestNumbers[this.#next] = number;
    this.#next = (this.#next + 1) % LATEST;
  }
}
