import { Refusal } from './client';

/** Prints the story, one line at a time. */
export class Narrator {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  act(title: string): void {
    this.#write(`\n━━ ${title} ${'━'.repeat(Math.max(0, 74 - title.length))}\n`);
  }

  say(text: string): void {
    this.#write(text);
  }

  /** Says what was done. */
  done(text: string): void {
    this.#write(`  ✔ ${text}`);
  }

  /**
   * Tries what must be refused and prints the server's own words. Throws if it was allowed: then
   * the story would be untrue.
   */
  async refused(text: string, attempt: () => Promise<unknown>): Promise<void> {
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#write(`  ✘ ${text}\n      ${error.code}: ${error.message}`);
      return;
    }
    throw new Error(`the server allowed what it had to refuse: ${text}`);
  }
}
