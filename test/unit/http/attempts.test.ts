import { Attempts } from '../../../src/http/attempts';

const granted = async (attempts: Attempts, address: string | null): Promise<boolean> =>
  (await attempts.take(address)).granted;

describe('Attempts', () => {
  it('grants as many as it may, then tells when to come back', async () => {
    const attempts = new Attempts(2);
    expect(await granted(attempts, '192.0.2.1')).toBe(true);
    expect(await granted(attempts, '192.0.2.1')).toBe(true);
    const third = await attempts.take('192.0.2.1');
    expect(third.granted).toBe(false);
    const waitMs = third.granted ? 0 : third.retryAfterMs;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(60_000);
  });

  it('counts each IPv4 address for itself', async () => {
    const attempts = new Attempts(1);
    expect(await granted(attempts, '192.0.2.1')).toBe(true);
    expect(await granted(attempts, '192.0.2.2')).toBe(true);
  });

  it('counts all of a /64 as one', async () => {
    const attempts = new Attempts(1);
    expect(await granted(attempts, '2001:db8:0:1::1')).toBe(true);
    expect(await granted(attempts, '2001:db8:0:1:ffff:ffff:ffff:ffff')).toBe(false);
    expect(await granted(attempts, '2001:db8:0:2::1')).toBe(true);
    expect(await granted(attempts, '2001:db8::1')).toBe(true);
    expect(await granted(attempts, '2001:db8:0:0:2::')).toBe(false);
    expect(await granted(attempts, '::1')).toBe(true);
    expect(await granted(attempts, '::2')).toBe(false);
  });

  it('counts all of unknown address as one', async () => {
    const attempts = new Attempts(1);
    expect(await granted(attempts, null)).toBe(true);
    expect(await granted(attempts, null)).toBe(false);
  });
});
