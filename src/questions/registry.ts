import type { AskedBy, LongQuestion } from './questions';

// Of each question its own types are kept, for whoever asks; `never` lets every one of them in.
type AnyQuestion = LongQuestion<never, unknown>;

/** Long questions by their names. */
export type Registry = Readonly<Record<string, AnyQuestion>>;

/** What a question is told. */
export type Told<Q extends AnyQuestion> = Parameters<Q>[2];

/** What a question answers. */
export type Answer<Q extends AnyQuestion> = ReturnType<Q>;

/** The way to the answers of long questions. */
export interface Questions<R extends Registry> {
  /**
   * Resolves with the answer, which is true of everything acknowledged before. Rejects with
   * QuestionFault, or with an Error that says no more than that there was a fault.
   */
  readonly ask: <N extends keyof R & string>(
    name: N,
    by: AskedBy,
    told: Told<R[N]>,
  ) => Promise<Answer<R[N]>>;
}
