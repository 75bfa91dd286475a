import { denied } from './decision';
import { decide } from './engine';
import type { Facts } from './facts';
import type { Decision, Principal, Question } from './question';
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
  const { asker, present } = standpoint;
  const question = { principal: asker, action: 'access:ask', resource } as const;
  const asked = about === undefined ? question : { ...question, about };
  return decide(present, asked).allowed || readsEverything(standpoint);
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
 * on what they manage, must not learn what exists.
 */
export function answerTo(standpoint: Standpoint, question: Question): Decision {
  const decision = decide(standpoint.facts, question);
  if (readsEverything(standpoint)) return decision;
  const { principal, action, resource, targetClusterId } = question;
  if (!mayTarget(standpoint, targetClusterId)) return denied('NOT_FOUND');
  const about = 'id' in principal ? principal.id : undefined;
  if (!mayAsk(standpoint, resource, about)) return denied('NOT_FOUND');
  // What one is allowed, one knows; but to ask about oneself is allowed on whatever there is.
  const known = decision.allowed && action !== 'access:ask';
  if (!known && !maySee(standpoint, resource)) return denied('NOT_FOUND');
  const hidden = !decision.allowed && principal.kind === 'pipeline';
  // The engine's own answer about a pipeline that there is not.
  return hidden && !maySee(standpoint, principal.id) ? denied('DENIED') : decision;
}
