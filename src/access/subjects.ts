import type { UserId } from '../domain/id';
import { ways } from './engine';
import type { Facts } from './facts';
import { subjectsOf } from './lists/lists';
import type { Reason } from './question';
import { TooManyWays, WAYS_MAX } from './rule';

export type ReachAction = 'cluster:reach' | 'queue:reach';

/** A member who reaches it, and every way in: never none. */
export interface ReachSubject {
  readonly userId: UserId;
  readonly ways: readonly Reason[];
}

/**
 * Everyone who reaches the cluster or queue, in the order of user ids: complete, and none if there
 * is no such thing. People who can change the code that a pipeline checks out are not counted.
 */
export function reachUsers(facts: Facts, action: ReachAction, resource: string): readonly UserId[] {
  return subjectsOf(facts, 'user', resource, { action }) as readonly UserId[];
}

/**
 * The same with every way in; for a page of them, pass that part of `reachUsers`, so that the ways
 * of the others need not be found. Throws TooManyWays rather than leave any out.
 */
export function reachSubjects(
  facts: Facts,
  action: ReachAction,
  resource: string,
  users: readonly UserId[] = reachUsers(facts, action, resource),
): readonly ReachSubject[] {
  let told = 0;
  return users.map((id) => {
    const principal = { kind: 'user', id, scopes: null } as const;
    const found = ways(facts, { principal, action, resource });
    told += found.length;
    if (told > WAYS_MAX) throw new TooManyWays('too many ways to tell');
    return { userId: id, ways: found };
  });
}
