import { Attempts } from '../../../src/http/attempts';
import { sourceOf } from '../../../src/http/source';

describe('Attempts', () => {
  it('grants as many as it may, then tells when to come back', async () => {
    const attempts = new Attempts(2);
    expect(await attempts.take('a')).toEqual({ granted: true });
    expect(await attempts.take('a')).toEqual({ granted: true });
    const third = await attempts.take('a');
    expect(third.granted).toBe(false);
    const waitMs = third.granted ? 0 : third.retryAfterMs;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(60_000);
  });

  it('counts each name for itself', async () => {
    const attempts = new Attempts(1);
    expect((await attempts.take('a')).granted).toBe(true);
    expect((await attempts.take('b')).granted).toBe(true);
  });

  it('looks without counting', async () => {
    const attempts = new Attempts(1);
    for (let time = 0; time < 3; time += 1) {
      expect((await attempts.look('a')).granted).toBe(true);
    }
    await attempts.take('a');
    expect((await attempts.look('a')).granted).toBe(false);
  });

  it('keeps the newest counts, however many names are invented', async () => {
    const attempts = new Attempts(1, { keptMax: 3 });
    for (const name of ['a', 'b', 'c', 'a', 'd']) await attempts.take(name);
    expect(attempts.size).toBe(3);
    const left = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => (await attempts.look(name)).granted),
    );
    expect(left).toEqual([false, true, false, false]);
    for (let name = 0; name < 1000; name += 1) await attempts.take(String(name));
    expect(attempts.size).toBe(3);
  });
});

describe('a source', () => {
  it('is one IPv4 address', () => {
    expect(sourceOf('192.0.2.1')).not.toBe(sourceOf('192.0.2.2'));
  });

  it.each([
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff', true],
    ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
    ['2001:db8::1', '2001:db8:0:0:2::', true],
    ['::1', '::2', true],
    ['::1', '2001:db8::1', false],
  ])('is a /64 of IPv6: %s and %s', (one, other, same) => {
    expect(sourceOf(one) === sourceOf(other)).toBe(same);
  });

  it('is one for all that are unknown', () => {
    expect(sourceOf(null)).toBe(sourceOf(null));
  });
});
