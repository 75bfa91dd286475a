import { FactMeter } from '../questions/fact-meter';
import type { RequestContext } from './context';
import { faultOf } from './question-fault';

const METERS = new WeakMap<RequestContext, FactMeter>();

/** Counts the facts that the request reads, whatever for: on the thread that answers everybody. */
export function meterOf(context: RequestContext): FactMeter {
  const known = METERS.get(context);
  if (known !== undefined) return known;
  const made = new FactMeter();
  METERS.set(context, made);
  return made;
}

/** To be called before what facts are read for. Throws QUERY_TOO_COMPLEX where too many were read. */
export function beginReading(context: RequestContext): void {
  try {
    meterOf(context).begin();
  } catch (error) {
    throw faultOf(error);
  }
}
