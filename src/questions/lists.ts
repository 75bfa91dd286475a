import type { Moment } from '../access/facts';
import type { ListAsk } from '../access/lists/ask';
import type { Subject } from '../access/lists/asked';
import { seenResources, seenSubjects, type SeenList } from '../access/lists/seen';
import type { Queries } from '../views/queries';
import type { AskedBy, LongQuestion, Sources } from './questions';
import { RememberedLists, type ListQuestion } from './remembered-lists';
import { standpointOf } from './standpoint-of';

/** Which page of a list is asked for, at a moment that was resolved before. */
export interface PageTold {
  readonly moment: Moment;
  readonly ask: ListAsk;
  /** The last id of the page before, or null. */
  readonly after: string | null;
  readonly limit: number;
}

export interface PageAnswer {
  readonly ids: readonly string[];
  /** True if more follow. */
  readonly more: boolean;
  /** How many the whole list leaves out. */
  readonly hidden: number;
}

/** Who may do it on the resource. */
export const listSubjects: LongQuestion<PageTold & { readonly resource: string }, PageAnswer> = (
  sources,
  by,
  told,
) => {
  const standpoint = standpointOf(sources, by, told.moment);
  const { resource, ask } = told;
  const question = questionOf(by, told, { of: 'resource', id: resource });
  return pageOf(seenSubjects(standpoint, resource, ask, listerOf(sources, question)), told);
};

/** What the subject may do it on. */
export const listResources: LongQuestion<PageTold & { readonly subject: Subject }, PageAnswer> = (
  sources,
  by,
  told,
) => {
  const standpoint = standpointOf(sources, by, told.moment);
  const { subject, ask } = told;
  const question = questionOf(by, told, { of: 'subject', id: subject.id });
  return pageOf(seenResources(standpoint, subject, ask, listerOf(sources, question)), told);
};

/** So many ids are kept of the lists last made: some tens of megabytes. */
const IDS_REMEMBERED = 300_000;

const REMEMBERED = new WeakMap<Queries, RememberedLists>();

function listerOf({ queries }: Sources, question: ListQuestion) {
  const remembered = REMEMBERED.get(queries) ?? new RememberedLists(IDS_REMEMBERED);
  REMEMBERED.set(queries, remembered);
  return (make: () => readonly string[]) => remembered.get(question, make);
}

function questionOf(
  { organizationId }: AskedBy,
  { moment, ask }: PageTold,
  end: Pick<ListQuestion, 'of' | 'id'>,
): ListQuestion {
  return { organizationId, moment, ask, ...end };
}

function pageOf({ ids, hidden }: SeenList, { after, limit }: PageTold): PageAnswer {
  const left = after === null ? ids : ids.slice(firstAfter(ids, after));
  return { ids: left.slice(0, limit), more: left.length > limit, hidden };
}

/** Where in the ascending ids those begin that come after this one. */
function firstAfter(ids: readonly string[], after: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
