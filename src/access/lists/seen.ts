import { maySee, readsEverything, type Standpoint } from '../standpoint';
import type { ListAsk } from './ask';
import { askedResources, askedSubjects, type Lister, type Subject } from './asked';

/** A list of what the asker may ask about, as far as they may see it. */
export interface SeenList {
  /** Ascending. */
  readonly ids: readonly string[];
  /** How many more the asker may ask about, but not see. */
  readonly hidden: number;
}

/** Who may do it on the resource. */
export function seenSubjects(
  standpoint: Standpoint,
  resource: string,
  ask: ListAsk,
  listed?: Lister,
): SeenList {
  return seen(standpoint, askedSubjects(standpoint, resource, ask, listed));
}

/** What the subject may do it on. */
export function seenResources(
  standpoint: Standpoint,
  subject: Subject,
  ask: ListAsk,
  listed?: Lister,
): SeenList {
  return seen(standpoint, askedResources(standpoint, subject, ask, listed));
}

function seen(standpoint: Standpoint, all: readonly string[]): SeenList {
  if (readsEverything(standpoint)) return { ids: all, hidden: 0 };
  const ids = all.filter((id) => maySee(standpoint, id));
  return { ids, hidden: all.length - ids.length };
}
