import { RegistrationAttempts } from '../../../src/http/registration-attempts';

const HERE = '192.0.2.1';
const limits = { attemptsMax: 100, failuresMax: 6, failuresPerKeyMax: 2 };

const begins = async (
  attempts: RegistrationAttempts,
  key: string | null,
  address: string | null = HERE,
): Promise<boolean> => (await attempts.begin(address, key)).granted;

async function fail(attempts: RegistrationAttempts, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await attempts.begin(HERE, key);
    await attempts.failed(HERE, key);
  }
}

describe('RegistrationAttempts', () => {
  it('holds up no fleet behind one address for its success', async () => {
    const attempts = new RegistrationAttempts(limits);
    for (let agent = 0; agent < 100; agent += 1) {
      expect(await begins(attempts, `key${agent}`)).toBe(true);
      await attempts.succeeded(HERE, `key${agent}`);
    }
  });

  it('holds up a key that failed, and not its neighbours', async () => {
    const attempts = new RegistrationAttempts(limits);
    await fail(attempts, 'broken', 2);
    const refused = await attempts.begin(HERE, 'broken');
    expect(refused).toEqual({ granted: false, retryAfterMs: expect.any(Number) });
    expect(await begins(attempts, 'good')).toBe(true);
    expect(await begins(attempts, 'broken', '192.0.2.2')).toBe(true);
  });

  it('what is refused is charged to nobody', async () => {
    const attempts = new RegistrationAttempts(limits);
    await fail(attempts, 'broken', 2);
    for (let time = 0; time < 50; time += 1) expect(await begins(attempts, 'broken')).toBe(false);
    expect(await begins(attempts, 'good')).toBe(true);
  });

  it('lets only keys that are known there on once many invented ones failed', async () => {
    const attempts = new RegistrationAttempts(limits);
    await attempts.succeeded(HERE, 'good');
    for (let invented = 0; invented < 6; invented += 1) await fail(attempts, `k${invented}`, 1);
    expect(await begins(attempts, 'k7')).toBe(false);
    expect(await begins(attempts, 'good')).toBe(true);
    expect(await begins(attempts, 'good', '192.0.2.2')).toBe(true);
    expect(await begins(attempts, 'k7', '192.0.2.2')).toBe(true);
  });

  it('lets nobody shut out a key that is known there by claiming it', async () => {
    const attempts = new RegistrationAttempts(limits);
    await attempts.succeeded(HERE, 'good');
    await fail(attempts, 'good', 6);
    expect(await begins(attempts, 'good')).toBe(true);
  });

  it('bounds all attempts of an address, whatever becomes of them', async () => {
    const attempts = new RegistrationAttempts({ ...limits, attemptsMax: 3 });
    await attempts.succeeded(HERE, 'good');
    expect(await begins(attempts, 'good')).toBe(true);
    expect(await begins(attempts, null)).toBe(true);
    expect(await begins(attempts, 'other')).toBe(true);
    expect(await begins(attempts, 'good')).toBe(false);
    expect(await begins(attempts, 'good', null)).toBe(true);
  });
});
