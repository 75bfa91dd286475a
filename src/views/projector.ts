import { currentData, eventType } from '../domain/catalogue';
import type { Agent } from '../domain/agent/state';
import type { ApiToken } from '../domain/api-token/state';
import type { OrganizationId } from '../domain/id';
import type { Organization } from '../domain/organization/state';
import type { Connection } from '../ledger/sqlite/connection';
import { WriteTransaction } from '../ledger/sqlite/transaction';
import type { LedgerRef, StoredEvent } from '../ledger/types';
import { KIND_CODES } from './codes';
import { project, type Change } from './projection/project';
import { EntityWriter, OpenEntity } from './sqlite/entity-writer';
import { FactWriter } from './sqlite/fact-writer';
import { Interning } from './sqlite/interned';
import type { Kept } from './sqlite/kept';
import { LookupWriter } from './sqlite/lookup-writer';
import { MarkWriter } from './sqlite/mark-writer';
import { readAnew } from './sqlite/read-snapshot';
import { StandingWriter } from './sqlite/standings';

/** What a server keeps. */
const KEPT: Kept = { ids: 50_000, entities: 10_000, rows: 1 };

/** What an event changes: the entity, and its row that is open until then. */
interface Target {
  readonly organization: number;
  readonly entity: number;
  readonly open: OpenEntity | undefined;
  readonly event: StoredEvent;
}

/**
 * Projects events into one views file, on its only write connection: rows and how far they reach
 * commit together. Everything between `begin` and `commit`, but for marks and rows that are kept to be
 * inserted together, is visible to this connection at once, and to others after the commit. After a fault nothing more is written until
 * `rollback`.
 */
export class Projector {
  readonly interning: Interning;
  readonly entities: EntityWriter;
  readonly facts: FactWriter;
  readonly standings: StandingWriter;
  readonly #transaction: WriteTransaction;
  readonly #lookups: LookupWriter;
  readonly #marks: MarkWriter;

  constructor(db: Connection, kept = KEPT) {
    this.#transaction = new WriteTransaction(db);
    this.interning = new Interning(db, kept.ids);
    this.standings = new StandingWriter(db);
    this.entities = new EntityWriter(db, this.interning, kept);
    this.facts = new FactWriter(db, this.interning, kept);
    this.#lookups = new LookupWriter(db, this.interning);
    this.#marks = new MarkWriter(db, this.interning);
  }

  begin(): void {
    this.#transaction.begin();
  }

  /**
   * Projects the next event of a ledger. Throws UnknownEvent for an event that this program does
   * not know, and RangeError for one out of order: nothing may be skipped.
   */
  apply(ref: LedgerRef, organizationId: OrganizationId, event: StoredEvent): void {
    const type = eventType(event);
    const id = String(currentData(event, type)[type.idField]);
    const { organization } = ref;
    this.#transaction.write(() => {
      this.standings.advance(ref, event);
      if (type.entity !== null) {
        const named = this.interning.last;
        const entity = this.interning.intern(organization, id);
        const open = entity > named ? undefined : this.entities.current(entity);
        const change = project(event, type, organizationId, open?.state);
        if (change !== null) this.#change({ organization, entity, open, event }, change);
      }
      this.#marks.mark(organization, type, event, type.entity === null ? null : id);
    });
  }

  commit(): void {
    this.#transaction.write(() => {
      for (const rows of [this.entities, this.facts, this.#marks, this.standings]) rows.save();
    });
    this.#transaction.commit();
    readAnew();
  }

  /** Forgets everything since `begin`, in memory too. Harmless when nothing began. */
  rollback(): void {
    this.#transaction.rollback();
    const { interning, entities, facts, standings } = this;
    for (const known of [interning, entities, facts, standings, this.#marks]) known.forget();
  }

  #change({ organization, entity, open, event: { position } }: Target, change: Change): void {
    const { kind, after, closes, opens, takes } = change;
    if (open !== undefined) this.entities.close(entity, open, position);
    if (after !== null) {
      const version = (open?.version ?? 0) + 1;
      const next = new OpenEntity(KIND_CODES[kind], position, version, after.state);
      this.entities.open(organization, entity, next, after.place);
    }
    for (const fact of closes) this.facts.close(organization, fact, position);
    for (const fact of opens) this.facts.open(organization, fact, position);
    if (takes !== null) this.#lookups.takeName(organization, takes, entity, position);
    this.#lookUp(organization, entity, change);
  }

  /** Keeps the tables that find entities by something other than their id or owner. */
  #lookUp(organization: number, entity: number, { kind, after }: Change): void {
    const state = after?.state;
    if (kind === 'organization' && state !== undefined) {
      this.#lookups.saveOrganization(organization, state as Organization);
    } else if (kind === 'apiToken') {
      if (state === undefined) this.#lookups.dropToken(entity);
      else this.#lookups.saveToken(entity, state as ApiToken);
    } else if (kind === 'agent' && state !== undefined) {
      const agent = state as Agent;
      if (agent.ended === null) this.#lookups.saveAgent(organization, entity, agent);
      else this.#lookups.dropAgent(entity);
    }
  }
}
