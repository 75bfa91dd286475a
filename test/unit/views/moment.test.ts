import type { LedgerReader, LedgerRef, OrganizationNumber } from '../../../src/ledger/types';
import { presentMoment, resolveMoment, wasPresent, type Present } from '../../../src/views/moment';
import type { AsOf } from '../../../src/views/queries';

const ref: LedgerRef = { organization: 1 as OrganizationNumber, kind: 'ACCESS' };
/** Recorded at these instants, from position 1 on; the last is not projected yet. */
const RECORDED = [100, 200, 200, 300, 900];
const leafHash = Buffer.alloc(32);

const ledger = {
  event: (_ref: LedgerRef, position: number) => ({ recordedAt: RECORDED[position - 1] }),
  positionAt: (_ref: LedgerRef, instant: number) => RECORDED.filter((at) => at <= instant).length,
} as unknown as LedgerReader;

const present: Present = {
  access: { position: 4, leafHash, recordedAt: 300 },
  activity: { position: 9, leafHash, recordedAt: 350 },
};

const at = (asOf: AsOf, now = 1000) => resolveMoment(asOf, present, now, ledger, ref);

describe('moments', () => {
  test('now is the last position, at the clock', () => {
    expect(at(null)).toEqual({ position: 4, instant: 1000 });
  });

  test('now never lies before anything recorded, in either ledger', () => {
    expect(at(null, 10)).toEqual({ position: 4, instant: 350 });
    expect(presentMoment({ ...present, activity: undefined }, 10)).toEqual({
      position: 4,
      instant: 300,
    });
  });

  test('a position is that position, at the instant of its event', () => {
    expect(at({ position: 1 })).toEqual({ position: 1, instant: 100 });
    expect(at({ position: 4 })).toEqual({ position: 4, instant: 300 });
  });

  test('a time is the last position recorded by then, at that time', () => {
    expect(at({ time: 100 })).toEqual({ position: 1, instant: 100 });
    expect(at({ time: 199 })).toEqual({ position: 1, instant: 199 });
    expect(at({ time: 200 })).toEqual({ position: 3, instant: 200 });
    expect(at({ time: 1000 })).toEqual({ position: 4, instant: 1000 });
  });

  test.each<AsOf>([
    { position: 0 },
    { position: -1 },
    { position: 5 },
    { position: 1.5 },
    { position: Number.NaN },
    { position: Number.POSITIVE_INFINITY },
    { time: 99 },
    { time: 1001 },
    { time: Number.NaN },
    { time: -5 },
    { time: 150.5 },
  ])('%j is no moment', (asOf) => {
    expect(at(asOf)).toBe('UNKNOWN_MOMENT');
  });
});

describe('a moment that was', () => {
  const was = (position: number, instant: number): boolean =>
    wasPresent({ position, instant }, present, 1000, ledger, ref);

  test('lies between its event and the next, or the present', () => {
    expect([was(1, 100), was(1, 150), was(1, 200), was(3, 299), was(4, 300), was(4, 1000)]).toEqual(
      Array(6).fill(true),
    );
  });

  test('lies neither before its event, nor after the next, nor still to come', () => {
    for (const [position, instant] of [
      [1, 99],
      [1, 201],
      [4, 1001],
      [5, 950],
      [0, 100],
      [-1, 100],
      [1.5, 150],
      [1, 150.5],
      [Number.NaN, 150],
    ] as const) {
      expect([position, instant, was(position, instant)]).toEqual([position, instant, false]);
    }
  });
});
