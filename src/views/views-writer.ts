import type { OrganizationId } from '../domain/id';
import type { Connection } from '../ledger/sqlite/connection';
import type { LedgerKind, LedgerReader, OrganizationNumber, StoredEvent } from '../ledger/types';
import { catchUp } from './catch-up';
import { Projector } from './projector';
import { readRules } from './rules-then';
import { PresentEntities } from './sqlite/present-entities';
import { PresentFacts } from './sqlite/present-facts';
import { sqliteWorld } from './sqlite-world';
import { prepareRows, type ViewsState } from './state';
import type { World } from './world';

/** The views as the writer keeps them: what it has not committed yet is visible to it alone. */
export class SqliteViewsWriter {
  readonly #ledger: LedgerReader;
  readonly #projector: Projector;
  readonly #state: ViewsState;

  /** @param ledger reads all that is committed, on whatever connection */
  constructor(db: Connection, ledger: LedgerReader) {
    const projector = new Projector(db);
    const { interning, entities, facts } = projector;
    const rows = prepareRows(
      db,
      interning,
      new PresentEntities(db, interning, entities),
      new PresentFacts(db, interning, () => facts.known),
    );
    this.#ledger = ledger;
    this.#projector = projector;
    this.#state = {
      rows: () => rows,
      standing: (ref) => projector.standings.of(ref),
      rulesThen: readRules(rows.entities),
    };
  }

  begin(): void {
    this.#projector.begin();
  }

  /** Projects events that were just appended, in their order. */
  apply(
    organization: OrganizationNumber,
    organizationId: OrganizationId,
    kind: LedgerKind,
    events: readonly StoredEvent[],
  ): void {
    for (const event of events) {
      this.#projector.apply({ organization, kind }, organizationId, event);
    }
  }

  commit(): void {
    this.#projector.commit();
  }

  rollback(): void {
    this.#projector.rollback();
  }

  /** Brings the committed views up to the committed ledger. Throws as `catchUp` does. */
  catchUp(): void {
    catchUp(this.#projector, this.#ledger);
  }

  /** The organization, this batch's events included. Undefined while nothing of it is projected. */
  world(
    organization: OrganizationNumber,
    organizationId: OrganizationId,
    now: number,
  ): World | undefined {
    return sqliteWorld(this.#state, { organization, organizationId }, now);
  }
}
