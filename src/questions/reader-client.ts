import type { Worker } from 'node:worker_threads';
import type { QueueLimits, Sender } from '../commands/fair-queue';
import type { OrganizationId } from '../domain/id';
import { readAnew } from '../views/sqlite/read-snapshot';
import { faults, Pending } from './pending';
import { QuestionQueue } from './question-queue';
import { QuestionFault, type AskedBy } from './questions';
import type { FromReader, ToReader } from './reader-messages';
import type { Questions, Registry } from './registry';

/** A thread that ends before it is ready is tried again after so long. */
const RETRY_MS = 1000;

export interface ReaderClientOptions {
  /** Starts a thread that reads the views of this number. */
  readonly start: (viewsNumber: number) => Worker;
  readonly viewsNumber: number;
  /** How many questions may wait. */
  readonly limits: QueueLimits;
  /** How long a question may wait, and how long it may then take. */
  readonly deadlineMs: number;
  /** Up to where the asker's own thread reads the organization; 0 if there is none. */
  readonly positionOf: (organizationId: OrganizationId) => number;
  readonly onError: (reason: string, message: string) => void;
  /** Milliseconds that never run back. */
  readonly monotonicMs: () => number;
}

interface Thread {
  readonly worker: Worker;
  /** True from when its files are open until it is told to end. */
  ready: boolean;
  running: Pending | undefined;
  /** Since when it runs. */
  since: number;
  error: Error | undefined;
}

/**
 * The HTTP thread's side of the reader: questions are answered one at a time, first of those who used
 * the thread least. A
 * thread whose question takes too long is ended and replaced; so is one that dies by itself. The
 * questions behind it go on in the next one.
 */
export class ReaderClient<R extends Registry> implements Questions<R> {
  readonly #options: ReaderClientOptions;
  readonly #queue: QuestionQueue<Pending>;
  #viewsNumber: number;
  #thread: Thread | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopping = false;
  #onEnded: () => void = () => undefined;

  constructor(options: ReaderClientOptions) {
    this.#options = options;
    this.#queue = new QuestionQueue(options.limits, options.monotonicMs);
    this.#viewsNumber = options.viewsNumber;
  }

  /** How many questions wait or run. */
  get length(): number {
    return this.#queue.length + (this.#thread?.running === undefined ? 0 : 1);
  }

  /** Starts the thread, if it is not there. Questions asked before wait for it. */
  start(): void {
    if (this.#thread !== undefined || this.#stopping) return;
    clearTimeout(this.#retry);
    const worker = this.#options.start(this.#viewsNumber);
    const thread: Thread = { worker, ready: false, running: undefined, since: 0, error: undefined };
    this.#thread = thread;
    worker.on('message', (message: FromReader) => {
      // It may answer about later events than this thread knows of.
      readAnew();
      this.#receive(thread, message);
    });
    worker.on('error', (error) => {
      thread.error = error;
    });
    worker.once('exit', (code) => {
      this.#ended(thread, code);
    });
  }

  readonly ask: Questions<R>['ask'] = (name, by, told) => {
    if (this.#stopping) return Promise.reject(faults.stopping());
    const { deadlineMs, positionOf } = this.#options;
    const asked = { name, by, told, atLeast: positionOf(by.organizationId) };
    return new Promise((resolve, reject) => {
      // The thread answers a question by its own type.
      const pending = new Pending(asked, resolve as (answer: unknown) => void, reject);
      if (!this.#queue.push(senderOf(by), pending)) {
        reject(faults.full());
        return;
      }
      pending.limit(deadlineMs, () => {
        // It takes up no room any more, however long those before it take.
        this.#queue.remove(pending);
        pending.fail(faults.waitedTooLong());
      });
      this.#next();
    });
  };

  /** Has every later question read from another views file. */
  adoptViews(viewsNumber: number): void {
    this.#viewsNumber = viewsNumber;
    if (this.#thread !== undefined) send(this.#thread, { kind: 'ADOPT_VIEWS', viewsNumber });
  }

  /** Refuses what waits, lets the running question end and then the thread. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#retry);
    for (const pending of this.#queue.takeAll()) pending.fail(faults.stopping());
    const thread = this.#thread;
    if (thread === undefined) return;
    const ended = new Promise<void>((resolve) => (this.#onEnded = resolve));
    send(thread, { kind: 'STOP' });
    await ended;
  }

  #next(): void {
    const thread = this.#thread;
    if (thread?.ready !== true || thread.running !== undefined) return;
    const pending = this.#queue.take();
    if (pending !== undefined) this.#run(thread, pending);
  }

  #run(thread: Thread, pending: Pending): void {
    const { deadlineMs } = this.#options;
    const { asked } = pending;
    thread.running = pending;
    thread.since = this.#options.monotonicMs();
    pending.limit(deadlineMs, () => {
      pending.fail(faults.tooLong());
      thread.ready = false;
      thread.error = new Error(`the question ${asked.name} took longer than ${deadlineMs} ms`);
      // The code that runs there never pauses: it ends only with the thread.
      void thread.worker.terminate();
    });
    send(thread, { kind: 'ASK', asked });
  }

  #receive(thread: Thread, message: FromReader): void {
    const { running } = thread;
    switch (message.kind) {
      case 'READY':
        thread.ready = true;
        break;
      case 'ANSWER':
        running?.answer(message.answer);
        break;
      case 'FAULT': {
        const { code, message: text, field } = message.fault;
        running?.fail(new QuestionFault(code, text, field));
        break;
      }
      case 'BROKEN':
        this.#options.onError(message.reason, `the question ${message.name} met a fault`);
        running?.fail(new Error(`the question ${message.name} met a fault`));
        break;
    }
    this.#charge(thread);
    thread.running = undefined;
    this.#next();
  }

  /** What the running question took counts against whoever asked it, answered or not. */
  #charge({ running, since }: Thread): void {
    if (running === undefined) return;
    this.#queue.charge(senderOf(running.asked.by), this.#options.monotonicMs() - since);
  }

  #ended(thread: Thread, code: number): void {
    const { running, error, ready } = thread;
    this.#thread = undefined;
    this.#charge(thread);
    const tooLarge = error !== undefined && isOutOfMemory(error);
    running?.fail(tooLarge ? faults.tooLarge() : faults.ended());
    if (this.#stopping) {
      this.#onEnded();
      return;
    }
    const reason = error?.message ?? `exit code ${String(code)}`;
    this.#options.onError(reason, "the reader's thread ended and is replaced");
    // What was ready or ended for its question can be ready again; what never was may need time.
    if (ready || running !== undefined) this.start();
    else this.#retry = setTimeout(() => this.start(), RETRY_MS);
  }
}

function send({ worker }: Thread, message: ToReader): void {
  worker.postMessage(message);
}

function senderOf({ organizationId, userId }: AskedBy): Sender {
  return { organization: organizationId, caller: userId };
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
