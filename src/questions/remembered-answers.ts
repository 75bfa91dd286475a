import { isDeepStrictEqual } from 'node:util';
import type { Queries } from '../views/queries';
import type { AskedBy } from './questions';
import { Recent, type RecentOptions } from './recent';

interface Question<Of> {
  readonly by: AskedBy;
  readonly of: Of;
}

/**
 * The whole answers that were found last, so that turning a page does not find the whole again.
 * Nobody gets what another asked for, and who may see what of it is judged afresh on each page.
 */
export class RememberedAnswers<Of, Answer> {
  readonly #size: Pick<RecentOptions<Question<Of>, Answer>, 'weightOf' | 'weightMax'>;
  readonly #recent = new WeakMap<Queries, Recent<Question<Of>, Answer>>();

  constructor(size: Pick<RecentOptions<Question<Of>, Answer>, 'weightOf' | 'weightMax'>) {
    this.#size = size;
  }

  /** @param of all that the answer depends on besides who asks: plain data */
  once(queries: Queries, by: AskedBy, of: Of, find: () => Answer): Answer {
    const recent = this.#recent.get(queries) ?? this.#none();
    this.#recent.set(queries, recent);
    const question = { by, of };
    const known = recent.find(question);
    if (known !== undefined) return known;
    const found = find();
    recent.add(question, found);
    return found;
  }

  #none(): Recent<Question<Of>, Answer> {
    return new Recent<Question<Of>, Answer>({ ...this.#size, isSame: isDeepStrictEqual });
  }
}
