import type { Database, Statement } from 'better-sqlite3';
import { envelopeWriter } from '../envelope';
import { ClockBehind } from '../errors';
import type { RandomPool } from '../random-pool';
import type { SharedState } from '../shared-state';
import type { AppendContext, Head, LedgerRef, LedgerWriter, NewEvent } from '../types';
import type { OrganizationNumber, StoredEvent } from '../types';
import type { UuidV7 } from '../uuidv7';
import { makeEntry, type Entry } from './entry';
import { Heads } from './heads';
import { ledgerNumber } from './ledger-number';
import { sqliteSharedState } from './shared-state';
import { WriteTransaction } from './transaction';
import { checkHeads } from './verify';

/** How far the clock may lie behind the head before nothing is recorded. */
const CLOCK_TOLERANCE_MS = 120_000;

/** The ledgers of one file, on its only write connection. Synchronous. */
export class SqliteLedger implements LedgerWriter {
  /** What is no event; its changes are part of the batch. */
  readonly shared: SharedState;
  readonly #uuids: UuidV7;
  readonly #random: RandomPool;
  readonly #transaction: WriteTransaction;
  readonly #heads: Heads;
  readonly #insertEvent: Statement;
  readonly #insertOrganization: Statement<[string], OrganizationNumber>;

  /**
   * @param database from `openLedgerFile`. Throws LedgerCorrupt if a head does not match its last
   * event.
   */
  constructor(database: Database, uuids: UuidV7, random: RandomPool) {
    checkHeads(database);
    this.#uuids = uuids;
    this.#random = random;
    this.#transaction = new WriteTransaction(database);
    this.#heads = new Heads(database);
    this.#insertEvent = database.prepare(
      `INSERT INTO events
        (ledger, position, recorded_at, leaf_hash, envelope, data, salt, personal, personal_salt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertOrganization = database
      .prepare<[string], OrganizationNumber>(
        'INSERT INTO organizations (id) VALUES (?) RETURNING number',
      )
      .pluck();
    this.shared = sqliteSharedState(database, this.#transaction);
  }

  get dead(): Error | null {
    return this.#transaction.dead;
  }

  begin(): void {
    this.#transaction.begin();
  }

  createOrganization(
    organizationId: string,
    ledgerIds: { readonly accessLedgerId: string; readonly activityLedgerId: string },
  ): OrganizationNumber {
    return this.#transaction.write(() => {
      const organization = this.#insertOrganization.get(organizationId);
      if (organization === undefined) throw new Error('the organization got no number');
      this.#heads.create({ organization, kind: 'ACCESS' }, ledgerIds.accessLedgerId);
      this.#heads.create({ organization, kind: 'ACTIVITY' }, ledgerIds.activityLedgerId);
      return organization;
    });
  }

  append(
    ref: LedgerRef,
    events: readonly NewEvent[],
    context: AppendContext,
  ): readonly StoredEvent[] {
    // Whatever may be refused is refused before the first insert: all of them are written, or none.
    const entries = this.#entries(ref, events, context);
    this.#transaction.write(() => {
      for (const entry of entries) this.#insert(ref, entry);
    });
    return entries.map(({ stored }) => stored);
  }

  position(ref: LedgerRef): number {
    return this.#heads.tip(ref).frontier.size;
  }

  head(ref: LedgerRef): Head {
    return this.#heads.head(ref);
  }

  commit(): void {
    this.#transaction.write(() => {
      this.#heads.save();
    });
    this.#transaction.commit();
    this.#heads.keep();
  }

  rollback(): void {
    this.#transaction.rollback();
    this.#heads.restore();
  }

  #entries(ref: LedgerRef, events: readonly NewEvent[], context: AppendContext): readonly Entry[] {
    const { ledgerId, recordedAt, frontier } = this.#heads.tip(ref);
    const behindMs = recordedAt - context.recordedAt;
    if (behindMs > CLOCK_TOLERANCE_MS) throw new ClockBehind(behindMs);
    const clamped = behindMs > 0 ? { ...context, recordedAt } : context;
    const frame = {
      context: clamped,
      envelope: envelopeWriter(ledgerId, clamped),
      uuids: this.#uuids,
      random: this.#random,
    };
    const first = frontier.size + 1;
    return events.map((event, index) => makeEntry(frame, event, first + index));
  }

  #insert(ref: LedgerRef, { evidence }: Entry): void {
    this.#insertEvent.run(
      ledgerNumber(ref),
      evidence.position,
      evidence.recordedAt,
      evidence.leafHash,
      evidence.envelope,
      evidence.data,
      evidence.salt,
      evidence.personal,
      evidence.personalSalt,
    );
    this.#heads.advance(ref, evidence);
  }
}
