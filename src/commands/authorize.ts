import { decide } from '../access/engine';
import type { Principal, Question } from '../access/question';
import { covers } from '../access/scopes';
import { MUTATION_ACTIONS, type MutationName } from '../access/operations';
import { findVisible, visible } from '../access/visibility';
import { notFound, type Refusal } from '../domain/refusal';
import type { World } from '../views/world';
import type { Ask } from './handler';
import type { Fault } from './protocol';

const OUTSIDE_SCOPE: Fault = {
  kind: 'FAULT',
  code: 'FORBIDDEN',
  message: 'The scopes of this API token do not cover that.',
};

/** Refuses a mutation that the token's scopes leave out, before anything is looked up. */
export function checkScopes(principal: Principal, mutation: MutationName): Fault | undefined {
  if (principal.kind !== 'user' || principal.scopes === null) return undefined;
  return covers(principal.scopes, MUTATION_ACTIONS[mutation]) ? undefined : OUTSIDE_SCOPE;
}

/**
 * Asks the engine whether the principal may do all of this. A resource that the principal may not
 * read is answered exactly like an unknown one; a readable one with FORBIDDEN and the reason.
 */
export function authorize(
  world: World,
  principal: Principal,
  asks: readonly Ask[],
): Fault | Refusal | undefined {
  for (const ask of asks) {
    const { action, field, targetClusterId } = ask;
    const decision = decide(world.facts, questionOf(ask, principal));
    if (decision.allowed) continue;
    if (decision.code === 'OUTSIDE_SCOPE') return OUTSIDE_SCOPE;
    if (!isSeen(world, principal, ask)) return notFound(field);
    if (targetClusterId && !visible(world.facts, principal, targetClusterId)) {
      return notFound('clusterId');
    }
    return { kind: 'FAULT', code: 'FORBIDDEN', message: `${action}: ${decision.message}` };
  }
  return undefined;
}

/** What the engine is asked when the principal is to be allowed this. */
export function questionOf(
  { action, resource, targetClusterId }: Ask,
  principal: Principal,
): Question {
  return targetClusterId === undefined
    ? { principal, action, resource }
    : { principal, action, resource, targetClusterId };
}

function isSeen(world: World, principal: Principal, { named, resource }: Ask): boolean {
  if (named === undefined) return visible(world.facts, principal, resource);
  const { facts } = world;
  return findVisible(facts, principal, named, () => world.get(named.kind, named.id)) !== undefined;
}
