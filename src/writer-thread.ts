import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { QueueLimits } from './commands/fair-queue';
import { WriterClient } from './commands/writer-client';
import type { FromWriter, WriterStatus } from './commands/writer-messages';
import type { WorkerData } from './worker';

export interface WriterThreadOptions extends WorkerData {
  readonly limits: QueueLimits;
  readonly onStatus: (status: WriterStatus, elapsedMs: number | null) => void;
  readonly onError: (error: string, message: string) => void;
}

/** How the thread ended. */
export interface WriterEnd {
  readonly code: number;
  /** What nobody caught, if that ended it. */
  readonly error: Error | null;
}

export interface WriterThread {
  readonly client: WriterClient;
  /** The number of the views file to read from. */
  readonly viewsNumber: number;
  /** Resolves when the thread ends; before `client.stop` that is a fault. */
  readonly ended: Promise<WriterEnd>;
}

/** Starts the writer's thread; resolves once its files are open, checked and current. */
export function startWriter(options: WriterThreadOptions): Promise<WriterThread> {
  const { limits, onStatus, onError, ...data } = options;
  const worker = new Worker(join(__dirname, 'worker.js'), {
    workerData: data satisfies WorkerData,
  });
  let error: Error | null = null;
  worker.on('error', (uncaught) => {
    error = uncaught;
  });
  const ended = new Promise<WriterEnd>((resolve) => {
    worker.once('exit', (code) => {
      resolve({ code, error });
    });
  });
  const client = new WriterClient(worker, limits, onStatus);
  return new Promise((resolve, reject) => {
    void ended.then((end) => {
      reject(end.error ?? new Error('the writer ended before it was ready'));
    });
    worker.on('message', (message: FromWriter) => {
      if (message.kind === 'LOG') onError(message.error, message.message);
      if (message.kind === 'READY') resolve({ client, viewsNumber: message.viewsNumber, ended });
    });
  });
}
