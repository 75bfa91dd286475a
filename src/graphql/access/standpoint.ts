import type { Moment } from '../../access/facts';
import type { Standpoint } from '../../access/standpoint';
import { factsNow, memberOf, principalOf } from '../authorize';
import type { RequestContext } from '../context';

/** Where the member stands who asks about a moment. */
export function standpointOf(context: RequestContext, moment: Moment): Standpoint {
  const member = memberOf(context);
  return {
    asker: principalOf(member),
    facts: context.queries.facts(member.organizationId, moment),
    present: factsNow(context),
  };
}
