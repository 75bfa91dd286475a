import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Readers } from './cli/readers';
import { systemClock } from './config/clock';
import { QUESTIONS } from './questions/long-questions';
import type { FromReader } from './questions/reader-messages';
import { serveReader } from './questions/reader-port';

/** What the HTTP thread starts a reader's thread with. */
export interface ReaderData {
  readonly dataFolder: string;
  readonly viewsNumber: number;
  readonly clockOffset: SharedArrayBuffer | null;
}

if (parentPort === null) throw new Error('reader.js runs as a thread');
const { dataFolder, viewsNumber, clockOffset } = workerData as ReaderData;
const readers = new Readers(dataFolder, viewsNumber);
serveReader(parentPort, {
  registry: QUESTIONS,
  queries: readers.queries,
  now: systemClock(clockOffset),
  pause,
  adoptViews: (next) => {
    // No question is under way between two messages.
    readers.adoptViews(next)();
  },
  close: () => {
    readers.close();
  },
});
parentPort.postMessage({ kind: 'READY' } satisfies FromReader);
