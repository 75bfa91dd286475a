/** How many rows the lists of one request read over, in all. */
const ROWS_MAX = 2000;
/** What each list may read over in any case, so that every page gets further. */
const ROWS_MIN = 100;

/**
 * How many rows that are hidden or filtered out the lists of one request may still read over. What
 * they answer with is bounded by the size of their pages; what they leave out would not be.
 */
export class RowBudget {
  #left: number;
  readonly #min: number;

  constructor(max = ROWS_MAX, min = ROWS_MIN) {
    this.#left = max;
    this.#min = min;
  }

  /**
   * For one list: counts a row that it read over, and tells if it must stop there; also where the
   * request has spent something else.
   */
  meter(isSpent: () => boolean): () => boolean {
    let rows = 0;
    return () => {
      rows += 1;
      this.#left -= 1;
      return rows >= this.#min && (this.#left <= 0 || isSpent());
    };
  }
}
