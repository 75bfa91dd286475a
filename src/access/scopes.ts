import { isAction, type Action } from './actions';

/** What `read` covers: looking and asking. `write` covers every other action. */
const READS: ReadonlySet<Action> = new Set<Action>([
  'organization:read',
  'audit:read',
  'team:read',
  'cluster:read',
  'pipeline:read',
  'api-token:read',
  'access:ask',
]);

/** True if the text is a scope: `read`, `write`, or the name of an action. */
export function isScope(text: string): boolean {
  return text === 'read' || text === 'write' || isAction(text);
}

/** True if a token of these scopes may be used for the action at all. */
export function covers(scopes: readonly string[], action: Action): boolean {
  return scopes.includes(action) || scopes.includes(READS.has(action) ? 'read' : 'write');
}

/**
 * True if the narrow scopes reach no further than the wide ones; null is no limit. `read` and
 * `write` lie only within themselves, since they also cover actions that are yet to come.
 */
export function within(narrow: readonly string[], wide: readonly string[] | null): boolean {
  return narrow.every(
    (scope) =>
      isScope(scope) &&
      (wide === null || wide.includes(scope) || (isAction(scope) && covers(wide, scope))),
  );
}
