import type { Reason } from '../../access/question';
import type { Standpoint } from '../../access/standpoint';
import { FactTeller } from '../../questions/told-facts';
import type { RequestContext } from '../context';
import type { ReasonType } from './types';

/** Reasons, of any moment, as far as the asker may see them today; each fact with its event. */
export function toReasons(
  { queries }: RequestContext,
  standpoint: Standpoint,
  reasons: readonly Reason[],
): readonly ReasonType[] {
  const teller = new FactTeller(
    standpoint,
    queries,
    reasons.flatMap(({ facts }) => facts),
  );
  return reasons.map((reason) => teller.reason(reason));
}
