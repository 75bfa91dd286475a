import type { Moment } from '../../../src/access/facts';
import type { Draw } from '../random-commands/draw';
import type { RawLedgers } from '../reference/organization';

/** A moment that is asked for, as the API is asked, and what it must come to. */
export interface AskedMoment {
  readonly asOf: { readonly position: number } | { readonly time: number } | null;
  readonly moment: Moment;
}

/** Now, an earlier position, an earlier time, and one expiry: just before it, at it, just after. */
export function momentsOf(ledgers: RawLedgers, now: number, draw: Draw): readonly AskedMoment[] {
  const { access } = ledgers;
  const first = access[0]?.recordedAt ?? 0;
  const position = 1 + draw.below(access.length);
  const passed = expiriesIn(ledgers).filter((instant) => first < instant && instant < now);
  const around = passed.length === 0 ? [] : [draw.of(passed)].flatMap((t) => [t - 1, t, t + 1]);
  const times = [first + draw.below(now - first + 1), ...around];
  const positionAt = (instant: number): number =>
    access.filter(({ recordedAt }) => recordedAt <= instant).length;
  return [
    { asOf: null, moment: { position: access.length, instant: now } },
    {
      asOf: { position },
      moment: { position, instant: access[position - 1]?.recordedAt ?? 0 },
    },
    ...times.map((time) => ({
      asOf: { time },
      moment: { position: positionAt(time), instant: time },
    })),
  ];
}

/** Every instant at which something ended, or will. */
function expiriesIn({ access }: RawLedgers): readonly number[] {
  return access.flatMap(({ data: { expiresAt } }) =>
    typeof expiresAt === 'number' ? [expiresAt] : [],
  );
}
