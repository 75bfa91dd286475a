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

export interface WriterThread {
  readonly client: WriterClient;
  /** The number of the views file to read from. */
  readonly viewsNumber: number;
  /** Resolves with the exit code when the thread ends; before `client.stop` that is a fault. */
  readonly ended: Promise<number>;
}

/** Starts the writer's thread; resolves once its files are open, checked and current. */
export function startWriter(options: WriterThreadOptions): Promise<WriterThread> {
  const { limits, onStatus, onError, ...data } = options;
  const worker = new Worker(join(__dirname, 'worker.js'), {
    workerData: data satisfies WorkerData,
  });
  const ended = new Promise<number>((resolve) => worker.once('exit', resolve));
  const client = new WriterClient(worker, limits, onStatus);
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: FromWriter) => {
      if (message.kind === 'LOG') onError(message.error, message.message);
      if (message.kind !== 'READY') return;
      worker.off('error', reject);
      worker.on('error', (error) => {
        onError(error.message, 'the writer ended');
      });
      resolve({ client, viewsNumber: message.viewsNumber, ended });
    });
  });
}
