import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatId, type NewId } from '../../src/domain/id';
import type { DomainEvent } from '../../src/domain/event';
import { formatSecretToken, hashSecretToken } from '../../src/keys/secret-token';
import { RandomPool } from '../../src/ledger/random-pool';
import { SqliteLedger } from '../../src/ledger/sqlite/ledger';
import { openLedgerFile } from '../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../src/ledger/sqlite/reader';
import type { AppendContext, LedgerRef } from '../../src/ledger/types';
import { UuidV7 } from '../../src/ledger/uuidv7';
import { rebuildViews } from '../../src/views/rebuild';
import { foundOrganization, type BenchOrganization, type Sizes } from './organization';
import { passTime } from './past';
import { seededRandom } from './random';

/** A data folder as a server would have it after years. */
export interface BenchFolder {
  readonly path: string;
  readonly viewsNumber: number;
  readonly organization: BenchOrganization;
  /** The access ledger's position once everything that is asked about was there. */
  readonly founded: number;
  readonly position: number;
}

/** So many events share an instant and a commit. */
const BATCH = 500;
const STEP_MS = 1000;
const START = Date.UTC(2024, 0, 1);

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
  const description = join(path, 'bench.json');
  if (existsSync(description)) {
    return JSON.parse(readFileSync(description, 'utf8')) as BenchFolder;
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const started = performance.now();
  const { organization, founded, position } = recordEvents(path, sizes, events, migrations);
  const recorded = performance.now();
  const viewsNumber = buildViews(path, migrations);
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
  console.log(
    `made ${position} events of ${sizes.users} users and ${sizes.clusters} clusters: ` +
      `recorded in ${seconds(started, recorded)} s, projected in ${seconds(recorded, performance.now())} s`,
  );
  const folder = { path, viewsNumber, organization, founded, position };
  writeFileSync(description, JSON.stringify(folder));
  return folder;
}

function recordEvents(
  path: string,
  sizes: Sizes,
  events: number,
  migrations: string,
): Pick<BenchFolder, 'organization' | 'founded' | 'position'> {
  const database = openLedgerFile(join(path, 'ledger.db'), { migrations });
  let recordedAt = START;
  const random = seededRandom(1);
  const fill = (target: Uint8Array): void => {
    for (let index = 0; index < target.length; index += 1) target[index] = random(256);
  };
  const pool = new RandomPool(fill);
  const uuids = new UuidV7(
    () => recordedAt,
    (target) => {
      target.set(pool.take(target.length));
    },
  );
  const newId: NewId = (prefix) => formatId(prefix, uuids.next());
  const ledger = new SqliteLedger(database, uuids, pool);
  let ref: LedgerRef | undefined;
  let waiting: DomainEvent[] = [];
  const save = (): void => {
    const context: AppendContext = {
      actor: { kind: 'SYSTEM', id: 'bench', roles: [] },
      correlationId: 'bench',
      recordedAt,
    };
    ledger.begin();
    ref ??= found(ledger, waiting, newId);
    ledger.append(ref, waiting, context);
    ledger.commit();
    waiting = [];
    recordedAt += STEP_MS;
  };
  let position = 0;
  const record = (event: DomainEvent): void => {
    waiting.push(event);
    position += 1;
    if (waiting.length === BATCH) save();
  };
  const newToken = () => {
    const text = formatSecretToken('API_TOKEN', pool.take(32));
    return { text, hash: hashSecretToken(text) };
  };
  const organization = foundOrganization(sizes, { newId, record, newToken });
  const founded = position;
  passTime(organization, events - founded, { newId, record });
  save();
  database.close();
  return { organization, founded, position };
}

function found(ledger: SqliteLedger, [first]: readonly DomainEvent[], newId: NewId): LedgerRef {
  const organization = ledger.createOrganization(String(first?.data['organizationId']), {
    accessLedgerId: newId('led'),
    activityLedgerId: newId('led'),
  });
  return { organization, kind: 'ACCESS' };
}

function buildViews(path: string, migrations: string): number {
  const database = openLedgerFile(join(path, 'ledger.db'), { migrations });
  const pool = new RandomPool((target) => target.fill(0));
  const uuids = new UuidV7(
    () => START,
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
