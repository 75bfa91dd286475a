import { randomFillSync } from 'node:crypto';
import { UuidV7, uuidText } from '../../../src/ledger/uuidv7';

const INSTANT = 0x0195_7a3c_4d5e;

function source(clock: () => number, fill = 0xff): UuidV7 {
  return new UuidV7(clock, (target) => target.fill(fill));
}

describe('UUIDv7', () => {
  it('holds the time, the version and the variant of RFC 9562', () => {
    expect(uuidText(source(() => INSTANT, 0x00).next())).toBe(
      '01957a3c-4d5e-7000-8000-000000000000',
    );
    expect(uuidText(source(() => INSTANT, 0xff).next())).toBe(
      '01957a3c-4d5e-77ff-bfff-ffffffffffff',
    );
  });

  it('ascends within a millisecond, however many there are', () => {
    const uuids = new UuidV7(
      () => INSTANT,
      (target) => randomFillSync(target),
    );
    const texts = Array.from({ length: 10_000 }, () => uuidText(uuids.next()));
    expect([...texts].sort()).toEqual(texts);
    expect(new Set(texts).size).toBe(10_000);
  });

  it('lets the time run ahead once the counter is full', () => {
    const uuids = source(() => INSTANT);
    const texts = Array.from({ length: 2050 }, () => uuidText(uuids.next()));
    expect(texts[2048]).toBe('01957a3c-4d5e-7fff-bfff-ffffffffffff');
    expect(texts[2049]).toBe('01957a3c-4d5f-7000-bfff-ffffffffffff');
  });

  it('ascends when the clock runs backwards', () => {
    let now = INSTANT;
    const uuids = source(() => now);
    const before = uuidText(uuids.next());
    now -= 60_000;
    expect(uuidText(uuids.next()) > before).toBe(true);
  });

  it('follows the clock again once it has caught up', () => {
    let now = INSTANT;
    const uuids = source(() => now, 0);
    uuids.next();
    now += 5;
    expect(uuidText(uuids.next())).toBe('01957a3c-4d63-7000-8000-000000000000');
  });
});
