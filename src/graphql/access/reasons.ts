import type { Reason } from '../../access/question';
import { citeReasons, type CitedFact } from '../../questions/reasons';
import { ask, factsNow, memberOf, principalOf } from '../authorize';
import type { RequestContext } from '../context';
import type { FactType, ReasonType } from './types';

/** True if the asker reads everything there ever was: ADMIN and AUDITOR. */
export function readsEverything(context: RequestContext): boolean {
  const { organizationId } = memberOf(context);
  return ask(context, { action: 'audit:read', resource: organizationId }).allowed;
}

/** Lists of reasons, of any moment, as far as the asker may see them today. */
export function toReasonLists(
  context: RequestContext,
  lists: readonly (readonly Reason[])[],
): readonly (readonly ReasonType[])[] {
  const standpoint = { asker: principalOf(memberOf(context)), present: factsNow(context) };
  return citeReasons(context.queries, standpoint, lists).map((reasons) =>
    reasons.map((reason) => ({ ...reason, facts: reason.facts.map(toFact) })),
  );
}

function toFact({ fact, event }: CitedFact): FactType {
  return {
    relation: fact.relation,
    subjectId: fact.subject,
    objectId: fact.object,
    level: fact.level,
    branches: fact.detail?.branches ?? [],
    expiresAt: fact.expiresAt,
    event,
  };
}
