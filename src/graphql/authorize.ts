import { decide } from '../access/engine';
import type { Facts } from '../access/facts';
import type { QUERY_ACTIONS } from '../access/operations';
import type { Decision, Principal, Question } from '../access/question';
import { covers } from '../access/scopes';
import { visibleEntity } from '../access/visibility';
import type { Entities, EntityKind } from '../domain/entity';
import type { RequestContext, RequestPrincipal } from './context';
import { fault } from './errors';
import { meterOf } from './reading';

type MemberPrincipal = RequestPrincipal & { readonly kind: 'MEMBER' };

/** The member who asks. Throws UNAUTHENTICATED for a stranger, FORBIDDEN for any other caller. */
export function memberOf({ principal }: RequestContext): MemberPrincipal {
  if (principal.kind === 'ANONYMOUS') throw fault('UNAUTHENTICATED');
  if (principal.kind !== 'MEMBER') throw fault('FORBIDDEN', 'Only members may ask this.');
  return principal;
}

/**
 * The member who asks a query of this action. Throws like `memberOf`, and FORBIDDEN when the API
 * token's scopes leave the action out: known before anything is looked up.
 */
export function askerOf(
  context: RequestContext,
  action: (typeof QUERY_ACTIONS)[keyof typeof QUERY_ACTIONS],
): MemberPrincipal {
  const member = memberOf(context);
  if (!covers(member.scopes, action)) {
    throw fault('FORBIDDEN', `The scopes of this API token do not cover ${action}.`);
  }
  return member;
}

/** The engine's name for the member. */
export function principalOf(member: MemberPrincipal): Principal & { readonly kind: 'user' } {
  return { kind: 'user', id: member.userId, scopes: member.scopes };
}

const CURRENT = new WeakMap<RequestContext, Facts>();

/** The facts that hold now in the caller's organization: the same for the whole request, and metered. */
export function factsNow(context: RequestContext): Facts {
  const known = CURRENT.get(context);
  if (known !== undefined) return known;
  const { principal, queries, clock } = context;
  if (!('organizationId' in principal)) throw fault('UNAUTHENTICATED');
  const moment = queries.moment(principal.organizationId, null, clock.now());
  if (moment === 'UNKNOWN_MOMENT') throw new Error('an authenticated caller has no organization');
  const facts = meterOf(context).metered(queries.facts(principal.organizationId, moment));
  CURRENT.set(context, facts);
  return facts;
}

/** Forgets the facts: the request has changed them. */
export function forgetFacts(context: RequestContext): void {
  CURRENT.delete(context);
}

/** What the engine says to the member's own request. Every resolver asks through here. */
export function ask(context: RequestContext, question: Omit<Question, 'principal'>): Decision {
  return decide(factsNow(context), { ...question, principal: principalOf(memberOf(context)) });
}

/** True if the caller may read the entity, which is of the caller's organization. */
export function mayRead<K extends EntityKind>(
  context: RequestContext,
  kind: K,
  entity: Entities[K],
): boolean {
  const { principal } = context;
  if (principal.kind !== 'MEMBER') return false;
  return visibleEntity(factsNow(context), principalOf(principal), kind, entity);
}
