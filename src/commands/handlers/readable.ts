import { visible } from '../../access/visibility';
import type { Obstacle } from '../../domain/refusal';
import type { World } from '../../views/world';
import { identify } from '../caller';
import type { Caller } from '../protocol';

/** True if the caller may read what the id names: only then may a refusal speak of it. */
export function isReadable(world: World, caller: Caller, id: string): boolean {
  const identified = identify(caller, world);
  return identified !== undefined && visible(world.facts, identified.principal, id);
}

/** Those that the caller may read; undefined if nothing stands in the way at all. */
export function readableObstacles(
  world: World,
  caller: Caller,
  obstacles: readonly Obstacle[],
): readonly Obstacle[] | undefined {
  if (obstacles.length === 0) return undefined;
  return obstacles.filter(({ id }) => isReadable(world, caller, id));
}
