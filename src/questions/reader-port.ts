import type { MessagePort } from 'node:worker_threads';
import type { Queries } from '../views/queries';
import { readAnew } from '../views/sqlite/read-snapshot';
import { QuestionFault, type LongQuestion } from './questions';
import type { Asked, FromReader, ToReader } from './reader-messages';
import type { Registry } from './registry';

/** How long to wait, at most, for views that are behind what the asker has seen. */
const BEHIND_TRIES = 40;
const BEHIND_PAUSE_MS = 25;

export interface ReaderPortOptions {
  readonly registry: Registry;
  readonly queries: Queries;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
  /** Reads from another views file from now on, and closes the one before. */
  readonly adoptViews: (viewsNumber: number) => void;
  /** Closes the files. */
  readonly close: () => void;
}

/**
 * Answers questions on the reader's port, one at a time and in their order. Views that are adopted
 * are read by every question that comes after. What cannot be adopted ends the thread.
 */
export function serveReader(port: MessagePort, options: ReaderPortOptions): void {
  const send = (message: FromReader): void => {
    port.postMessage(message);
  };
  const handle = async (message: ToReader): Promise<void> => {
    readAnew();
    switch (message.kind) {
      case 'ASK':
        send(await answer(message.asked, options));
        break;
      case 'ADOPT_VIEWS':
        options.adoptViews(message.viewsNumber);
        break;
      case 'STOP':
        options.close();
        port.close();
        break;
    }
  };
  let before = Promise.resolve();
  port.on('message', (message: ToReader) => {
    before = before.then(() => handle(message));
  });
}

async function answer(asked: Asked, options: ReaderPortOptions): Promise<FromReader> {
  const { registry, queries, now } = options;
  try {
    const question = questionOf(registry, asked.name);
    if (!(await isCurrent(asked, options))) {
      const message = 'The views are behind what you have seen. Try again in a moment.';
      throw new QuestionFault('UNAVAILABLE', message);
    }
    return {
      kind: 'ANSWER',
      answer: question({ queries, now: now() }, asked.by, asked.told as never),
    };
  } catch (error) {
    if (error instanceof QuestionFault) {
      const { code, message, field } = error;
      return { kind: 'FAULT', fault: { code, message, field } };
    }
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'BROKEN', name: asked.name, reason };
  }
}

function questionOf(registry: Registry, name: string): LongQuestion<never, unknown> {
  const question = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (question === undefined) throw new RangeError(`no question is called ${name}`);
  return question;
}

/** A commit that was acknowledged is read by whoever begins to read after it; this makes sure. */
async function isCurrent(
  { by, atLeast }: Asked,
  { queries, now, pause }: ReaderPortOptions,
): Promise<boolean> {
  for (let tries = 0; tries < BEHIND_TRIES; tries += 1) {
    const moment = queries.moment(by.organizationId, null, now());
    const position = moment === 'UNKNOWN_MOMENT' ? 0 : moment.position;
    if (position >= atLeast) return true;
    await pause(BEHIND_PAUSE_MS);
  }
  return false;
}
