import type { MessagePort, Worker } from 'node:worker_threads';
import { readAnew } from '../views/sqlite/read-snapshot';
import { FairQueue, type QueueLimits, type Sender } from './fair-queue';
import type { Caller, Command, Commands, Fault, Outcome } from './protocol';
import type {
  FromWriter,
  HostTask,
  Numbered,
  Sightings,
  ToWriter,
  WriterStatus,
} from './writer-messages';

/** The largest batch the writer gets at once; what waits beyond it takes turns. */
const BATCH_MAX = 256;

interface Waiting {
  readonly command: Command;
  readonly resolve: (outcome: Outcome) => void;
}

const FULL: Fault = {
  kind: 'FAULT',
  code: 'UNAVAILABLE',
  message: 'Too many commands are waiting. Try again in a moment.',
};
const STOPPING: Fault = { kind: 'FAULT', code: 'UNAVAILABLE', message: 'The server is stopping.' };

/**
 * The HTTP thread's side of the writer: queues commands fairly, sends one batch at a time and
 * resolves each command with its outcome. While a batch runs, the next one gathers.
 */
export class WriterClient implements Commands {
  readonly #port: Pick<Worker | MessagePort, 'postMessage' | 'on'>;
  readonly #queue: FairQueue<Waiting>;
  readonly #running = new Map<number, Waiting>();
  readonly #idle: (() => void)[] = [];
  readonly #onStatus: (status: WriterStatus, elapsedMs: number | null) => void;
  #taskDone: ((error: string | null) => void) | undefined;
  #nextNumber = 1;
  #scheduled = false;
  #busy = false;
  #stopping = false;

  constructor(
    port: Pick<Worker | MessagePort, 'postMessage' | 'on'>,
    limits: QueueLimits,
    onStatus: (status: WriterStatus, elapsedMs: number | null) => void,
  ) {
    this.#port = port;
    this.#queue = new FairQueue(limits);
    this.#onStatus = onStatus;
    port.on('message', (message: FromWriter) => {
      readAnew();
      this.#receive(message);
    });
  }

  /** How many commands wait or run. */
  get length(): number {
    return this.#queue.length + this.#running.size;
  }

  submit(command: Command): Promise<Outcome> {
    if (this.#stopping) return Promise.resolve(STOPPING);
    return new Promise((resolve) => {
      if (!this.#queue.push(senderOf(command.caller), { command, resolve })) {
        resolve(FULL);
        return;
      }
      this.#schedule();
    });
  }

  /** Keeps when agents and API tokens were last seen: not events, no acknowledgement. */
  seen(sightings: Sightings): void {
    if (sightings.length > 0) this.#send({ kind: 'SEEN', sightings });
  }

  /**
   * Has the writer carry out a task of the host, one at a time, between two batches. `onDone` hears
   * of it before any later command is acknowledged. Resolves with an error or null.
   */
  carryOut(task: HostTask, onDone: () => void = () => undefined): Promise<string | null> {
    if (this.#stopping) return Promise.resolve(STOPPING.message);
    if (this.#taskDone !== undefined) return Promise.resolve('Another task is under way.');
    return new Promise((resolve) => {
      this.#taskDone = (error) => {
        if (error === null) onDone();
        resolve(error);
      };
      this.#send({ kind: 'HOST_TASK', task });
    });
  }

  /** Takes no more commands, waits for those under way, then lets the writer's thread end. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.length > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#send({ kind: 'STOP' });
  }

  // One turn of the event loop gathers what the requests of that turn submit into one batch.
  #schedule(): void {
    if (this.#busy || this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#sendBatch();
    });
  }

  #sendBatch(): void {
    const commands: Numbered[] = this.#queue.take(BATCH_MAX).map((waiting) => {
      const number = this.#nextNumber;
      this.#nextNumber += 1;
      this.#running.set(number, waiting);
      return { number, command: waiting.command };
    });
    if (commands.length === 0) return;
    this.#busy = true;
    this.#send({ kind: 'BATCH', commands });
  }

  #receive(message: FromWriter): void {
    switch (message.kind) {
      case 'OUTCOMES':
        for (const [number, outcome] of message.outcomes) {
          this.#running.get(number)?.resolve(outcome);
          this.#running.delete(number);
        }
        if (this.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
        break;
      case 'BATCH_DONE':
        this.#onStatus(message.status, message.elapsedMs);
        this.#busy = false;
        if (this.#queue.length > 0) this.#sendBatch();
        break;
      case 'STATUS':
        this.#onStatus(message.status, null);
        break;
      case 'HOST_TASK_DONE': {
        const done = this.#taskDone;
        this.#taskDone = undefined;
        done?.(message.error);
        break;
      }
      case 'READY':
      case 'LOG':
      case 'STOPPED':
        break;
    }
  }

  #send(message: ToWriter): void {
    this.#port.postMessage(message);
  }
}

function senderOf(caller: Caller): Sender {
  switch (caller.kind) {
    case 'MEMBER':
      return { organization: caller.organizationId, caller: caller.userId };
    case 'AGENT_KEY':
    case 'AGENT':
      return { organization: caller.organizationId, caller: caller.keyId };
    case 'INSTALLATION':
      return { organization: 'installation', caller: 'installation' };
    case 'HOST':
      return { organization: caller.organizationId, caller: 'host' };
  }
}
