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
  #current: Queries;
  readonly #former = new Set<Connection>();
  /** Reads from the views that are current at the time of each call. */
  readonly queries: Queries = following(() => this.#current);

  /** Throws as opening does, for files that are not there, too. */
  constructor(folder: string, viewsNumber: number) {
    this.#folder = folder;
    this.#ledgerFile = openLedgerFile(ledgerPath(folder), READING);
    this.ledger = new SqliteLedgerReader(this.#ledgerFile);
    this.shared = sqliteSharedState(this.#ledgerFile, openGate);
    this.#viewsFile = openViewsFile(viewsPath(folder, viewsNumber), READING);
    this.#current = this.#queriesOf(this.#viewsFile);
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

  /**
   * Reads from another views file from now on. The one before stays open for requests under way,
   * until the function that this returns is called.
   */
  adoptViews(viewsNumber: number): () => void {
    const former = this.#viewsFile;
    this.#viewsFile = openViewsFile(viewsPath(this.#folder, viewsNumber), READING);
    this.#current = this.#queriesOf(this.#viewsFile);
    this.#former.add(former);
    return () => {
      this.#former.delete(former);
      former.close();
    };
  }

  close(): void {
    for (const file of [...this.#former, this.#viewsFile, this.#ledgerFile]) file.close();
  }

  #queriesOf(views: Connection): Queries {
    const { lastSeen, leakedKeys, names } = this.shared;
    return new SqliteQueries({ views, ledger: this.ledger, lastSeen, leakedKeys, names });
  }
}

function following(current: () => Queries): Queries {
  return {
    world: (organizationId, now) => current().world(organizationId, now),
    moment: (organizationId, asOf, now) => current().moment(organizationId, asOf, now),
    wasMoment: (organizationId, moment, now) => current().wasMoment(organizationId, moment, now),
    facts: (organizationId, moment) => current().facts(organizationId, moment),
    get: (organizationId, kind, id) => current().get(organizationId, kind, id),
    list: (query) => current().list(query),
    organizationBySlug: (slug) => current().organizationBySlug(slug),
    installationName: (scope, name) => current().installationName(scope, name),
    hasLeaked: (organizationId, keyId) => current().hasLeaked(organizationId, keyId),
    tokenByHash: (tokenHash) => current().tokenByHash(tokenHash),
    lastSeen: (id) => current().lastSeen(id),
    auditEvents: (query) => current().auditEvents(query),
    factChanges: (organizationId, from, to) => current().factChanges(organizationId, from, to),
    expiringFacts: (organizationId, position, after, until) =>
      current().expiringFacts(organizationId, position, after, until),
    eventsAt: (organizationId, positions) => current().eventsAt(organizationId, positions),
  };
}
