import { decide } from '../engine';
import { mayAsk, maySee, mayTarget, readsEverything, type Standpoint } from '../standpoint';
import { questionOf, type ListAsk } from './ask';
import { principalOf, resourcesOf, subjectKindOf, subjectsOf, type SubjectKind } from './lists';
import { managedOf } from './managed';

/** A list as far as the asker may know it. */
export interface SeenList {
  /** Ascending. */
  readonly ids: readonly string[];
  /** How many more the asker may ask about, but not see. */
  readonly hidden: number;
}

const NOTHING: SeenList = { ids: [], hidden: 0 };

/** Makes a list from its question, or finds the one that was made before. */
export type Lister = (make: () => readonly string[]) => readonly string[];

/** Who may do it on the resource. To who may not ask, it is like a resource that is not there. */
export function seenSubjects(
  standpoint: Standpoint,
  resource: string,
  ask: ListAsk,
  listed: Lister = (make) => make(),
): SeenList {
  if (!mayTarget(standpoint, ask.targetClusterId) || !mayAsk(standpoint, resource)) return NOTHING;
  const { facts } = standpoint;
  const kind = subjectKindOf(facts, ask.action);
  return seen(
    standpoint,
    listed(() => subjectsOf(facts, kind, resource, ask)),
  );
}

/** A member or pipeline, by its id. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/**
 * What the subject may do it on: all that the asker may ask about, and of that what they may see.
 * About others one may ask on what one manages, and so much is read of it.
 */
export function seenResources(
  standpoint: Standpoint,
  subject: Subject,
  ask: ListAsk,
  listed: Lister = (make) => make(),
): SeenList {
  if (!mayTarget(standpoint, ask.targetClusterId)) return NOTHING;
  const { asker, facts } = standpoint;
  const principal = principalOf(subject.kind, subject.id);
  if (subject.id === asker.id || readsEverything(standpoint)) {
    return seen(
      standpoint,
      listed(() => resourcesOf(facts, principal, ask)),
    );
  }
  const found = [...new Set(managedOf(standpoint, asker.id, ask))].filter(
    (resource) =>
      mayAsk(standpoint, resource) && decide(facts, questionOf(ask, principal, resource)).allowed,
  );
  return seen(standpoint, found.sort());
}

function seen(standpoint: Standpoint, all: readonly string[]): SeenList {
  if (readsEverything(standpoint)) return { ids: all, hidden: 0 };
  const ids = all.filter((id) => maySee(standpoint, id));
  return { ids, hidden: all.length - ids.length };
}
