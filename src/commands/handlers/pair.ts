import type { Relation } from '../../access/facts';
import type { DomainEvent } from '../../domain/event';
import { refuse, type Refusal } from '../../domain/refusal';
import type { World } from '../../views/world';
import { endingOf } from './endings';

/**
 * What stands between the two at this level already: ALREADY_EXISTS while it holds; once expired,
 * the events that end it, since it makes room for what comes. Null: whatever the level.
 */
export function clearPair(
  world: World,
  subject: string,
  relation: Relation,
  object: string,
  level: string | null,
): readonly DomainEvent[] | Refusal {
  const standing = world
    .open(subject, relation, object)
    .filter((fact) => level === null || fact.level === level);
  const holds = standing.some(({ expiresAt }) => expiresAt === null || expiresAt > world.now);
  if (holds) return refuse('ALREADY_EXISTS', null, 'That is so already.');
  return standing.flatMap((fact) => endingOf(world, fact));
}
