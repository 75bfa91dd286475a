import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DomainEvent, EventActor } from '../../../src/domain/event';
import { EVENT_TYPES } from '../../../src/domain/catalogue';
import { formatId, type Id, type IdPrefix, type OrganizationId } from '../../../src/domain/id';
import { RandomPool } from '../../../src/ledger/random-pool';
import { SqliteLedger } from '../../../src/ledger/sqlite/ledger';
import { openLedgerFile } from '../../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../../src/ledger/sqlite/reader';
import type { LedgerKind, OrganizationNumber, StoredEvent } from '../../../src/ledger/types';
import { UuidV7 } from '../../../src/ledger/uuidv7';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import { SqliteQueries } from '../../../src/views/sqlite-queries';
import { SqliteViewsWriter } from '../../../src/views/views-writer';

export const MIGRATIONS = resolve(__dirname, '../../../migrations');
export const START = Date.UTC(2026, 0, 1);

/** An organization of the test: its id, and its number in the files. */
export interface TestOrganization {
  readonly id: OrganizationId;
  readonly number: OrganizationNumber;
}

/** A data folder with a ledger and the views made of it, and whoever reads and writes them. */
export class ViewsFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'palisade-views-'));
  /** The instant of what is recorded next. */
  now = START;
  readonly ledgerFile = openLedgerFile(join(this.folder, 'ledger.db'), { migrations: MIGRATIONS });
  readonly viewsFile = openViewsFile(viewsPath(this.folder, 1), { migrations: MIGRATIONS });
  readonly ledger: SqliteLedger;
  readonly reader = new SqliteLedgerReader(this.ledgerFile);
  readonly writer = new SqliteViewsWriter(this.viewsFile, this.reader);
  readonly #random = new RandomPool(randomFillSync);
  readonly #uuids = new UuidV7(
    () => this.now,
    (target) => {
      target.set(this.#random.take(target.length));
    },
  );
  readonly #closing: (() => void)[] = [];

  constructor() {
    // Hundreds of small commits: what a power cut would leave of them is not the question here.
    this.ledgerFile.pragma('synchronous = OFF');
    this.viewsFile.pragma('synchronous = OFF');
    this.ledger = new SqliteLedger(this.ledgerFile, this.#uuids, this.#random);
  }

  newId<P extends IdPrefix>(prefix: P): Id<P> {
    return formatId(prefix, this.#uuids.next());
  }

  /** Makes an organization without events. */
  organization(id: OrganizationId = this.newId('org')): TestOrganization {
    this.ledger.begin();
    const ids = { accessLedgerId: this.newId('led'), activityLedgerId: this.newId('led') };
    const number = this.ledger.createOrganization(id, ids);
    this.ledger.commit();
    return { id, number };
  }

  /** Appends to the ledgers and not to the views. */
  append(
    { number }: TestOrganization,
    events: readonly DomainEvent[],
    actor: EventActor = { kind: 'HOST', id: 'host' },
  ): readonly (readonly [LedgerKind, StoredEvent])[] {
    this.ledger.begin();
    const stored = events.flatMap((event) => {
      const type = EVENT_TYPES.get(event.type);
      if (type === undefined) throw new Error(`unknown event ${event.type}`);
      const ref = { organization: number, kind: type.ledger };
      const context = {
        actor: { ...actor, roles: [] },
        correlationId: 'test',
        recordedAt: this.now,
      };
      return this.ledger.append(ref, [event], context).map((one) => [type.ledger, one] as const);
    });
    this.ledger.commit();
    return stored;
  }

  /** Appends to the ledgers and projects, as the writer does. */
  record(
    organization: TestOrganization,
    events: readonly DomainEvent[],
    actor?: EventActor,
  ): readonly StoredEvent[] {
    const stored = this.append(organization, events, actor);
    this.writer.begin();
    for (const [kind, event] of stored) {
      this.writer.apply(organization.number, organization.id, kind, [event]);
    }
    this.writer.commit();
    return stored.map(([, event]) => event);
  }

  /** Queries on connections of their own, as another thread has them. */
  queries(lastSeen: ReadonlyMap<string, number> = new Map(), number = 1): SqliteQueries {
    const options = { migrations: MIGRATIONS, readOnly: true };
    const views = openViewsFile(viewsPath(this.folder, number), options);
    const ledgerFile = openLedgerFile(join(this.folder, 'ledger.db'), options);
    this.#closing.push(() => {
      views.close();
      ledgerFile.close();
    });
    return new SqliteQueries({
      views,
      ledger: new SqliteLedgerReader(ledgerFile),
      lastSeen: { get: (id) => lastSeen.get(id) ?? null },
      names: { owner: () => undefined },
      leakedKeys: { has: () => false },
    });
  }

  close(): void {
    for (const close of this.#closing) close();
    this.viewsFile.close();
    this.ledgerFile.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
