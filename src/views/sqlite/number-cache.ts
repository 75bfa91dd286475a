type Texts = Map<string, number>;

/**
 * Numbers of texts, by organization. Like BoundedCache it holds at most twice `limit` of them; one
 * map for each organization spares a joint key, whose making costs more than the search.
 */
export class NumberCache {
  readonly #limit: number;
  #recent = new Map<number, Texts>();
  #older = new Map<number, Texts>();
  #size = 0;
  /** The maps of the organization that was asked about last. */
  #organization = 0;
  #recentTexts: Texts | undefined;
  #olderTexts: Texts | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(organization: number, text: string): number | undefined {
    if (organization !== this.#organization) this.#turnTo(organization);
    const recent = this.#recentTexts?.get(text);
    if (recent !== undefined) return recent;
    const older = this.#olderTexts?.get(text);
    if (older !== undefined) this.set(organization, text, older);
    return older;
  }

  set(organization: number, text: string, number: number): void {
    if (this.#size >= this.#limit) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#size = 0;
      this.#turnTo(organization);
    } else if (organization !== this.#organization) {
      this.#turnTo(organization);
    }
    if (this.#recentTexts === undefined) {
      this.#recentTexts = new Map();
      this.#recent.set(organization, this.#recentTexts);
    }
    this.#recentTexts.set(text, number);
    this.#size += 1;
  }

  clear(): void {
    this.#recent.clear();
    this.#older.clear();
    this.#size = 0;
    this.#turnTo(0);
  }

  #turnTo(organization: number): void {
    this.#organization = organization;
    this.#recentTexts = this.#recent.get(organization);
    this.#olderTexts = this.#older.get(organization);
  }
}
