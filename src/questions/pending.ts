import { QuestionFault } from './questions';
import type { Asked } from './reader-messages';

/** A question until it is answered. Whatever comes after its one answer or fault is ignored. */
export class Pending {
  #timer: NodeJS.Timeout | undefined;
  #settled = false;

  constructor(
    readonly asked: Asked,
    private readonly resolve: (answer: unknown) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  /** Gives it so much time from now, and no more of what it was given before. */
  limit(ms: number, onLate: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(onLate, ms);
  }

  answer(answer: unknown): void {
    if (this.#settle()) this.resolve(answer);
  }

  fail(error: Error): void {
    if (this.#settle()) this.reject(error);
  }

  #settle(): boolean {
    clearTimeout(this.#timer);
    const first = !this.#settled;
    this.#settled = true;
    return first;
  }
}

/** What can come of a question before, or instead of, an answer. */
export const faults = {
  full: () => unavailable('Too many questions are waiting. Try again in a moment.'),
  waitedTooLong: () => unavailable('The question waited too long. Try again in a moment.'),
  stopping: () => unavailable('The server is stopping.'),
  ended: () => unavailable('The reader ended while it answered. Try again in a moment.'),
  tooLong: () => tooComplex('The question takes too long to answer: ask for less at once.'),
  tooLarge: () => tooComplex('The question takes too much memory: ask for less at once.'),
} as const;

function unavailable(message: string): QuestionFault {
  return new QuestionFault('UNAVAILABLE', message);
}

function tooComplex(message: string): QuestionFault {
  return new QuestionFault('QUERY_TOO_COMPLEX', message);
}
