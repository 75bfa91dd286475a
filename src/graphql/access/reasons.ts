import type { Reason } from '../../access/question';
import type { Standpoint } from '../../access/standpoint';
import { citeReasons, type CitedFact, type CitedReason } from '../../questions/reasons';
import type { RequestContext } from '../context';
import type { FactType, ReasonType } from './types';

/** Reasons, of any moment, as far as the asker may see them today; each fact with its event. */
export function toReasons(
  { queries }: RequestContext,
  standpoint: Standpoint,
  reasons: readonly Reason[],
): readonly ReasonType[] {
  const [cited = []] = citeReasons(queries, standpoint, [reasons]);
  return cited.map(toReason);
}

/** A reason as clients get it. */
export function toReason(reason: CitedReason): ReasonType {
  return { ...reason, facts: reason.facts.map(toFact) };
}

/** A fact as clients get it. */
export function toFact({ fact, event }: CitedFact): FactType {
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
