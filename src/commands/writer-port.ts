import type { MessagePort } from 'node:worker_threads';
import type { Outcome } from './protocol';
import type { Writer } from './writer';
import type { FromWriter, HostTask, Sightings, ToWriter } from './writer-messages';

/** How often the writer tries again to bring views up that lag behind. */
const RECOVERY_MS = 250;

export interface PortOptions {
  /** How often refusals are recorded and old state is forgotten, milliseconds. */
  readonly maintenanceMs: number;
  readonly monotonicMs: () => number;
  /** Throws when the task cannot be done; then nothing has changed. */
  readonly carryOut: (task: HostTask) => void;
  /** Closes the files. */
  readonly close: () => void;
}

/** Serves the writer on its thread's port: batches in, outcomes out. */
export function serveWriter(writer: Writer, port: MessagePort, options: PortOptions): void {
  const send = (message: FromWriter): void => {
    port.postMessage(message);
  };
  const maintain = (sightings: Sightings): void => {
    writer.maintain(sightings);
    send({ kind: 'STATUS', status: writer.status });
  };
  const maintenance = setInterval(() => {
    maintain([]);
  }, options.maintenanceMs);
  const recovery = setInterval(() => {
    if (!writer.viewsBehind) return;
    writer.recover();
    send({ kind: 'STATUS', status: writer.status });
  }, RECOVERY_MS);

  const run = (message: Extract<ToWriter, { kind: 'BATCH' }>): void => {
    const startedMs = options.monotonicMs();
    // Replies of one batch leave together; those owed by an earlier one leave when they are told.
    let outcomes: [number, Outcome][] | undefined = [];
    writer.execute(
      message.commands.map(({ number, command }) => ({
        command,
        reply: (outcome) => {
          if (outcomes === undefined) send({ kind: 'OUTCOMES', outcomes: [[number, outcome]] });
          else outcomes.push([number, outcome]);
        },
      })),
    );
    send({ kind: 'OUTCOMES', outcomes });
    outcomes = undefined;
    const elapsedMs = options.monotonicMs() - startedMs;
    send({ kind: 'BATCH_DONE', status: writer.status, elapsedMs });
  };

  const carryOut = (task: HostTask): void => {
    try {
      options.carryOut(task);
      send({ kind: 'HOST_TASK_DONE', error: null });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      send({ kind: 'HOST_TASK_DONE', error: reason });
    }
  };

  const stop = (): void => {
    clearInterval(maintenance);
    clearInterval(recovery);
    writer.maintain([]);
    options.close();
    send({ kind: 'STOPPED' });
    port.close();
  };

  port.on('message', (message: ToWriter) => {
    switch (message.kind) {
      case 'BATCH':
        run(message);
        break;
      case 'SEEN':
        maintain(message.sightings);
        break;
      case 'HOST_TASK':
        carryOut(message.task);
        break;
      case 'STOP':
        stop();
        break;
    }
  });
}
