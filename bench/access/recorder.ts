import { join } from 'node:path';
import type { DomainEvent } from '../../src/domain/event';
import { formatId, type NewId } from '../../src/domain/id';
import { formatSecretToken, hashSecretToken } from '../../src/keys/secret-token';
import { RandomPool } from '../../src/ledger/random-pool';
import { SqliteLedger } from '../../src/ledger/sqlite/ledger';
import { openLedgerFile } from '../../src/ledger/sqlite/open';
import type { LedgerRef } from '../../src/ledger/types';
import { UuidV7 } from '../../src/ledger/uuidv7';
import { seededRandom } from './random';

/** The instant of the first events. */
export const FOUNDED_AT = Date.UTC(2024, 0, 1);
/** So many events share an instant and a commit. */
const BATCH = 500;
const STEP_MS = 1000;

/** Takes the next event of one organization; the first one founds it. */
export type RecordEvent = (event: DomainEvent) => void;

/** An API token, and what the views keep of it. */
export interface BenchToken {
  readonly text: string;
  readonly hash: string;
}

/** Records events of organizations in the ledgers of a folder; the same ones in every run. */
export class Recorder {
  readonly newId: NewId;
  readonly newToken: () => BenchToken;
  readonly #database;
  readonly #ledger: SqliteLedger;
  readonly #unsaved: (() => void)[] = [];
  #recordedAt = FOUNDED_AT;

  constructor(path: string, migrations: string) {
    const random = seededRandom(1);
    const pool = new RandomPool((target) => {
      for (let index = 0; index < target.length; index += 1) target[index] = random(256);
    });
    const uuids = new UuidV7(
      () => this.#recordedAt,
      (target) => {
        target.set(pool.take(target.length));
      },
    );
    this.newId = (prefix) => formatId(prefix, uuids.next());
    this.newToken = () => {
      const text = formatSecretToken('API_TOKEN', pool.take(32));
      return { text, hash: hashSecretToken(text) };
    };
    this.#database = openLedgerFile(join(path, 'ledger.db'), { migrations });
    this.#ledger = new SqliteLedger(this.#database, uuids, pool);
  }

  /** An organization of its own. */
  organization(): RecordEvent {
    let ref: LedgerRef | undefined;
    let waiting: DomainEvent[] = [];
    const save = (): void => {
      this.#ledger.begin();
      ref ??= this.#found(waiting);
      this.#ledger.append(ref, waiting, {
        actor: { kind: 'SYSTEM', id: 'bench', roles: [] },
        correlationId: 'bench',
        recordedAt: this.#recordedAt,
      });
      this.#ledger.commit();
      waiting = [];
      this.#recordedAt += STEP_MS;
    };
    this.#unsaved.push(save);
    return (event) => {
      waiting.push(event);
      if (waiting.length === BATCH) save();
    };
  }

  /** Saves what is left, and ends. */
  close(): void {
    for (const save of this.#unsaved) save();
    this.#database.close();
  }

  #found([first]: readonly DomainEvent[]): LedgerRef {
    const organization = this.#ledger.createOrganization(String(first?.data['organizationId']), {
      accessLedgerId: this.newId('led'),
      activityLedgerId: this.newId('led'),
    });
    return { organization, kind: 'ACCESS' };
  }
}
