import type { OrganizationId } from '../domain/id';
import type { SharedState } from '../ledger/shared-state';
import type {
  AppendContext,
  LedgerKind,
  LedgerReader,
  LedgerWriter,
  NewEvent,
  OrganizationNumber,
  StoredEvent,
} from '../ledger/types';
import type { World } from '../views/world';

/** The views as the writer keeps them: its own uncommitted rows are visible to it. */
export interface ViewsWriter {
  begin: () => void;
  apply: (
    organization: OrganizationNumber,
    organizationId: OrganizationId,
    kind: LedgerKind,
    events: readonly StoredEvent[],
  ) => void;
  commit: () => void;
  rollback: () => void;
  /** Brings the committed views up to the committed ledger. */
  catchUp: () => void;
  world: (
    organization: OrganizationNumber,
    organizationId: OrganizationId,
    now: number,
  ) => World | undefined;
}

export interface StorageParts {
  readonly ledger: LedgerWriter;
  /** Reads on the writer's own connection: what is not committed yet, too. */
  readonly reader: LedgerReader;
  readonly shared: SharedState;
  /** The views file that is current: a rebuilt one may take its place between two batches. */
  readonly views: () => ViewsWriter;
  /** What an error means: see `storageFault`. */
  readonly storageFault: (error: unknown) => 'RETRY' | 'DEAD' | null;
}

/**
 * The two files that a batch writes, as one: the ledger, which is the truth and commits first, and
 * the views, which follow it.
 */
export class Storage {
  readonly shared: SharedState;
  readonly #parts: StorageParts;
  readonly #numbers = new Map<OrganizationId, OrganizationNumber>();
  #dead = false;

  constructor(parts: StorageParts) {
    this.#parts = parts;
    this.shared = parts.shared;
  }

  /** True once the disk gave an error after which nothing may be trusted: only a restart helps. */
  get dead(): boolean {
    return this.#dead;
  }

  begin(): void {
    this.#parts.ledger.begin();
    this.#parts.views().begin();
  }

  createOrganization(
    organizationId: OrganizationId,
    ledgerIds: Parameters<LedgerWriter['createOrganization']>[1],
  ): void {
    this.#parts.ledger.createOrganization(organizationId, ledgerIds);
  }

  /** Records the events in one of the organization's ledgers and projects them. */
  append(
    organizationId: OrganizationId,
    kind: LedgerKind,
    events: readonly NewEvent[],
    context: AppendContext,
  ): void {
    const organization = this.number(organizationId);
    const stored = this.#parts.ledger.append({ organization, kind }, events, context);
    this.#parts.views().apply(organization, organizationId, kind, stored);
  }

  world(organizationId: OrganizationId, now: number): World | undefined {
    const organization = this.#known(organizationId);
    return organization && this.#parts.views().world(organization, organizationId, now);
  }

  /** The organization's number. Throws for an unknown organization. */
  number(organizationId: OrganizationId): OrganizationNumber {
    const organization = this.#known(organizationId);
    if (organization === undefined) throw new RangeError(`no organization ${organizationId}`);
    return organization;
  }

  /** The access ledger's position, what this batch appended included. */
  position(organizationId: OrganizationId): number {
    return this.#parts.ledger.position({
      organization: this.number(organizationId),
      kind: 'ACCESS',
    });
  }

  /** After this returns, the batch is durable. */
  commitLedger(): void {
    this.#parts.ledger.commit();
  }

  commitViews(): void {
    this.#parts.views().commit();
  }

  rollbackViews(): void {
    this.#parts.views().rollback();
  }

  rollback(): void {
    // A number that was given within the batch is not given any more.
    this.#numbers.clear();
    this.#parts.views().rollback();
    this.#parts.ledger.rollback();
  }

  catchUpViews(): void {
    this.#parts.views().catchUp();
  }

  /** True if the files are at fault rather than a command; may leave the storage dead. */
  isFaultOfStorage(error: unknown): boolean {
    const fault = this.#parts.storageFault(error);
    if (fault === 'DEAD') this.#dead = true;
    return fault !== null;
  }

  #known(organizationId: OrganizationId): OrganizationNumber | undefined {
    const known = this.#numbers.get(organizationId);
    if (known !== undefined) return known;
    const organization = this.#parts.reader.organization(organizationId);
    if (organization !== undefined) this.#numbers.set(organizationId, organization);
    return organization;
  }
}
