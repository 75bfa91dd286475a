import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { CommandRunner } from './commands/command-runner';
import { HANDLERS } from './commands/handlers';
import { Storage } from './commands/storage';
import { Writer, type WriterLog } from './commands/writer';
import type { HostTask } from './commands/writer-messages';
import type { Clock } from './config/clock';
import { formatId } from './domain/id';
import { formatSecretToken } from './keys/secret-token';
import { RandomPool } from './ledger/random-pool';
import type { SettingName } from './ledger/shared-state';
import { SqliteLedger } from './ledger/sqlite/ledger';
import { openLedgerFile } from './ledger/sqlite/open';
import { SqliteLedgerReader } from './ledger/sqlite/reader';
import { storageFault } from './ledger/sqlite/storage-fault';
import { UuidV7 } from './ledger/uuidv7';
import { viewsPath } from './views/files';
import { openViewsFile } from './views/open';
import { SqliteViewsWriter } from './views/views-writer';

export interface EngineOptions {
  readonly dataFolder: string;
  /** The folder of this program's migrations. */
  readonly migrations: string;
  readonly clock: Clock;
  readonly log: WriterLog;
  /** Fills the bytes with random ones; the system's by default. */
  readonly random?: (target: Uint8Array) => void;
}

/** The write side of one data folder: both files open for writing, and the writer on them. */
export interface Engine {
  readonly writer: Writer;
  readonly viewsNumber: () => number;
  /** Carries out a task of whoever holds the host. Throws when it fails, and changes nothing then. */
  readonly carryOut: (task: HostTask) => void;
  readonly close: () => void;
}

interface OpenViews {
  readonly views: SqliteViewsWriter;
  readonly close: () => void;
}

/**
 * Opens a data folder for writing: checks the ledger's heads and brings the views up to it. Whoever
 * calls holds the folder's lock. Throws what opening, checking and catching up throw.
 */
export function openEngine(options: EngineOptions): Engine {
  const { dataFolder, migrations, clock, log, random = randomFillSync } = options;
  const pool = new RandomPool(random);
  const uuids = new UuidV7(clock, (target) => {
    target.set(pool.take(target.length));
  });
  const ledgerFile = openLedgerFile(join(dataFolder, 'ledger.db'), { migrations });
  const ledger = new SqliteLedger(ledgerFile, uuids, pool);
  const reader = new SqliteLedgerReader(ledgerFile);
  const open = (viewsNumber: number): OpenViews => {
    const file = openViewsFile(viewsPath(dataFolder, viewsNumber), { migrations });
    try {
      const views = new SqliteViewsWriter(file, reader);
      views.catchUp();
      return { views, close: () => void file.close() };
    } catch (error) {
      file.close();
      throw error;
    }
  };
  let viewsNumber = Number(ledger.shared.settings.get('VIEWS_NUMBER') ?? 1);
  let current = open(viewsNumber);
  const storage = new Storage({
    ledger,
    reader,
    shared: ledger.shared,
    views: () => current.views,
    storageFault,
  });
  const runner = new CommandRunner(storage, {
    handlers: HANDLERS,
    newId: (prefix) => formatId(prefix, uuids.next()),
    newSecret: (kind) => formatSecretToken(kind, pool.take(32)),
  });
  const keep = (name: SettingName, value: string): void => {
    ledger.begin();
    try {
      ledger.shared.settings.set(name, value);
      ledger.commit();
    } catch (error) {
      ledger.rollback();
      throw error;
    }
  };
  // Brought up to the ledger first: only then may anything be read from it.
  const adoptViews = (next: number): void => {
    const adopted = open(next);
    try {
      keep('VIEWS_NUMBER', String(next));
    } catch (error) {
      adopted.close();
      throw error;
    }
    current.close();
    current = adopted;
    viewsNumber = next;
  };
  return {
    writer: new Writer(storage, runner, clock, log),
    viewsNumber: () => viewsNumber,
    carryOut: (task) => {
      if (task.kind === 'ADOPT_VIEWS') adoptViews(task.viewsNumber);
      else keep('INSTALLATION_TOKEN_HASH', task.tokenHash);
    },
    close: () => {
      current.close();
      ledgerFile.close();
    },
  };
}
