import { hasResources, type ListAsk } from '../access/lists/ask';
import { askedActions, askedResources, askedSubjects, type Subject } from '../access/lists/asked';
import { subjectKindOf, type SubjectKind } from '../access/lists/lists';
import type { Moment } from '../access/facts';
import { maySee, readsEverything, type Standpoint } from '../access/standpoint';
import type { AsOf } from '../views/queries';
import { QuestionFault, type LongQuestion } from './questions';
import { standpointOf } from './standpoint-of';

/** Whom or what a search starts from, and what it looks for. */
export type Sought =
  | {
      readonly kind: 'subject';
      readonly of: SubjectKind;
      readonly resource: string;
      readonly ask: ListAsk;
    }
  | { readonly kind: 'resource'; readonly subject: Subject; readonly ask: ListAsk }
  | {
      readonly kind: 'action';
      readonly subject: Subject;
      readonly resource: string;
      readonly ask: Omit<ListAsk, 'action'>;
    };

/** A page of what is sought: in ascending order, actions in their own. */
export interface SearchTold {
  readonly sought: Sought;
  /** Of which moment: a page goes on at the one of the page before. */
  readonly at: { readonly asOf: AsOf } | { readonly moment: Moment };
  /** Where the page begins in the whole list, in which what the asker may not see has its places, too. */
  readonly after: number;
  readonly limit: number;
}

export interface SearchAnswer {
  readonly moment: Moment;
  readonly rulesVersion: number;
  readonly names: readonly string[];
  /** How many there are on all pages. */
  readonly total: number;
  /** How many more the asker may ask about, but not see. */
  readonly hidden: number;
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

/**
 * Finds every subject, resource or action that the asker may see, and for which they would hear that it
 * is allowed: complete, what is hidden from them counted. Of what the asker may not ask about nothing is
 * found, as of what is unknown.
 */
export const search: LongQuestion<SearchTold, SearchAnswer> = (
  sources,
  by,
  { sought, at, after, limit },
) => {
  const { queries, now } = sources;
  const moment = 'moment' in at ? at.moment : queries.moment(by.organizationId, at.asOf, now);
  if (moment === 'UNKNOWN_MOMENT') {
    const message = 'asOf lies in the future, or before the first event.';
    throw new QuestionFault('BAD_USER_INPUT', message, 'asOf');
  }
  const standpoint = standpointOf(sources, by, moment);
  const found = find(standpoint, sought);
  // The list is of one moment, but what may be seen is of today: so places stay, and results may not.
  const seen = placesOf(found, sought.kind === 'action' ? null : standpoint);
  const left = seen.filter((place) => place >= after);
  return {
    moment,
    rulesVersion: standpoint.facts.rulesVersion,
    names: left.slice(0, limit).map((place) => found[place] ?? ''),
    total: seen.length,
    hidden: found.length - seen.length,
    next: left[limit] ?? null,
  };
};

/** The places of all that may be seen; of everything where no ids are told. */
function placesOf(found: readonly string[], standpoint: Standpoint | null): readonly number[] {
  const all = [...found.keys()];
  if (standpoint === null || readsEverything(standpoint)) return all;
  return all.filter((place) => maySee(standpoint, found[place] ?? ''));
}

function find(standpoint: Standpoint, sought: Sought): readonly string[] {
  switch (sought.kind) {
    case 'subject': {
      const { of, resource, ask } = sought;
      const isForThem = of === subjectKindOf(standpoint.facts, ask.action);
      return isForThem ? askedSubjects(standpoint, resource, ask) : [];
    }
    case 'resource':
      return resources(standpoint, sought.subject, sought.ask);
    case 'action':
      return askedActions(standpoint, sought.subject, sought.resource, sought.ask);
  }
}

function resources(standpoint: Standpoint, subject: Subject, ask: ListAsk): readonly string[] {
  if (!hasResources(ask.action)) {
    const message = `${ask.action} is not about things of one kind: it has no list of resources.`;
    throw new QuestionFault('BAD_USER_INPUT', message, 'action');
  }
  return askedResources(standpoint, subject, ask);
}
