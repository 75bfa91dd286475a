import type { Sources } from '../../../src/questions/questions';
import type { Answer, Questions, Registry } from '../../../src/questions/registry';

/** Answers long questions in the thread that asks, by the same interface as the reader's thread. */
export function localQuestions<R extends Registry>(
  registry: R,
  sources: () => Sources,
): Questions<R> {
  return {
    ask: (name, by, told) =>
      new Promise((resolve) => {
        const answer = registry[name]?.(sources(), by, told) as Answer<R[typeof name]>;
        // What crosses threads is copied.
        resolve(structuredClone(answer));
      }),
  };
}
