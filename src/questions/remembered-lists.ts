import type { Moment } from '../access/facts';
import type { ListAsk } from '../access/lists/ask';
import type { OrganizationId } from '../domain/id';
import { Recent } from './recent';

/** One list at one moment: what it is of follows from these parts alone. */
export interface ListQuestion {
  readonly organizationId: OrganizationId;
  readonly moment: Moment;
  /** The end that the list starts from: who is on a resource, or what a subject may. */
  readonly of: 'resource' | 'subject';
  readonly id: string;
  readonly ask: ListAsk;
}

/**
 * The lists that were made last, so that turning a page does not make the whole list again. They are
 * of pinned moments and never change; who may see what of them is judged afresh on each page.
 */
export class RememberedLists {
  readonly #recent: Recent<ListQuestion, readonly string[]>;

  /** @param weightMax how many ids are kept, of all lists together */
  constructor(weightMax: number) {
    this.#recent = new Recent({ isSame, weightOf: ({ length }) => length, weightMax });
  }

  /** The list, made unless it is remembered. */
  get(question: ListQuestion, make: () => readonly string[]): readonly string[] {
    // What agents do is recorded in another ledger, and may still be within the same instant.
    if (question.ask.action.startsWith('agent:')) return make();
    const known = this.#recent.find(question);
    if (known !== undefined) return known;
    const list = make();
    this.#recent.add(question, list);
    return list;
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
