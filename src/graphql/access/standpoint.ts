import { decide } from '../../access/engine';
import type { Moment } from '../../access/facts';
import type { Decision, Question } from '../../access/question';
import { answerTo, type Standpoint } from '../../access/standpoint';
import { FactMeter } from '../../questions/fact-meter';
import { faultOf } from '../ask-question';
import { factsNow, memberOf, principalOf } from '../authorize';
import type { RequestContext } from '../context';

const METERS = new WeakMap<RequestContext, FactMeter>();

function meterOf(context: RequestContext): FactMeter {
  const known = METERS.get(context);
  if (known !== undefined) return known;
  const made = new FactMeter();
  METERS.set(context, made);
  return made;
}

/** One more question of the request. Throws QUERY_TOO_COMPLEX where those before it read too much. */
function begin(context: RequestContext): void {
  try {
    meterOf(context).begin();
  } catch (error) {
    throw faultOf(error);
  }
}

/**
 * Where the member stands who asks a question about a moment: all that it reads counts for the request.
 * Throws like `begin`.
 */
export function standpointOf(context: RequestContext, moment: Moment): Standpoint {
  begin(context);
  const member = memberOf(context);
  const meter = meterOf(context);
  return {
    asker: principalOf(member),
    facts: meter.metered(context.queries.facts(member.organizationId, moment)),
    present: meter.metered(factsNow(context)),
  };
}

/** The decision as far as the asker may know it. Throws like `begin`. */
export function answerFor(
  context: RequestContext,
  standpoint: Standpoint,
  question: Question,
): Decision {
  begin(context);
  return answerTo(standpoint, question);
}

/** The decision on what the asker is known to be allowed to hear. Throws like `begin`. */
export function decideFor(
  context: RequestContext,
  { facts }: Standpoint,
  question: Question,
): Decision {
  begin(context);
  return decide(facts, question);
}
