import type { RegistrationTurns, Turn } from '../graphql/context';
import { Attempts } from './attempts';
import { sourceOf } from './source';

/** How often one address may try to register agents, by minute. */
export interface RegistrationLimits {
  /** Attempts of any end: each may cost the verification of one signature. */
  readonly attemptsMax: number;
  readonly failuresMax: number;
  /** Failures of one claimed key. */
  readonly failuresPerKeyMax: number;
}

/** Longer than any session: an agent that comes back in time is known. */
const WELCOME_SECONDS = 3600;

/**
 * Bounds what registrations from one address may cost. Failures are charged to the address and the
 * key that was claimed, then to the address, so that one broken agent soon stops costing anything
 * and its neighbours do not notice. A key that registered well from there lately is held up by
 * neither: whoever wastes the failures of an address locks out nobody who is at home. What stays for
 * all is the bound on attempts.
 */
export class RegistrationAttempts implements RegistrationTurns {
  readonly #attempts: Attempts;
  readonly #failures: Attempts;
  readonly #keyFailures: Attempts;
  /** The keys that registered well, by address: whoever has a count here has. */
  readonly #welcome = new Attempts(1, { seconds: WELCOME_SECONDS });

  constructor({ attemptsMax, failuresMax, failuresPerKeyMax }: RegistrationLimits) {
    this.#attempts = new Attempts(attemptsMax);
    this.#failures = new Attempts(failuresMax);
    this.#keyFailures = new Attempts(failuresPerKeyMax);
  }

  async begin(address: string | null, claimed: string | null): Promise<Turn> {
    const source = sourceOf(address);
    const attempt = await this.#attempts.take(source);
    // What claims no key costs no verification either.
    if (!attempt.granted || claimed === null) return attempt;
    const key = `${source} ${claimed}`;
    const stranger = await this.#welcome.look(key);
    if (!stranger.granted) return attempt;
    const ofKey = await this.#keyFailures.look(key);
    return ofKey.granted ? this.#failures.look(source) : ofKey;
  }

  async succeeded(address: string | null, claimed: string): Promise<void> {
    await this.#welcome.take(`${sourceOf(address)} ${claimed}`);
  }

  async failed(address: string | null, claimed: string): Promise<void> {
    const source = sourceOf(address);
    await this.#failures.take(source);
    await this.#keyFailures.take(`${source} ${claimed}`);
  }
}
