import type { Moment } from '../access/facts';
import type { LedgerReader, LedgerRef } from '../ledger/types';
import type { AsOf } from './queries';
import type { Standing } from './sqlite/standings';

/** Where both ledgers of an organization are projected to. */
export interface Present {
  readonly access: Standing;
  readonly activity: Standing | undefined;
}

/** The present moment. Its instant never lies before anything recorded: clocks may run back. */
export function presentMoment({ access, activity }: Present, now: number): Moment {
  return {
    position: access.position,
    instant: Math.max(now, access.recordedAt, activity?.recordedAt ?? 0),
  };
}

/**
 * True if the moment was the present once: at its instant nothing later was recorded yet, and the
 * instant is none before its event, nor one that is still to come.
 */
export function wasPresent(
  { position, instant }: Moment,
  present: Present,
  now: number,
  ledger: LedgerReader,
  ref: LedgerRef,
): boolean {
  const head = presentMoment(present, now);
  if (![position, instant].every(Number.isSafeInteger)) return false;
  if (position < 1 || position > head.position || instant > head.instant) return false;
  const event = ledger.event(ref, position);
  if (event === undefined || instant < event.recordedAt) return false;
  if (position === head.position) return true;
  const next = ledger.event(ref, position + 1);
  return next !== undefined && instant <= next.recordedAt;
}

/**
 * The moment that is asked for: now; after an event, at its instant; or at a past instant, after the
 * last event until then. UNKNOWN_MOMENT before the first event and in the future.
 */
export function resolveMoment(
  asOf: AsOf,
  present: Present,
  now: number,
  ledger: LedgerReader,
  ref: LedgerRef,
): Moment | 'UNKNOWN_MOMENT' {
  const moment = presentMoment(present, now);
  if (asOf === null) return moment;
  if ('position' in asOf) {
    const { position } = asOf;
    if (!Number.isSafeInteger(position) || position < 1) return 'UNKNOWN_MOMENT';
    if (position > moment.position) return 'UNKNOWN_MOMENT';
    const event = ledger.event(ref, position);
    return event === undefined ? 'UNKNOWN_MOMENT' : { position, instant: event.recordedAt };
  }
  const { time } = asOf;
  if (!Number.isSafeInteger(time) || time > moment.instant) return 'UNKNOWN_MOMENT';
  const position = Math.min(ledger.positionAt(ref, time), moment.position);
  return position < 1 ? 'UNKNOWN_MOMENT' : { position, instant: time };
}
