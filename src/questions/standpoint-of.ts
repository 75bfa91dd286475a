import type { Moment } from '../access/facts';
import type { Standpoint } from '../access/standpoint';
import { rememberedFacts } from '../access/remembered-facts';
import { QuestionFault, type AskedBy, type Sources } from './questions';

/**
 * Where the asker stands who asks about a moment, for as long as one question lasts. Throws where
 * there is no such organization.
 */
export function standpointOf(
  { queries, now }: Sources,
  { organizationId, userId, scopes }: AskedBy,
  moment: Moment,
): Standpoint {
  const present = queries.moment(organizationId, null, now);
  if (present === 'UNKNOWN_MOMENT') throw new QuestionFault('FORBIDDEN', 'There is no asker.');
  return {
    asker: { kind: 'user', id: userId, scopes },
    facts: rememberedFacts(queries.facts(organizationId, moment)),
    present: rememberedFacts(queries.facts(organizationId, present)),
  };
}
