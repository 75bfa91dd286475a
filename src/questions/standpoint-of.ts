import type { Moment } from '../access/facts';
import type { Standpoint } from '../access/standpoint';
import { QuestionFault, type AskedBy, type Sources } from './questions';

/** Where the asker stands who asks about a moment. Throws where there is no such organization. */
export function standpointOf(
  { queries, now }: Sources,
  { organizationId, userId, scopes }: AskedBy,
  moment: Moment,
): Standpoint {
  const present = queries.moment(organizationId, null, now);
  if (present === 'UNKNOWN_MOMENT') throw new QuestionFault('FORBIDDEN', 'There is no asker.');
  return {
    asker: { kind: 'user', id: userId, scopes },
    facts: queries.facts(organizationId, moment),
    present: queries.facts(organizationId, present),
  };
}
