import type { Moment } from '../access/facts';
import type { ListAsk } from '../access/lists/ask';
import type { OrganizationId } from '../domain/id';

/** One list at one moment: what it is of follows from these parts alone. */
export interface ListQuestion {
  readonly organizationId: OrganizationId;
  readonly moment: Moment;
  /** The end that the list starts from: who is on a resource, or what a subject may. */
  readonly of: 'resource' | 'subject';
  readonly id: string;
  readonly ask: ListAsk;
}

interface Remembered {
  readonly question: ListQuestion;
  readonly ids: readonly string[];
}

/**
 * The lists that were made last, so that turning a page does not make the whole list again. They are
 * of pinned moments and never change; who may see what of them is judged afresh on each page.
 */
export class RememberedLists {
  readonly #idsMax: number;
  #lists: readonly Remembered[] = [];

  /** @param idsMax how many ids are kept, of all lists together */
  constructor(idsMax: number) {
    this.#idsMax = idsMax;
  }

  /** The list, made unless it is remembered. */
  get(question: ListQuestion, make: () => readonly string[]): readonly string[] {
    const known = this.#lists.find((list) => isSame(list.question, question));
    const list = known ?? { question, ids: make() };
    // What agents do is recorded in another ledger, and may still be within the same instant.
    if (!question.ask.action.startsWith('agent:')) this.#keep(list);
    return list.ids;
  }

  #keep(list: Remembered): void {
    if (list.ids.length > this.#idsMax) return;
    let kept = 0;
    this.#lists = [list, ...this.#lists.filter((other) => other !== list)].filter(({ ids }) => {
      // Every list counts for something, so that there are never many.
      kept += Math.max(ids.length, 1000);
      return kept <= this.#idsMax;
    });
  }
}

function isSame(a: ListQuestion, b: ListQuestion): boolean {
  return (
    a.organizationId === b.organizationId &&
    a.moment.position === b.moment.position &&
    a.moment.instant === b.moment.instant &&
    a.of === b.of &&
    a.id === b.id &&
    a.ask.action === b.ask.action &&
    a.ask.branch === b.ask.branch &&
    a.ask.targetClusterId === b.ask.targetClusterId &&
    a.ask.about === b.ask.about
  );
}
