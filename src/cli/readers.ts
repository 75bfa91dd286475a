import type { OrganizationId } from '../domain/id';
import type { CredentialStore } from '../http/authentication';
import type { SharedState } from '../ledger/shared-state';
import type { Connection } from '../ledger/sqlite/connection';
import { openLedgerFile } from '../ledger/sqlite/open';
import { SqliteLedgerReader } from '../ledger/sqlite/reader';
import { sqliteSharedState } from '../ledger/sqlite/shared-state';
import { openGate } from '../ledger/sqlite/transaction';
import { viewsPath } from '../views/files';
import { openViewsFile } from '../views/open';
import type { Queries } from '../views/queries';
import { SqliteQueries } from '../views/sqlite-queries';
import { ledgerPath, MIGRATIONS } from './data-folder';

const READING = { migrations: MIGRATIONS, readOnly: true } as const;

/** The read side of a data folder: connections that write nothing. */
export class Readers {
  readonly ledger: SqliteLedgerReader;
  readonly shared: SharedState;
  readonly #folder: string;
  readonly #ledgerFile: Connection;
  #viewsFile: Connection;
  #queries: Queries;

  /** Throws as opening does, for files that are not there, too. */
  constructor(folder: string, viewsNumber: number) {
    this.#folder = folder;
    this.#ledgerFile = openLedgerFile(ledgerPath(folder), READING);
    this.ledger = new SqliteLedgerReader(this.#ledgerFile);
    this.shared = sqliteSharedState(this.#ledgerFile, openGate);
    this.#viewsFile = openViewsFile(viewsPath(folder, viewsNumber), READING);
    this.#queries = this.#queriesOf(this.#viewsFile);
  }

  get queries(): Queries {
    return this.#queries;
  }

  get credentials(): Omit<CredentialStore, 'queries'> {
    return {
      agentSession: (tokenHash) => this.shared.sessions.find(tokenHash),
      installationTokenHash: () => this.shared.settings.get('INSTALLATION_TOKEN_HASH'),
    };
  }

  organizations(): readonly OrganizationId[] {
    return this.ledger.organizations().map(({ organizationId }) => organizationId);
  }

  /** Reads from another views file from now on. */
  adoptViews(viewsNumber: number): void {
    const before = this.#viewsFile;
    this.#viewsFile = openViewsFile(viewsPath(this.#folder, viewsNumber), READING);
    this.#queries = this.#queriesOf(this.#viewsFile);
    before.close();
  }

  close(): void {
    this.#viewsFile.close();
    this.#ledgerFile.close();
  }

  #queriesOf(views: Connection): Queries {
    return new SqliteQueries({ views, ledger: this.ledger, lastSeen: this.shared.lastSeen });
  }
}
