import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReaderData } from './reader';

/** Beyond this a question ends its thread, and not the process. */
const HEAP_MIB_MAX = 512;

/** Starts a reader's thread; it says READY once its files are open. */
export function startReader(data: ReaderData): Worker {
  return new Worker(join(__dirname, 'reader.js'), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
  });
}
