import { decide } from '../../access/engine';
import type { Moment } from '../../access/facts';
import type { Decision, Question } from '../../access/question';
import { answerTo, type Standpoint } from '../../access/standpoint';
import { factsNow, memberOf, principalOf } from '../authorize';
import type { RequestContext } from '../context';
import { beginReading, meterOf } from '../reading';

/**
 * Where the member stands who asks a question about a moment: all that it reads counts for the request.
 * Throws like `beginReading`.
 */
export function standpointOf(context: RequestContext, moment: Moment): Standpoint {
  beginReading(context);
  const member = memberOf(context);
  return {
    asker: principalOf(member),
    facts: meterOf(context).metered(context.queries.facts(member.organizationId, moment)),
    present: factsNow(context),
  };
}

/** The decision as far as the asker may know it. Throws like `beginReading`. */
export function answerFor(
  context: RequestContext,
  standpoint: Standpoint,
  question: Question,
): Decision {
  beginReading(context);
  return answerTo(standpoint, question);
}

/** The decision on what the asker is known to be allowed to hear. Throws like `beginReading`. */
export function decideFor(
  context: RequestContext,
  { facts }: Standpoint,
  question: Question,
): Decision {
  beginReading(context);
  return decide(facts, question);
}
