import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainEvent } from '../../src/domain/event';
import { RandomPool } from '../../src/ledger/random-pool';
import { SqliteLedger } from '../../src/ledger/sqlite/ledger';
import { openLedgerFile } from '../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../src/ledger/sqlite/reader';
import { UuidV7 } from '../../src/ledger/uuidv7';
import { rebuildViews } from '../../src/views/rebuild';
import { foundOrganization, type BenchOrganization, type Sizes } from './organization';
import { passTime } from './past';
import { FOUNDED_AT, Recorder } from './recorder';

/** A data folder as a server would have it after years. */
export interface BenchFolder {
  readonly path: string;
  readonly viewsNumber: number;
  readonly organization: BenchOrganization;
  /** The access ledger's position once everything that is asked about was there. */
  readonly founded: number;
  readonly position: number;
}

/**
 * Makes the folder, or takes the one that an earlier run made with the same numbers. Events go
 * through the real ledger and the real projections; only commands are left out.
 */
export function makeFolder(
  path: string,
  sizes: Sizes,
  events: number,
  migrations: string,
): BenchFolder {
  return madeOnce(path, () => {
    const started = performance.now();
    const { organization, founded, position } = recordEvents(path, sizes, events, migrations);
    const recorded = performance.now();
    const viewsNumber = buildViews(path, migrations);
    const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
    console.log(
      `made ${position} events of ${sizes.users} users and ${sizes.clusters} clusters: ` +
        `recorded in ${seconds(started, recorded)} s, projected in ${seconds(recorded, performance.now())} s`,
    );
    return { path, viewsNumber, organization, founded, position };
  });
}

/** Makes a folder, or takes what an earlier run said of the one that it made. */
export function madeOnce<T>(path: string, make: () => T): T {
  const description = join(path, 'bench.json');
  if (existsSync(description)) return JSON.parse(readFileSync(description, 'utf8')) as T;
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const made = make();
  writeFileSync(description, JSON.stringify(made));
  return made;
}

function recordEvents(
  path: string,
  sizes: Sizes,
  events: number,
  migrations: string,
): Pick<BenchFolder, 'organization' | 'founded' | 'position'> {
  const recorder = new Recorder(path, migrations);
  const record = recorder.organization();
  let position = 0;
  const parts = {
    newId: recorder.newId,
    newToken: recorder.newToken,
    record: (event: DomainEvent) => {
      record(event);
      position += 1;
    },
  };
  const organization = foundOrganization('bench', sizes, parts);
  const founded = position;
  passTime(organization, events - founded, parts);
  recorder.close();
  return { organization, founded, position };
}

/** Makes the first views of a folder. Returns their number. */
export function buildViews(path: string, migrations: string): number {
  const database = openLedgerFile(join(path, 'ledger.db'), { migrations });
  const pool = new RandomPool((target) => target.fill(0));
  const uuids = new UuidV7(
    () => FOUNDED_AT,
    (target) => target.fill(0),
  );
  const ledger = new SqliteLedger(database, uuids, pool);
  const number = rebuildViews(new SqliteLedgerReader(database), {
    ...{ folder: path, migrations },
    current: 0,
  });
  ledger.begin();
  ledger.shared.settings.set('VIEWS_NUMBER', String(number));
  ledger.commit();
  database.close();
  return number;
}
