import type { Fact, Relation } from '../../access/facts';
import type { World } from '../../views/world';
import type { Ask } from '../handler';
import type { HolderInput } from '../inputs';
import type { Caller } from '../protocol';

/**
 * Nobody but an ADMIN prolongs their own rights: what callers give to themselves, or to a team of
 * theirs, may not outlast what they give it by. If it would, the caller must be an ADMIN.
 */
export function askToProlong(
  world: World,
  caller: Caller,
  { teamId, userId }: HolderInput,
  expiresAt: number | null,
  by: () => readonly (readonly Fact[])[],
): readonly Ask[] {
  if (caller.kind !== 'MEMBER') return [];
  const isOwn =
    userId === caller.userId ||
    (teamId !== undefined && world.facts.between(caller.userId, 'teamMember', teamId).length > 0);
  if (!isOwn) return [];
  const until = Math.max(0, ...by().map((chain) => Math.min(...chain.map(end))));
  if (end({ expiresAt }) <= until) return [];
  return [{ action: 'member:manage', resource: world.organizationId, field: 'expiresAt' }];
}

/** The chains by which the caller holds something on the object, at one of the levels. */
export function ownChains(
  world: World,
  caller: Caller,
  relation: Relation,
  object: string,
  level: string | null,
): readonly (readonly Fact[])[] {
  if (caller.kind !== 'MEMBER') return [];
  return world.facts
    .held(caller.userId, relation, object)
    .filter(({ fact }) => fact.level === level)
    .map(({ fact, membership }) => (membership === null ? [fact] : [membership, fact]));
}

function end({ expiresAt }: Pick<Fact, 'expiresAt'>): number {
  return expiresAt ?? Number.POSITIVE_INFINITY;
}
