import { visible } from '../../access/visibility';
import type { Obstacle, Obstacles } from '../../domain/refusal';
import type { World } from '../../views/world';
import { identify } from '../caller';
import type { Caller } from '../protocol';

/**
 * True if the member who calls may know of what the id names, whatever the scopes of the token: they
 * say what it is for, and a token for granting need not be one for reading.
 */
export function isKnown(world: World, caller: Caller, id: string): boolean {
  const principal = identify(caller, world)?.principal;
  if (principal === undefined) return false;
  const unscoped = principal.kind === 'user' ? { ...principal, scopes: null } : principal;
  return visible(world.facts, unscoped, id);
}

/** True if the caller may read what the id names: only then may a refusal speak of it. */
export function isReadable(world: World, caller: Caller, id: string): boolean {
  const identified = identify(caller, world);
  return identified !== undefined && visible(world.facts, identified.principal, id);
}

/** Those that the caller may read, the others counted; undefined if nothing stands in the way. */
export function readableObstacles(
  world: World,
  caller: Caller,
  obstacles: readonly Obstacle[],
): Obstacles | undefined {
  if (obstacles.length === 0) return undefined;
  const usedBy = obstacles.filter(({ id }) => isReadable(world, caller, id));
  return { usedBy, hiddenCount: obstacles.length - usedBy.length };
}
