import type { MutationName } from '../access/operations';
import { isRefusal, type Refusal } from '../domain/refusal';
import type { World } from '../views/world';
import { authorize, checkScopes } from './authorize';
import { identify, type Identified } from './caller';
import { checkEffects, type Claimed } from './effects';
import type { DecideContext, Handler, Plan } from './handler';
import { checkProlonging } from './prolonging';
import type { Command, Fault, Refused } from './protocol';

/** One mutation as somebody wishes it, whether it is to be carried out or only tried. */
export type Wish = Pick<Command, 'caller' | 'mutation' | 'input'>;

export type Handlers = Readonly<Partial<Record<MutationName, Handler<never>>>>;

/** What judging needs besides the world: all randomness comes in here. */
export interface JudgeParts extends Omit<DecideContext, 'caller'> {
  readonly handlers: Handlers;
}

/** What follows from a wish: all that is to be written, or why nothing is. */
export type Judged = { readonly kind: 'PLANNED'; readonly plan: Plan } | Refused | Fault;

const UNAUTHENTICATED: Fault = {
  kind: 'FAULT',
  code: 'UNAUTHENTICATED',
  message: 'The credentials are not valid, or not any more.',
};

/** Who asks, if they still are who they were and their token is for such things at all. */
export function admit({ caller, mutation }: Wish, world: World | undefined): Identified | Fault {
  const identified = identify(caller, world);
  if (identified === undefined) return UNAUTHENTICATED;
  return checkScopes(identified.principal, mutation) ?? identified;
}

/**
 * Decides what one of the admitted wishes: may they, what follows, does it prolong rights of theirs,
 * does anything else stand in its way.
 * Writes nothing. Throws a RangeError for a mutation without a handler.
 */
export function judge(
  { caller, mutation, input }: Wish,
  identified: Identified,
  world: World,
  claimed: Claimed,
  { handlers, newId, newSecret }: JudgeParts,
): Judged {
  const handler = handlers[mutation] as Handler<unknown> | undefined;
  if (handler === undefined) throw new RangeError(`no handler of ${mutation}`);
  const asks = handler.asks(input, world, caller);
  if (isRefusal(asks)) return refused(asks);
  const denied = authorize(world, identified.principal, asks);
  if (denied !== undefined) return hindered(denied);
  const plan = handler.decide(input, world, { caller, newId, newSecret });
  if (isRefusal(plan)) return refused(plan);
  const hindrance =
    checkProlonging(world, identified, asks, plan.events) ??
    checkEffects(claimed, world.organizationId, plan.effects ?? []);
  return hindrance === undefined ? { kind: 'PLANNED', plan } : hindered(hindrance);
}

function hindered(hindrance: Refusal | Fault): Refused | Fault {
  return isRefusal(hindrance) ? refused(hindrance) : hindrance;
}

/** An expected refusal as the outcome of a command. */
export function refused(refusal: Refusal): Refused {
  return { kind: 'REFUSED', refusal };
}
