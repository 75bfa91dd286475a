import type { Database, Statement } from 'better-sqlite3';
import type { Head, LedgerReader, LedgerRef, OrganizationNumber, StoredEvent } from '../types';
import { EVENT_COLUMNS, KIND_CODES, storedEvent, type EventRow, type HeadRow } from './rows';

/** Thrown when a ledger is asked for that the file does not hold. */
export class NoSuchLedger extends Error {
  override readonly name = 'NoSuchLedger';
}

/** Reads the ledgers of one file. Pages are read whole: an open cursor would pin the WAL. */
export class SqliteLedgerReader implements LedgerReader {
  readonly #organizations: Statement<[], { organization: OrganizationNumber; organization_id: string }>;
  readonly #organization: Statement<[string], OrganizationNumber>;
  readonly #head: Statement<[number, number], HeadRow>;
  readonly #page: Statement<[number, number, number, number], EventRow>;
  readonly #event: Statement<[number, number, number], EventRow>;
  readonly #recordedAt: Statement<[number, number, number], number>;

  constructor(database: Database) {
    this.#organizations = database.prepare(
      'SELECT organization, organization_id FROM ledger WHERE kind = 0 ORDER BY organization',
    );
    this.#organization = database
      .prepare<[string], OrganizationNumber>(
        'SELECT organization FROM ledger WHERE organization_id = ? AND kind = 0',
      )
      .pluck();
    this.#head = database.prepare('SELECT * FROM ledger WHERE organization = ? AND kind = ?');
    this.#page = database.prepare(
      `SELECT ${EVENT_COLUMNS} FROM event
        WHERE organization = ? AND kind = ? AND position >= ? ORDER BY position LIMIT ?`,
    );
    this.#event = database.prepare(
      `SELECT ${EVENT_COLUMNS} FROM event WHERE organization = ? AND kind = ? AND position = ?`,
    );
    this.#recordedAt = database
      .prepare<[number, number, number], number>(
        'SELECT recorded_at FROM event WHERE organization = ? AND kind = ? AND position = ?',
      )
      .pluck();
  }

  organizations(): readonly { number: OrganizationNumber; organizationId: string }[] {
    return this.#organizations
      .all()
      .map((row) => ({ number: row.organization, organizationId: row.organization_id }));
  }

  organization(organizationId: string): OrganizationNumber | undefined {
    return this.#organization.get(organizationId);
  }

  /** Throws NoSuchLedger for an organization that the file does not hold. */
  head(ref: LedgerRef): Head {
    const row = this.#head.get(ref.organization, KIND_CODES[ref.kind]);
    if (row === undefined) throw new NoSuchLedger(`no ledger ${String(ref.organization)}`);
    return {
      position: row.position,
      leafHash: row.leaf_hash,
      root: row.root,
      recordedAt: row.recorded_at,
    };
  }

  page(ref: LedgerRef, fromPosition: number, limit: number): readonly StoredEvent[] {
    const { organization, kind } = ref;
    return this.#page.all(organization, KIND_CODES[kind], fromPosition, limit).map(storedEvent);
  }

  event(ref: LedgerRef, position: number): StoredEvent | undefined {
    const row = this.#event.get(ref.organization, KIND_CODES[ref.kind], position);
    return row && storedEvent(row);
  }

  events(ref: LedgerRef, positions: readonly number[]): readonly StoredEvent[] {
    return positions.flatMap((position) => this.event(ref, position) ?? []);
  }

  /** By binary search: positions are dense and `recordedAt` never runs backwards. */
  positionAt(ref: LedgerRef, instant: number): number {
    let low = 0;
    let high = this.head(ref).position;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const recordedAt = this.#recordedAt.get(ref.organization, KIND_CODES[ref.kind], middle);
      if (recordedAt !== undefined && recordedAt <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
