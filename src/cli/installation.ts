import type { Logger } from 'pino';
import type { WriterClient } from '../commands/writer-client';
import type { WriterStatus } from '../commands/writer-messages';
import { systemClock, type Clock } from '../config/clock';
import type { Config } from '../config/config';
import type { OrganizationId } from '../domain/id';
import type { CredentialStore } from '../http/authentication';
import { FolderLocked, lockFolder } from '../ledger/sqlite/lock';
import type { QUESTIONS } from '../questions/long-questions';
import { ReaderClient } from '../questions/reader-client';
import { startReader } from '../reader-thread';
import { removeOtherViews } from '../views/files';
import type { Queries } from '../views/queries';
import { startWriter, type WriterEnd } from '../writer-thread';
import { renewOutdatedViews } from './current-views';
import { MIGRATIONS, prepareFolder } from './data-folder';
import { FAILED } from './failure';
import { Readers } from './readers';

/** Longer than any request takes: by then none reads the views that were in use when it began. */
const REQUESTS_END_MS = 60_000;

/** `elapsedMs`: how long the writer's last batch took, or null if there was none. */
export type StatusListener = (status: WriterStatus, elapsedMs: number | null) => void;

/** A data folder that this process alone has open: the writer's thread, and what reads. */
export interface Installation {
  readonly writer: WriterClient;
  readonly clock: Clock;
  /** Reads the views that are current, also after rebuilt ones took their place. */
  readonly queries: Queries;
  /** The reader's side of long questions; whoever asks starts its thread first. */
  readonly questions: ReaderClient<typeof QUESTIONS>;
  readonly organizations: () => readonly OrganizationId[];
  readonly credentials: Omit<CredentialStore, 'queries'>;
  /** Hears from now on what the writer says of itself. */
  readonly watch: (listener: StatusListener) => void;
  /** Goes over to rebuilt views, here and in the writer. Resolves with an error or null. */
  readonly adoptViews: (viewsNumber: number) => Promise<string | null>;
  /** Lets the writer finish what it has, closes every file and lets go of the folder. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the data folder, made if it is not there. If the writer's thread ends before `close`, so
 * does the process: nothing can be written any more. Throws FolderLocked while another process has it,
 * and what checking the ledger and bringing the views up to it throws.
 */
export async function openInstallation(config: Config, log: Logger): Promise<Installation> {
  const { dataFolder } = config;
  let listener: StatusListener = () => undefined;
  prepareFolder(dataFolder);
  const unlock = lockFolder(dataFolder);
  try {
    renewOutdatedViews(dataFolder);
    const { client, viewsNumber, ended } = await startWriter({
      dataFolder,
      migrations: MIGRATIONS,
      refusalsFlushMs: config.refusalsFlushMs,
      clockOffset: null,
      limits: {
        total: config.commandsWaitingMax,
        perCaller: config.commandsWaitingPerCallerMax,
      },
      onStatus: (status, elapsedMs) => {
        listener(status, elapsedMs);
      },
      onError: (err, message) => {
        log.error({ err }, message);
      },
    });
    let closing = false;
    void ended.then((end) => {
      if (!closing) giveUp(end, log);
    });
    removeOtherViews(dataFolder, viewsNumber);
    const readers = new Readers(dataFolder, viewsNumber);
    const clock = systemClock();
    const questions = openQuestions(config, log, { readers, clock, viewsNumber });
    let current = viewsNumber;
    return {
      writer: client,
      clock,
      questions,
      queries: readers.queries,
      organizations: () => readers.organizations(),
      credentials: readers.credentials,
      watch: (next) => {
        listener = next;
      },
      adoptViews: (next) =>
        client.carryOut({ kind: 'ADOPT_VIEWS', viewsNumber: next }, () => {
          const closeFormer = readers.adoptViews(next);
          questions.adoptViews(next);
          current = next;
          setTimeout(() => {
            closeFormer();
            removeOtherViews(dataFolder, current);
          }, REQUESTS_END_MS).unref();
        }),
      close: async () => {
        await questions.stop();
        // Readers first: only the last connection to a file can fold its log into it.
        readers.close();
        await client.stop();
        closing = true;
        await ended;
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

interface ReadSide {
  readonly readers: Readers;
  readonly clock: Clock;
  readonly viewsNumber: number;
}

function openQuestions(
  config: Config,
  log: Logger,
  { readers, clock, viewsNumber }: ReadSide,
): ReaderClient<typeof QUESTIONS> {
  const { dataFolder } = config;
  return new ReaderClient({
    start: (number) => startReader({ dataFolder, viewsNumber: number, clockOffset: null }),
    viewsNumber,
    limits: { total: config.questionsWaitingMax, perCaller: config.questionsWaitingPerCallerMax },
    deadlineMs: config.questionDeadlineMs,
    positionOf: (organizationId) => {
      const moment = readers.queries.moment(organizationId, null, clock());
      return moment === 'UNKNOWN_MOMENT' ? 0 : moment.position;
    },
    onError: (reason, message) => {
      log.error({ reason }, message);
    },
    monotonicMs: () => performance.now(),
  });
}

/** True if the error says that another process has the data folder. */
export function isLocked(error: unknown): boolean {
  return error instanceof FolderLocked;
}

/** Whoever watches over the process starts it again. */
function giveUp({ code, error: err }: WriterEnd, log: Logger): never {
  log.fatal({ code, err }, 'the writer ended');
  process.exit(FAILED);
}
