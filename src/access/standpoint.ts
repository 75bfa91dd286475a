import { denied } from './decision';
import { decide } from './engine';
import type { Facts } from './facts';
import type { Decision, Principal, Question } from './question';
import { covers } from './scopes';
import { visible } from './visibility';

/**
 * An asker and what they ask about: the facts of some moment, and those that hold now. What an asker
 * may learn goes by the rights of today, also when it is about the past or about what might be.
 */
export interface Standpoint {
  readonly asker: Principal & { readonly kind: 'user' };
  /** The facts asked about: those of a moment, or of an overlay of hypothetical changes. */
  readonly facts: Facts;
  /** The facts that hold now. */
  readonly present: Facts;
}

/** Who asked last about what these facts tell, and if they read everything. */
const READERS = new WeakMap<Facts, { readonly asker: Principal; readonly all: boolean }>();

/**
 * True if the asker reads everything there ever was: ADMIN and AUDITOR. Facts are of one moment, so
 * it is decided once for all questions that one asker has answered from them.
 */
export function readsEverything({ asker, present }: Standpoint): boolean {
  const known = READERS.get(present);
  if (known?.asker === asker) return known.all;
  const resource = present.organizationId;
  const all = decide(present, { principal: asker, action: 'audit:read', resource }).allowed;
  READERS.set(present, { asker, all });
  return all;
}

/** True if the asker may ask who may do what on the resource; about one subject, if given. */
export function mayAsk(standpoint: Standpoint, resource: string, about?: string): boolean {
  return readsEverything(standpoint) || asks(standpoint, resource, about);
}

function asks({ asker, present }: Standpoint, resource: string, about?: string): boolean {
  const question = { principal: asker, action: 'access:ask', resource } as const;
  return decide(present, about === undefined ? question : { ...question, about }).allowed;
}

/**
 * True if the asker asks about themselves, which is allowed on whatever there is. Where there is nothing
 * the answer is worked out nevertheless: that there is none to tell must not save time.
 */
export function asksAboutSelf({ asker }: Standpoint, about: string | undefined): boolean {
  return about === asker.id && (asker.scopes === null || covers(asker.scopes, 'access:ask'));
}

/** True if the asker may know that there is such a thing, or was. */
export function maySee(standpoint: Standpoint, id: string): boolean {
  const { asker, present } = standpoint;
  return visible(present, asker, id) || readsEverything(standpoint);
}

/** True if the asker may know there is such a target. Where to is as much asked about as what. */
export function mayTarget(standpoint: Standpoint, targetClusterId?: string | null): boolean {
  return targetClusterId == null || maySee(standpoint, targetClusterId);
}

/**
 * The decision as far as the asker may know it. To who may not ask every resource is unknown; so is,
 * in a denial, one that the asker cannot see, and so is a pipeline: whoever asks about themselves, or
 * on what they manage, must not learn what exists. Nor by how long it takes: what is hidden is looked
 * at as what is not there is, and what others may do is not looked at for who may not ask.
 */
export function answerTo(standpoint: Standpoint, question: Question): Decision {
  const { asker, facts, present } = standpoint;
  if (readsEverything(standpoint)) return decide(facts, question);
  const { principal, action, resource, targetClusterId } = question;
  if (!mayTarget(standpoint, targetClusterId)) return denied('NOT_FOUND');
  const about = 'id' in principal ? principal.id : undefined;
  const mayAskHere = asks(standpoint, resource, about);
  if (!mayAskHere && !asksAboutSelf(standpoint, about)) return denied('NOT_FOUND');
  const decision = decide(facts, question);
  // What one is allowed, one knows; but to ask about oneself is allowed on whatever there is.
  const known = decision.allowed && action !== 'access:ask';
  const seen = known || visible(present, asker, resource);
  if (!mayAskHere || !seen) return denied('NOT_FOUND');
  const hidden = !decision.allowed && principal.kind === 'pipeline';
  // The engine's own answer about a pipeline that there is not.
  return hidden && !visible(present, asker, principal.id) ? denied('DENIED') : decision;
}
