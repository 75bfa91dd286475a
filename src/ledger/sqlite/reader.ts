import type { Database, Statement } from 'better-sqlite3';
import { parseEnvelope } from '../envelope';
import { NoSuchLedger } from '../errors';
import type { Evidence, Head, JsonObject, LedgerReader, LedgerRef } from '../types';
import type { OrganizationEntry, OrganizationNumber, StoredEvent } from '../types';
import { limitTo } from './connection';
import { ledgerNumber } from './ledger-number';

// As text, since every blob becomes a buffer of its own, which costs more than to read its row.
const EVENT = `SELECT position, recorded_at, CAST(envelope AS TEXT), data, personal, hex(leaf_hash)
  FROM events`;
const EVIDENCE = `SELECT position, recorded_at, hex(envelope), data, hex(salt), personal,
  hex(personal_salt), hex(leaf_hash) FROM events`;
const PAGE = `WHERE ledger = ? AND position >= ? ORDER BY position ${limitTo('?')}`;
const ONE = 'WHERE ledger = ? AND position = ?';

type EventRow = [
  position: number,
  recordedAt: number,
  envelope: string,
  data: string,
  personal: string | null,
  leafHash: string,
];

type EvidenceRow = [
  position: number,
  recordedAt: number,
  envelope: string,
  data: string,
  salt: string,
  personal: string | null,
  personalSalt: string,
  leafHash: string,
];

/** Reads the ledgers of one file. Pages are read whole: an open cursor would pin the log. */
export class SqliteLedgerReader implements LedgerReader {
  readonly #organizations: Statement<[], OrganizationEntry>;
  readonly #organization: Statement<[string], OrganizationNumber>;
  readonly #head: Statement<[number], Head>;
  readonly #page: Statement<[number, number, number], EventRow>;
  readonly #event: Statement<[number, number], EventRow>;
  readonly #recordedAt: Statement<[number, number], number>;
  readonly #evidence: Statement<[number, number, number], EvidenceRow>;

  constructor(database: Database) {
    this.#organizations = database.prepare(
      `SELECT organizations.number, organizations.id AS organizationId,
          access.id AS accessLedgerId, activity.id AS activityLedgerId
        FROM organizations
          JOIN ledgers AS access ON access.number = 2 * organizations.number
          JOIN ledgers AS activity ON activity.number = 2 * organizations.number + 1
        ORDER BY organizations.number`,
    );
    this.#organization = database
      .prepare<[string], OrganizationNumber>('SELECT number FROM organizations WHERE id = ?')
      .pluck();
    this.#head = database.prepare(
      `SELECT position, leaf_hash AS leafHash, root, recorded_at AS recordedAt
        FROM ledgers WHERE number = ?`,
    );
    this.#page = database.prepare<[number, number, number], EventRow>(`${EVENT} ${PAGE}`).raw();
    this.#event = database.prepare<[number, number], EventRow>(`${EVENT} ${ONE}`).raw();
    this.#recordedAt = database
      .prepare<[number, number], number>(`SELECT recorded_at FROM events ${ONE}`)
      .pluck();
    this.#evidence = database
      .prepare<[number, number, number], EvidenceRow>(`${EVIDENCE} ${PAGE}`)
      .raw();
  }

  organizations(): readonly OrganizationEntry[] {
    return this.#organizations.all();
  }

  organization(organizationId: string): OrganizationNumber | undefined {
    return this.#organization.get(organizationId);
  }

  head(ref: LedgerRef): Head {
    const head = this.#head.get(ledgerNumber(ref));
    if (head === undefined) {
      throw new NoSuchLedger(`no ledger of organization ${String(ref.organization)}`);
    }
    return head;
  }

  page(ref: LedgerRef, fromPosition: number, limit: number): readonly StoredEvent[] {
    return this.#page.all(ledgerNumber(ref), fromPosition, limit).map(storedEvent);
  }

  event(ref: LedgerRef, position: number): StoredEvent | undefined {
    const row = this.#event.get(ledgerNumber(ref), position);
    return row && storedEvent(row);
  }

  events(ref: LedgerRef, positions: readonly number[]): readonly StoredEvent[] {
    return positions.flatMap((position) => this.event(ref, position) ?? []);
  }

  /** By binary search: positions are dense and `recordedAt` never runs backwards. */
  positionAt(ref: LedgerRef, instant: number): number {
    const ledger = ledgerNumber(ref);
    let last = 0;
    let end = this.head(ref).position + 1;
    while (end - last > 1) {
      const middle = Math.floor((last + end) / 2);
      if ((this.#recordedAt.get(ledger, middle) ?? Infinity) <= instant) last = middle;
      else end = middle;
    }
    return last;
  }

  evidence(ref: LedgerRef, fromPosition: number, limit: number): readonly Evidence[] {
    return this.#evidence.all(ledgerNumber(ref), fromPosition, limit).map(evidenceOf);
  }
}

function storedEvent(row: EventRow): StoredEvent {
  const [position, recordedAt, envelope, data, personal, leafHash] = row;
  const { eventId, type, schemaVersion, actor, correlationId } = parseEnvelope(envelope);
  return {
    position,
    eventId,
    type,
    schemaVersion,
    recordedAt,
    actor,
    correlationId,
    data: JSON.parse(data) as JsonObject,
    personal: personal === null ? null : (JSON.parse(personal) as JsonObject),
    leafHash: Buffer.from(leafHash, 'hex'),
  };
}

function evidenceOf(row: EvidenceRow): Evidence {
  const [position, recordedAt, envelope, data, salt, personal, personalSalt, leafHash] = row;
  return {
    position,
    recordedAt,
    envelope: Buffer.from(envelope, 'hex'),
    data,
    salt: Buffer.from(salt, 'hex'),
    personal,
    personalSalt: personalSalt === '' ? null : Buffer.from(personalSalt, 'hex'),
    leafHash: Buffer.from(leafHash, 'hex'),
  };
}
