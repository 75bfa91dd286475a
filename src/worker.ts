import { parentPort, workerData } from 'node:worker_threads';
import { serveWriter } from './commands/writer-port';
import type { FromWriter } from './commands/writer-messages';
import { systemClock } from './config/clock';
import { openEngine } from './engine';

/** What the HTTP thread starts the writer's thread with. */
export interface WorkerData {
  readonly dataFolder: string;
  readonly migrations: string;
  readonly refusalsFlushMs: number;
  readonly clockOffset: SharedArrayBuffer | null;
}

if (parentPort === null) throw new Error('worker.js runs as a thread');
const port = parentPort;
const { dataFolder, migrations, refusalsFlushMs, clockOffset } = workerData as WorkerData;
const send = (message: FromWriter): void => {
  port.postMessage(message);
};

const engine = openEngine({
  dataFolder,
  migrations,
  clock: systemClock(clockOffset),
  log: {
    error: (error, message) => {
      send({ kind: 'LOG', message, error: error instanceof Error ? error.message : String(error) });
    },
  },
});
serveWriter(engine.writer, port, {
  maintenanceMs: refusalsFlushMs,
  monotonicMs: () => performance.now(),
  carryOut: engine.carryOut,
  close: engine.close,
});
send({ kind: 'READY', viewsNumber: engine.viewsNumber() });
