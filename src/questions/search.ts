import { hasResources, type ListAsk } from '../access/lists/ask';
import {
  actionsOf,
  principalOf,
  resourcesOf,
  subjectsOf,
  type SubjectKind,
} from '../access/lists/lists';
import type { Moment } from '../access/facts';
import { answerTo, mayAsk, maySee, readsEverything, type Standpoint } from '../access/standpoint';
import type { AsOf } from '../views/queries';
import { QuestionFault, type LongQuestion } from './questions';

/** Whom or what a search starts from, and what it looks for. */
export type Sought =
  | {
      readonly kind: 'subject';
      readonly of: SubjectKind;
      readonly resource: string;
      readonly ask: ListAsk;
    }
  | {
      readonly kind: 'resource';
      readonly subject: string;
      readonly subjectKind: SubjectKind;
      readonly ask: ListAsk;
    }
  | {
      readonly kind: 'action';
      readonly subject: string;
      readonly subjectKind: SubjectKind;
      readonly resource: string;
      readonly ask: Omit<ListAsk, 'action'>;
    };

/** A page of what is sought: in ascending order, actions in their own. */
export interface SearchTold {
  readonly sought: Sought;
  /** Of which moment: a page goes on at the one of the page before. */
  readonly at: { readonly asOf: AsOf } | { readonly moment: Moment };
  /** How many results the pages before had. */
  readonly after: number;
  readonly limit: number;
}

export interface SearchAnswer {
  readonly moment: Moment;
  readonly rulesVersion: number;
  readonly names: readonly string[];
  /** How many there are on all pages. */
  readonly total: number;
}

/**
 * Finds every subject, resource or action for which the same asker would hear that it is allowed:
 * complete. Of what the asker may not ask about nothing is found, as of what is unknown.
 */
export const search: LongQuestion<SearchTold, SearchAnswer> = (
  { queries, now },
  { organizationId, userId, scopes },
  { sought, at, after, limit },
) => {
  const head = queries.moment(organizationId, null, now);
  const moment = 'moment' in at ? at.moment : queries.moment(organizationId, at.asOf, now);
  if (head === 'UNKNOWN_MOMENT' || moment === 'UNKNOWN_MOMENT') {
    const message = 'asOf lies in the future, or before the first event.';
    throw new QuestionFault('BAD_USER_INPUT', message, 'asOf');
  }
  const facts = queries.facts(organizationId, moment);
  const present = queries.facts(organizationId, head);
  const standpoint = { asker: { kind: 'user', id: userId, scopes }, facts, present } as const;
  const names = find(standpoint, sought);
  return {
    moment,
    rulesVersion: facts.rulesVersion,
    names: names.slice(after, after + limit),
    total: names.length,
  };
};

function find(standpoint: Standpoint, sought: Sought): readonly string[] {
  const { targetClusterId } = sought.ask;
  const hidden = targetClusterId != null && !maySee(standpoint, targetClusterId);
  if (hidden && !readsEverything(standpoint)) return [];
  const { facts } = standpoint;
  switch (sought.kind) {
    case 'subject':
      return subjects(standpoint, sought);
    case 'resource':
      return resources(standpoint, sought);
    case 'action': {
      const { subject, subjectKind, resource, ask } = sought;
      if (!mayAsk(standpoint, resource, subject)) return [];
      return actionsOf(facts, principalOf(subjectKind, subject), resource, ask);
    }
  }
}

function subjects(
  standpoint: Standpoint,
  { of, resource, ask }: Sought & { readonly kind: 'subject' },
): readonly string[] {
  if (mayAsk(standpoint, resource)) return subjectsOf(standpoint.facts, of, resource, ask);
  if (of !== 'user') return [];
  // Who may not ask about everyone may still ask about themselves.
  const principal = { ...standpoint.asker, scopes: null };
  return answerTo(standpoint, { ...ask, principal, resource }).allowed ? [principal.id] : [];
}

function resources(
  standpoint: Standpoint,
  { subject, subjectKind, ask }: Sought & { readonly kind: 'resource' },
): readonly string[] {
  if (!hasResources(ask.action)) {
    const message = `${ask.action} is not about things of one kind: it has no list of resources.`;
    throw new QuestionFault('BAD_USER_INPUT', message, 'action');
  }
  const found = resourcesOf(standpoint.facts, principalOf(subjectKind, subject), ask);
  return readsEverything(standpoint)
    ? found
    : found.filter((resource) => mayAsk(standpoint, resource, subject));
}
