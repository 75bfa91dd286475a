import type { Action } from '../actions';
import { decide } from '../engine';
import {
  answerTo,
  asksAboutSelf,
  mayAsk,
  maySee,
  mayTarget,
  readsEverything,
  type Standpoint,
} from '../standpoint';
import { questionOf, type ListAsk } from './ask';
import {
  actionsOf,
  principalOf,
  resourcesOf,
  subjectKindOf,
  subjectsOf,
  type SubjectKind,
} from './lists';
import { managedOf } from './managed';

/*
 * One rule for every list: it has what the same asker would hear `true` about if they asked for each
 * item by itself. What one may not ask about is like what is not there.
 */

/** A member or pipeline, by its id. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** Makes a list from its question, or finds the one that was made before. */
export type Lister = (make: () => readonly string[]) => readonly string[];

/** Who may do it on the resource, ascending. Who may not ask about everyone finds only themselves. */
export function askedSubjects(
  standpoint: Standpoint,
  resource: string,
  ask: ListAsk,
  listed: Lister = (make) => make(),
): readonly string[] {
  const { asker, facts } = standpoint;
  if (!mayTarget(standpoint, ask.targetClusterId)) return [];
  const kind = subjectKindOf(facts, ask.action);
  if (mayAsk(standpoint, resource)) return listed(() => subjectsOf(facts, kind, resource, ask));
  const question = questionOf(ask, principalOf(asker.kind, asker.id), resource);
  return kind === asker.kind && answerTo(standpoint, question).allowed ? [asker.id] : [];
}

/**
 * On what the subject may do it, ascending. About others one may ask on what one manages: that is
 * where it is looked for.
 */
export function askedResources(
  standpoint: Standpoint,
  subject: Subject,
  ask: ListAsk,
  listed: Lister = (make) => make(),
): readonly string[] {
  const { asker, facts } = standpoint;
  if (!mayTarget(standpoint, ask.targetClusterId)) return [];
  const principal = principalOf(subject.kind, subject.id);
  if (subject.id === asker.id || readsEverything(standpoint)) {
    return listed(() => resourcesOf(facts, principal, ask));
  }
  return [...new Set(managedOf(standpoint, asker.id, ask))]
    .filter(
      (resource) =>
        mayAsk(standpoint, resource) && decide(facts, questionOf(ask, principal, resource)).allowed,
    )
    .sort();
}

/** What the subject may do on the resource, in the order of the table of actions. */
export function askedActions(
  standpoint: Standpoint,
  subject: Subject,
  resource: string,
  ask: Omit<ListAsk, 'action'>,
): readonly Action[] {
  if (!mayTarget(standpoint, ask.targetClusterId)) return [];
  const mayAskHere = mayAsk(standpoint, resource, subject.id);
  if (!mayAskHere && !asksAboutSelf(standpoint, subject.id)) return [];
  const found = actionsOf(standpoint.facts, principalOf(subject.kind, subject.id), resource, ask);
  const sees = maySee(standpoint, resource);
  return mayAskHere ? found.filter((action) => sees || action !== 'access:ask') : [];
}
