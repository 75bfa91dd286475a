import type { ListAsk } from '../../../src/access/lists/ask';
import type { Principal, Question } from '../../../src/access/question';

interface List {
  readonly ask: Question;
  /** The items that the list was asked about, and those that are in it. */
  readonly about: Set<string>;
  readonly expected: string[];
}

/** Lists as they follow from single questions: each is told of every item that may be in it. */
export class Lists {
  readonly #lists = new Map<string, List>();

  note(name: readonly unknown[], ask: Question, item: string, allowed: boolean): void {
    const key = JSON.stringify(name);
    const list = this.#lists.get(key) ?? { ask, about: new Set(), expected: [] };
    this.#lists.set(key, list);
    list.about.add(item);
    if (allowed) list.expected.push(item);
  }

  /** The lists that are answered otherwise. */
  wrong(answer: (list: List) => readonly string[]): readonly unknown[] {
    return [...this.#lists.values()].flatMap((list) => {
      const found = answer(list);
      return found.join() === list.expected.join() ? [] : [{ ...list, found }];
    });
  }
}

/** What is asked, without the two ends of the question. */
export function asked(question: Question): ListAsk {
  const { action, branch, targetClusterId, about } = question;
  return {
    action,
    ...(branch !== undefined && { branch }),
    ...(targetClusterId !== undefined && { targetClusterId }),
    ...(about !== undefined && { about }),
  };
}

/** True if such principals are listed as subjects. */
export function isListed(
  principal: Principal,
): principal is Extract<Principal, { kind: 'user' | 'pipeline' }> {
  return principal.kind === 'user' || principal.kind === 'pipeline';
}

/** The words of a question besides its two ends and its action. */
export function wordsIn({ branch, targetClusterId, about }: Question): readonly unknown[] {
  return [branch, targetClusterId ?? String(targetClusterId), about];
}
