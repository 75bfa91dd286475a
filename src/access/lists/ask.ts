import type { ClusterId } from '../../domain/id';
import { ACTIONS, type Action } from '../actions';
import type { Principal, Question } from '../question';

/** What a list is about, beside the end of the question that it starts from. */
export interface ListAsk {
  readonly action: Action;
  /** For `queue:run` and `agent:run`; left out: what is allowed without naming a branch. */
  readonly branch?: string;
  /** For `pipeline:move`: the target, null for out of every cluster. */
  readonly targetClusterId?: ClusterId | null;
  /** For `access:ask`: about whom. */
  readonly about?: string;
}

/** The question that a list asks about one subject and one resource. */
export function questionOf(ask: ListAsk, principal: Principal, resource: string): Question {
  return { ...ask, principal, resource };
}

/** True if what the action may be done on can be listed: things of one kind, in the organization. */
export function hasResources(action: Action): boolean {
  const kind = ACTIONS[action];
  return kind !== 'any' && kind !== 'installation';
}
