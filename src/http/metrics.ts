import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { WriterStatus } from '../commands/writer-messages';

/** What is read when somebody looks, rather than counted as it happens. */
export interface Gauges {
  readonly commandsWaiting: () => number;
  readonly questionsWaiting: () => number;
  readonly ready: () => boolean;
  /** The sizes of the database files in bytes, by file name. */
  readonly fileBytes: () => ReadonlyMap<string, number>;
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The numbers that the server keeps about itself. Labels take values from closed lists only. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter;
  readonly #requestSeconds: Histogram;
  readonly #operationSeconds: Histogram;
  readonly #errors: Counter;
  readonly #authentications: Counter;
  readonly #commands: Counter;
  readonly #commandSeconds: Histogram;
  readonly #batchSeconds: Histogram;
  readonly #batchCommands: Histogram;
  readonly #writable: Gauge;
  readonly #viewsBehind: Gauge;
  #commandsBefore = 0;

  constructor(gauges: Gauges) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: 'palisade_http_requests_total',
      help: 'HTTP requests answered.',
      labelNames: ['route', 'status'],
      registers,
    });
    this.#requestSeconds = new Histogram({
      name: 'palisade_http_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its answer.',
      labelNames: ['route'],
      buckets: SECONDS,
      registers,
    });
    this.#operationSeconds = new Histogram({
      name: 'palisade_graphql_operation_duration_seconds',
      help: 'Time to answer a GraphQL operation, by its first root field.',
      labelNames: ['type', 'field', 'outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#errors = new Counter({
      name: 'palisade_graphql_errors_total',
      help: 'Top-level GraphQL errors by code.',
      labelNames: ['code'],
      registers,
    });
    this.#authentications = new Counter({
      name: 'palisade_authentications_total',
      help: 'Requests by the kind of credential that they came with; REFUSED for a bad one.',
      labelNames: ['kind'],
      registers,
    });
    this.#commands = new Counter({
      name: 'palisade_commands_total',
      help: 'Mutations that reached the writer, by what became of them.',
      labelNames: ['mutation', 'outcome'],
      registers,
    });
    this.#commandSeconds = new Histogram({
      name: 'palisade_command_duration_seconds',
      help: 'Time from submitting a command to its acknowledgement, waiting included.',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#batchSeconds = new Histogram({
      name: 'palisade_writer_batch_duration_seconds',
      help: 'Time that the writer took for a batch, both commits included.',
      buckets: SECONDS,
      registers,
    });
    this.#batchCommands = new Histogram({
      name: 'palisade_writer_batch_commands',
      help: 'How many commands a batch had.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    });
    this.#writable = new Gauge({
      name: 'palisade_writer_writable',
      help: '1 while the ledger can be written; 0 once only a restart helps.',
      registers,
    });
    this.#viewsBehind = new Gauge({
      name: 'palisade_views_behind',
      help: '1 while the views lag behind the ledger because they could not be written.',
      registers,
    });
    this.#writable.set(1);
    this.#readOnDemand(gauges);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All numbers in the text format of Prometheus. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }

  /** `route` is one of the server's own patterns, never the path as it was asked for. */
  request(route: string, status: number, seconds: number): void {
    this.#requests.inc({ route, status });
    this.#requestSeconds.observe({ route }, seconds);
  }

  operation(type: string, field: string, outcome: 'ok' | 'error', seconds: number): void {
    this.#operationSeconds.observe({ type, field, outcome }, seconds);
  }

  error(code: string): void {
    this.#errors.inc({ code });
  }

  authentication(kind: string): void {
    this.#authentications.inc({ kind });
  }

  command(mutation: string, outcome: string, seconds: number): void {
    this.#commands.inc({ mutation, outcome });
    this.#commandSeconds.observe({ outcome }, seconds);
  }

  /** What the writer says of itself, and how long its last batch took; null if there was none. */
  writer(status: WriterStatus, elapsedMs: number | null): void {
    this.#writable.set(Number(status.writable));
    this.#viewsBehind.set(Number(status.viewsBehind));
    if (elapsedMs === null) return;
    this.#batchSeconds.observe(elapsedMs / 1000);
    this.#batchCommands.observe(status.commands - this.#commandsBefore);
    this.#commandsBefore = status.commands;
  }

  #readOnDemand({ commandsWaiting, questionsWaiting, ready, fileBytes }: Gauges): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'palisade_commands_waiting',
      help: 'Commands that wait for the writer or run.',
      registers,
      collect() {
        this.set(commandsWaiting());
      },
    });
    new Gauge({
      name: 'palisade_questions_waiting',
      help: 'Long questions that wait for the reader or run.',
      registers,
      collect() {
        this.set(questionsWaiting());
      },
    });
    new Gauge({
      name: 'palisade_ready',
      help: '1 while the server is ready for requests, else 0.',
      registers,
      collect() {
        this.set(Number(ready()));
      },
    });
    new Gauge({
      name: 'palisade_file_bytes',
      help: 'Sizes of the database files; a -wal file that only grows is a reader that never ends.',
      labelNames: ['file'],
      registers,
      collect() {
        this.reset();
        for (const [file, bytes] of fileBytes()) this.set({ file }, bytes);
      },
    });
  }
}
