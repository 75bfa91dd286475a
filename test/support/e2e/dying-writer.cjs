'use strict';
/*
 * Required into every thread of a server process by NODE_OPTIONS. In the writer's thread it lets
 * batches pass until the last one that DYING_WRITER_BATCHES allows; at the next, the thread ends as
 * DYING_WRITER_HOW says, before anything of that batch is done.
 */
const { isMainThread, parentPort } = require('node:worker_threads');

const { DYING_WRITER_BATCHES, DYING_WRITER_HOW } = process.env;
let left = Number(DYING_WRITER_BATCHES);

if (!isMainThread) {
  parentPort.addEventListener('message', (event) => {
    if (event.data.kind !== 'BATCH') return;
    left -= 1;
    if (left >= 0) return;
    // The writer's own listener comes after this one, and must not see the batch.
    event.stopImmediatePropagation();
    if (DYING_WRITER_HOW === 'exit') process.exit(0);
    throw new Error('this thread dies');
  });
}
