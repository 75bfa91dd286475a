import { createHash } from 'node:crypto';
import type { Queries } from '../views/queries';
import type { AskedBy } from './questions';
import { Recent, type RecentOptions } from './recent';

/** How much an answer takes, and how much is kept of all together. */
type Size<Answer> = Pick<RecentOptions<string, Answer>, 'weightOf' | 'weightMax'>;

/**
 * The whole answers that were found last, so that turning a page does not find the whole again.
 * Nobody gets what another asked for, and who may see what of it is judged afresh on each page.
 */
export class RememberedAnswers<Of, Answer> {
  readonly #size: Size<Answer>;
  readonly #recent = new WeakMap<Queries, Recent<string, Answer>>();

  constructor(size: Size<Answer>) {
    this.#size = size;
  }

  /** @param of all that the answer depends on besides who asks: plain data */
  once(queries: Queries, by: AskedBy, of: Of, find: () => Answer): Answer {
    const recent =
      this.#recent.get(queries) ??
      new Recent<string, Answer>({ ...this.#size, isSame: (a, b) => a === b });
    this.#recent.set(queries, recent);
    const question = digestOf(by, of);
    const known = recent.find(question);
    if (known !== undefined) return known;
    const found = find();
    recent.add(question, found);
    return found;
  }
}

/** What is asked may be as long as a request: what is kept of it must not be. */
function digestOf(by: AskedBy, of: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([by, of]))
    .digest('base64url');
}
