import type { Command, Fault, Outcome } from './protocol';
import type { Storage } from './storage';
import type { CommandRunner } from './command-runner';
import type { Sightings, WriterStatus } from './writer-messages';

/** A command and the way back to whoever waits for its outcome. */
export interface Pending {
  readonly command: Command;
  readonly reply: (outcome: Outcome) => void;
}

export interface WriterLog {
  readonly error: (error: unknown, message: string) => void;
}

const UNWRITABLE: Fault = {
  kind: 'FAULT',
  code: 'UNAVAILABLE',
  message: 'Nothing can be written now. Nothing of this command was kept; try again later.',
};
/** How long the first result of an idempotency key is kept: 7 days. */
const IDEMPOTENCY_MS = 7 * 24 * 3_600_000;
const BROKEN: Fault = { kind: 'FAULT', code: 'INTERNAL', message: 'The command could not be run.' };

/**
 * The one writer. Everything that waits is one batch: each command is authorized and decided against
 * the present, earlier commands of the batch included; then one commit of the ledger, one of the
 * views, then every acknowledgement. Synchronous: nothing else runs meanwhile.
 */
export class Writer {
  readonly #storage: Storage;
  readonly #runner: CommandRunner;
  readonly #clock: () => number;
  readonly #log: WriterLog;
  /** Durable outcomes whose views could not be written yet: told once reads can see them. */
  readonly #owed: (() => void)[] = [];
  #behind = false;
  #batches = 0;
  #commands = 0;

  constructor(storage: Storage, runner: CommandRunner, clock: () => number, log: WriterLog) {
    this.#storage = storage;
    this.#runner = runner;
    this.#clock = clock;
    this.#log = log;
  }

  /** True while durable commands wait for their views. */
  get viewsBehind(): boolean {
    return this.#behind;
  }

  /** What the writer did so far and whether it can go on. */
  get status(): WriterStatus {
    return {
      writable: !this.#storage.dead,
      viewsBehind: this.#behind,
      batches: this.#batches,
      commands: this.#commands,
    };
  }

  /** Runs a batch. Each command is replied to exactly once, at the latest after `recover`. */
  execute(batch: readonly Pending[]): void {
    this.#batches += 1;
    this.#commands += batch.length;
    if (!this.recover()) {
      for (const { reply } of batch) reply(UNWRITABLE);
      return;
    }
    const outcomes = this.#attempt(batch);
    if (outcomes === 'UNWRITABLE') {
      for (const { reply } of batch) reply(UNWRITABLE);
    } else if (outcomes === 'BROKEN') {
      this.#runAlone(batch);
    } else {
      this.#acknowledge(
        batch.map(({ reply }, index) => () => {
          reply(outcomes[index] ?? BROKEN);
        }),
      );
    }
  }

  /**
   * Brings the views up to the ledger if an earlier batch left them behind, then tells what is owed.
   * False while that fails, and once the ledger is dead.
   */
  recover(): boolean {
    if (this.#storage.dead) return false;
    if (!this.#behind) return true;
    try {
      this.#storage.catchUpViews();
    } catch (error) {
      this.#log.error(error, 'the views cannot catch up with the ledger');
      return false;
    }
    this.#behind = false;
    for (const tell of this.#owed.splice(0)) tell();
    return true;
  }

  /**
   * Keeps what is not a command: when agents and tokens were last seen, counted refusals, the end of
   * agents that fell silent; forgets what is too old to matter. A failure loses nothing but these.
   */
  maintain(sightings: Sightings): void {
    if (!this.recover()) return;
    try {
      this.#storage.begin();
      const now = this.#clock();
      const { shared } = this.#storage;
      for (const [id, instant] of sightings) shared.lastSeen.set(id, instant);
      shared.idempotency.purge(now - IDEMPOTENCY_MS);
      shared.assertions.purge(now);
      this.#runner.endSilentAgents(shared.sessions.purge(now), now);
      this.#runner.recordRefusals(now);
      this.#storage.commitLedger();
      this.#runner.refusals.clear();
      this.#acknowledge([]);
    } catch (error) {
      this.#storage.rollback();
      this.#storage.isFaultOfStorage(error);
      this.#log.error(error, 'the writer could not tidy up');
    }
  }

  // Either all outcomes of a durable batch, or why nothing of it is durable.
  #attempt(batch: readonly Pending[]): readonly Outcome[] | 'UNWRITABLE' | 'BROKEN' {
    try {
      this.#storage.begin();
      const now = this.#clock();
      const outcomes = batch.map(({ command }) => this.#runner.run(command, now));
      this.#storage.commitLedger();
      return outcomes;
    } catch (error) {
      this.#storage.rollback();
      this.#log.error(error, 'a batch was rolled back');
      return this.#storage.isFaultOfStorage(error) ? 'UNWRITABLE' : 'BROKEN';
    }
  }

  // One command's own bug ended the batch: run each alone, so that only that one fails.
  #runAlone(batch: readonly Pending[]): void {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      only.reply(BROKEN);
      return;
    }
    for (const pending of batch) this.execute([pending]);
  }

  // The ledger's commit returned: from here on nothing of the batch is reported as failed.
  #acknowledge(replies: (() => void)[]): void {
    try {
      this.#storage.commitViews();
    } catch (error) {
      this.#log.error(error, 'the views could not be written');
      this.#storage.rollbackViews();
      this.#owed.push(...replies);
      this.#behind = true;
      this.recover();
      return;
    }
    for (const reply of replies) reply();
  }
}
