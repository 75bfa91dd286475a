/** How a question is known again, and how much its answer takes. */
export interface RecentOptions<Question, Answer> {
  readonly isSame: (a: Question, b: Question) => boolean;
  readonly weightOf: (answer: Answer) => number;
  /** How much is kept, of all answers together. */
  readonly weightMax: number;
}

interface Kept<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer;
  readonly weight: number;
}

/** Every answer counts for so much at least, so that there are never many. */
const LEAST = 1000;

/** The answers that were found last, so that turning a page does not find the whole again. */
export class Recent<Question, Answer> {
  readonly #options: RecentOptions<Question, Answer>;
  #kept: readonly Kept<Question, Answer>[] = [];

  constructor(options: RecentOptions<Question, Answer>) {
    this.#options = options;
  }

  /** The answer to the same question, if it is kept: it is then the one asked for last. */
  find(question: Question): Answer | undefined {
    const known = this.#kept.find((kept) => this.#options.isSame(kept.question, question));
    if (known !== undefined) this.#keep(known);
    return known?.answer;
  }

  /** Keeps an answer that was not kept yet; others give way, unless it is too large. */
  add(question: Question, answer: Answer): void {
    this.#keep({ question, answer, weight: Math.max(this.#options.weightOf(answer), LEAST) });
  }

  #keep(one: Kept<Question, Answer>): void {
    const { weightMax } = this.#options;
    if (one.weight > weightMax) return;
    let sum = 0;
    this.#kept = [one, ...this.#kept.filter((other) => other !== one)].filter(({ weight }) => {
      sum += weight;
      return sum <= weightMax;
    });
  }
}
