import type { DomainEvent } from './event';
import type { Refusal } from './refusal';

/** What a wish comes to: the events that follow, none if nothing would change, or a refusal. */
export type Decided = readonly DomainEvent[] | Refusal;

/**
 * The wished-for members that are given and differ from what is; undefined if there are none.
 * Compares by value, so it suits texts, numbers and booleans.
 */
export function changes<T extends object, K extends keyof T & string>(
  before: T,
  wish: { readonly [P in K]?: T[P] | undefined },
): Partial<Pick<T, K>> | undefined {
  const names = (Object.keys(wish) as K[]).filter(
    (name) => wish[name] !== undefined && wish[name] !== before[name],
  );
  if (names.length === 0) return undefined;
  const changed: Partial<Pick<T, K>> = {};
  for (const name of names) changed[name] = wish[name];
  return changed;
}
