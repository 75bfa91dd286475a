import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Readers } from '../../../src/cli/readers';
import { serveReader } from '../../../src/questions/reader-port';
import type { ReaderData } from '../../../src/reader';
import { TEST_QUESTIONS } from './test-questions';

/* A reader's thread as src/reader.ts makes it, with the questions of the tests. */

if (parentPort === null) throw new Error('reader-child.ts runs as a thread');
const { dataFolder, viewsNumber } = workerData as ReaderData;
const readers = new Readers(dataFolder, viewsNumber);
serveReader(parentPort, {
  registry: TEST_QUESTIONS,
  queries: readers.queries,
  now: () => Date.now(),
  pause,
  adoptViews: (next) => {
    readers.adoptViews(next)();
  },
  close: () => {
    readers.close();
  },
});
parentPort.postMessage({ kind: 'READY' });
