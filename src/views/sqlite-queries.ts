import type { FactChange } from '../access/difference/fact-change';
import type { Fact, Facts, Moment } from '../access/facts';
import type { EntityKind, Versioned } from '../domain/entity';
import type { OrganizationId } from '../domain/id';
import type { Connection } from '../ledger/sqlite/connection';
import type { InstallationNames, LeakedKeys, InstallationNameScope } from '../ledger/shared-state';
import type { LedgerReader, LedgerRef, OrganizationNumber, StoredEvent } from '../ledger/types';
import { searchEvents } from './audit-search';
import { factChanges } from './fact-changes';
import { resolveMoment, wasPresent, type Present } from './moment';
import type { AsOf, AuditQuery, ListQuery, ListRow, Queries, TokenRecord } from './queries';
import { RememberedTokens } from './remembered-tokens';
import { SqliteFacts } from './sqlite-facts';
import { sqliteWorld } from './sqlite-world';
import { readerState, type ViewsState } from './state';
import type { World } from './world';

/** What queries read besides the views. */
export interface QueriesParts {
  /** A connection for reading, from `openViewsFile`. */
  readonly views: Connection;
  readonly ledger: LedgerReader;
  readonly lastSeen: { readonly get: (id: string) => number | null };
  readonly names: Pick<InstallationNames, 'owner'>;
  readonly leakedKeys: Pick<LeakedKeys, 'has'>;
}

/** Everything the API reads, from one views file and the ledgers it is made of. */
export class SqliteQueries implements Queries {
  readonly #state: ViewsState;
  readonly #ledger: LedgerReader;
  readonly #lastSeen: QueriesParts['lastSeen'];
  readonly #names: QueriesParts['names'];
  readonly #leakedKeys: QueriesParts['leakedKeys'];
  readonly #tokens: RememberedTokens;
  /** The numbers of organizations that were met: there is no end to an organization. */
  readonly #organizations = new Map<OrganizationId, OrganizationNumber>();

  constructor({ views, ledger, lastSeen, names, leakedKeys }: QueriesParts) {
    this.#state = readerState(views, ledger);
    this.#ledger = ledger;
    this.#lastSeen = lastSeen;
    this.#names = names;
    this.#leakedKeys = leakedKeys;
    this.#tokens = new RememberedTokens({
      find: (tokenHash) => this.#state.rows().lookups.tokenByHash(tokenHash),
      positionOf: (organizationId) => this.#present(organizationId)?.present.access.position,
    });
  }

  world(organizationId: OrganizationId, now: number): World | undefined {
    const organization = this.#organization(organizationId);
    return organization && sqliteWorld(this.#state, { organization, organizationId }, now);
  }

  moment(organizationId: OrganizationId, asOf: AsOf, now: number): Moment | 'UNKNOWN_MOMENT' {
    const there = this.#present(organizationId);
    if (there === undefined) return 'UNKNOWN_MOMENT';
    return resolveMoment(asOf, there.present, now, this.#ledger, there.ref);
  }

  wasMoment(organizationId: OrganizationId, moment: Moment, now: number): boolean {
    const there = this.#present(organizationId);
    return there !== undefined && wasPresent(moment, there.present, now, this.#ledger, there.ref);
  }

  /** Throws a RangeError for an organization that is not there: its moment was not resolved. */
  facts(organizationId: OrganizationId, moment: Moment): Facts {
    const organization = this.#ofFacts(organizationId);
    return new SqliteFacts(this.#state, { organization, organizationId }, moment);
  }

  /** Throws like `facts`. */
  factChanges(organizationId: OrganizationId, from: Moment, to: Moment): readonly FactChange[] {
    const facts = this.facts(organizationId, from);
    const organization = this.#ofFacts(organizationId);
    const { entities, facts: rows } = this.#state.rows();
    return factChanges(
      {
        ...{ organizationId, facts, ledger: this.#ledger, ref: { organization, kind: 'ACCESS' } },
        before: (kind, id) => entities.past(organization, kind, id, from.position),
        expired: () => rows.expired(organization, from, to),
      },
      to,
    );
  }

  expiringFacts(
    organizationId: OrganizationId,
    position: number,
    after: number,
    until: number,
  ): readonly Fact[] {
    const organization = this.#organization(organizationId);
    if (organization === undefined) return [];
    const [from, to] = [after, until].map((instant) => ({ position, instant })) as [Moment, Moment];
    return this.#state.rows().facts.expired(organization, from, to);
  }

  get<K extends EntityKind>(
    organizationId: OrganizationId,
    kind: K,
    id: string,
  ): Versioned<K> | undefined {
    const organization = this.#organization(organizationId);
    return organization && this.#state.rows().entities.current(organization, kind, id);
  }

  list<K extends EntityKind>(query: ListQuery<K>): readonly ListRow<K>[] {
    const organization = this.#organization(query.organizationId);
    return organization === undefined ? [] : this.#state.rows().lists.page(organization, query);
  }

  organizationBySlug(slug: string): OrganizationId | undefined {
    return this.#state.rows().lookups.organizationBySlug(slug);
  }

  hasLeaked(organizationId: OrganizationId, keyId: string): boolean {
    return this.#leakedKeys.has(organizationId, keyId);
  }

  installationName(scope: InstallationNameScope, name: string): string | undefined {
    return this.#names.owner(scope, name);
  }

  tokenByHash(tokenHash: string): TokenRecord | undefined {
    return this.#tokens.byHash(tokenHash);
  }

  lastSeen(id: string): number | null {
    return this.#lastSeen.get(id);
  }

  auditEvents(query: AuditQuery): readonly StoredEvent[] {
    const organization = this.#organization(query.organizationId);
    if (organization === undefined) return [];
    const ref: LedgerRef = { organization, kind: query.kind };
    const last = this.#state.standing(ref)?.position ?? 0;
    const { marks } = this.#state.rows();
    return searchEvents({ ref, ledger: this.#ledger, marks, last }, query);
  }

  eventsAt(organizationId: OrganizationId, positions: readonly number[]): readonly StoredEvent[] {
    const organization = this.#organization(organizationId);
    return organization === undefined
      ? []
      : this.#ledger.events({ organization, kind: 'ACCESS' }, positions);
  }

  /** Where both ledgers of the organization are projected to, if anything of it is. */
  #present(organizationId: OrganizationId): { ref: LedgerRef; present: Present } | undefined {
    const organization = this.#organization(organizationId);
    if (organization === undefined) return undefined;
    const ref: LedgerRef = { organization, kind: 'ACCESS' };
    const access = this.#state.standing(ref);
    if (access === undefined) return undefined;
    const activity = this.#state.standing({ organization, kind: 'ACTIVITY' });
    return { ref, present: { access, activity } };
  }

  #ofFacts(organizationId: OrganizationId): OrganizationNumber {
    const organization = this.#organization(organizationId);
    if (organization === undefined) throw new RangeError(`no organization ${organizationId}`);
    return organization;
  }

  #organization(organizationId: OrganizationId): OrganizationNumber | undefined {
    const known = this.#organizations.get(organizationId);
    if (known !== undefined) return known;
    const number = this.#state.rows().lookups.organization(organizationId);
    if (number !== undefined) this.#organizations.set(organizationId, number);
    return number;
  }
}
