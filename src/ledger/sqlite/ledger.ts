import type { Database, Statement } from 'better-sqlite3';
import { canonicalJson } from '../canonical';
import { envelopeBytes, saltedHash } from '../envelope';
import { EMPTY_ROOT, Frontier, leafHash } from '../merkle';
import type { RandomPool } from '../random-pool';
import type {
  AppendContext,
  LedgerRef,
  LedgerWriter,
  NewEvent,
  OrganizationNumber,
  StoredEvent,
} from '../types';
import { uuidText, type UuidV7 } from '../uuidv7';
import { NoSuchLedger } from './reader';
import { KIND_CODES, type HeadRow } from './rows';

/** How far the clock may lie behind the head before nothing is recorded. */
export const CLOCK_TOLERANCE_MS = 120_000;
const SALT_BYTES = 32;

/** Thrown when the clock lies more than two minutes behind what the ledger has recorded. */
export class ClockBehind extends Error {
  override readonly name = 'ClockBehind';
}

/** A ledger's head in memory, ahead of its row until the commit. */
interface OpenHead {
  readonly ledgerId: string;
  position: number;
  leafHash: Uint8Array;
  recordedAt: number;
  readonly frontier: Frontier;
}

/**
 * Appends to the ledgers of one file, on its only write connection. One transaction at a time;
 * heads are kept in memory within it, written once at the commit and dropped at a rollback.
 */
export class SqliteLedger implements LedgerWriter {
  readonly #database: Database;
  readonly #uuids: UuidV7;
  readonly #random: RandomPool;
  readonly #heads = new Map<number, OpenHead>();
  readonly #dirty = new Set<number>();
  readonly #begin: Statement<[]>;
  readonly #commit: Statement<[]>;
  readonly #selectHead: Statement<[number, number], HeadRow>;
  readonly #insertEvent: Statement<unknown[]>;
  readonly #updateHead: Statement<unknown[]>;
  readonly #insertHead: Statement<unknown[]>;

  constructor(database: Database, uuids: UuidV7, random: RandomPool) {
    this.#database = database;
    this.#uuids = uuids;
    this.#random = random;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#selectHead = database.prepare('SELECT * FROM ledger WHERE organization = ? AND kind = ?');
    this.#insertEvent = database.prepare(
      `INSERT INTO event (organization, kind, position, recorded_at, envelope, leaf_hash, data,
         salt, personal, personal_salt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#updateHead = database.prepare(
      `UPDATE ledger SET position = ?, leaf_hash = ?, frontier = ?, root = ?, recorded_at = ?
        WHERE organization = ? AND kind = ?`,
    );
    this.#insertHead = database.prepare(
      `INSERT INTO ledger (organization, kind, organization_id, ledger_id, position, leaf_hash,
         frontier, root, recorded_at) VALUES (?, ?, ?, ?, 0, x'', x'', ?, 0)`,
    );
  }

  begin(): void {
    this.#begin.run();
  }

  createOrganization(
    organizationId: string,
    ledgerIds: { readonly accessLedgerId: string; readonly activityLedgerId: string },
  ): OrganizationNumber {
    const last = this.#database.prepare('SELECT max(organization) FROM ledger').pluck().get();
    const number = (typeof last === 'number' ? last + 1 : 1) as OrganizationNumber;
    this.#insertHead.run(number, 0, organizationId, ledgerIds.accessLedgerId, EMPTY_ROOT);
    this.#insertHead.run(number, 1, organizationId, ledgerIds.activityLedgerId, EMPTY_ROOT);
    return number;
  }

  append(
    ref: LedgerRef,
    events: readonly NewEvent[],
    context: AppendContext,
  ): readonly StoredEvent[] {
    const head = this.#head(ref);
    if (context.recordedAt < head.recordedAt - CLOCK_TOLERANCE_MS) {
      throw new ClockBehind('the clock lies more than two minutes behind the ledger');
    }
    const recordedAt = Math.max(context.recordedAt, head.recordedAt);
    const stored = events.map((event) => this.#record(ref, head, event, context, recordedAt));
    this.#dirty.add(key(ref));
    return stored;
  }

  position(ref: LedgerRef): number {
    return this.#head(ref).position;
  }

  commit(): void {
    for (const dirty of this.#dirty) {
      const head = this.#heads.get(dirty);
      if (head === undefined) continue;
      const { position, leafHash: leaf, frontier, recordedAt } = head;
      const organization = Math.floor(dirty / 2);
      this.#updateHead.run(
        position, leaf, frontier.toBytes(), frontier.root(), recordedAt, organization, dirty % 2,
      );
    }
    this.#commit.run();
    this.#dirty.clear();
  }

  rollback(): void {
    this.#heads.clear();
    this.#dirty.clear();
    // SQLite may have rolled back by itself, as it does when the disk is full.
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }

  #record(
    ref: LedgerRef,
    head: OpenHead,
    event: NewEvent,
    context: AppendContext,
    recordedAt: number,
  ): StoredEvent {
    const { type, schemaVersion } = event;
    const { actor, correlationId } = context;
    const data = canonicalJson(event.data);
    const salt = this.#random.take(SALT_BYTES);
    const personal = event.personal === undefined ? null : canonicalJson(event.personal);
    const personalSalt = personal === null ? null : this.#random.take(SALT_BYTES);
    const position = head.position + 1;
    const eventId = uuidText(this.#uuids.next());
    const envelope = envelopeBytes({
      ledgerId: head.ledgerId,
      position,
      eventId,
      type,
      schemaVersion,
      recordedAt,
      actor,
      correlationId,
      dataHash: saltedHash(salt, data),
      personalHash:
        personal === null || personalSalt === null ? null : saltedHash(personalSalt, personal),
    });
    const leaf = leafHash(envelope);
    this.#insertEvent.run(
      ref.organization, KIND_CODES[ref.kind], position, recordedAt, envelope, leaf, data, salt,
      personal, personalSalt,
    );
    head.position = position;
    head.leafHash = leaf;
    head.recordedAt = recordedAt;
    head.frontier.append(leaf);
    return {
      position,
      eventId,
      type,
      schemaVersion,
      recordedAt,
      actor,
      correlationId,
      data: event.data,
      personal: event.personal ?? null,
      leafHash: leaf,
    };
  }

  #head(ref: LedgerRef): OpenHead {
    const known = this.#heads.get(key(ref));
    if (known !== undefined) return known;
    const row = this.#selectHead.get(ref.organization, KIND_CODES[ref.kind]);
    if (row === undefined) throw new NoSuchLedger(`no ledger ${String(ref.organization)}`);
    const head: OpenHead = {
      ledgerId: row.ledger_id,
      position: row.position,
      leafHash: row.leaf_hash,
      recordedAt: row.recorded_at,
      frontier: Frontier.fromBytes(row.position, row.frontier),
    };
    this.#heads.set(key(ref), head);
    return head;
  }
}

function key(ref: LedgerRef): number {
  return ref.organization * 2 + KIND_CODES[ref.kind];
}
