import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import type { LedgerKind, LedgerRef, OrganizationNumber, StoredEvent } from '../../ledger/types';
import { LEDGER_CODES } from '../codes';

/** Up to which event a ledger is projected. */
export interface Standing {
  readonly position: number;
  readonly leafHash: Buffer;
  readonly recordedAt: number;
}

interface Row {
  readonly position: number;
  readonly leaf_hash: Buffer;
  readonly recorded_at: number;
}

/** Reads where the views stand. */
export class Standings {
  readonly #select: Statement<[number, number], Row>;
  readonly #all: Statement<[], { organization: OrganizationNumber; kind: number }>;

  constructor(db: Connection) {
    this.#select = db.prepare(
      `SELECT position, leaf_hash, recorded_at FROM standings
        WHERE organization = ? AND kind = ?`,
    );
    this.#all = db.prepare('SELECT organization, kind FROM standings ORDER BY organization, kind');
  }

  /** Undefined when nothing of the ledger is projected. */
  of({ organization, kind }: LedgerRef): Standing | undefined {
    const row = this.#select.get(organization, LEDGER_CODES[kind]);
    return row && { position: row.position, leafHash: row.leaf_hash, recordedAt: row.recorded_at };
  }

  /** Every ledger of which anything is projected. */
  ledgers(): readonly LedgerRef[] {
    const kinds: readonly LedgerKind[] = ['ACCESS', 'ACTIVITY'];
    return this.#all
      .all()
      .flatMap(({ organization, kind: code }) =>
        kinds.filter((kind) => LEDGER_CODES[kind] === code).map((kind) => ({ organization, kind })),
      );
  }
}

/** Where a ledger stands while it moves. */
interface Moving {
  readonly ref: LedgerRef;
  position: number;
  leafHash: Buffer;
  recordedAt: number;
  isSaved: boolean;
}

/**
 * The same for the one who writes: read once, moved forward in memory, and saved before each commit
 * where it moved.
 */
export class StandingWriter extends Standings {
  readonly #save: Statement<[number, number, number, Buffer, number]>;
  /** Null where nothing of the ledger is projected. */
  readonly #known = new Map<number, Moving | null>();
  readonly #moved: Moving[] = [];

  constructor(db: Connection) {
    super(db);
    this.#save = db.prepare(
      `INSERT INTO standings (organization, kind, position, leaf_hash, recorded_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET position = excluded.position, leaf_hash = excluded.leaf_hash,
          recorded_at = excluded.recorded_at`,
    );
  }

  override of(ref: LedgerRef): Standing | undefined {
    return this.#current(ref) ?? undefined;
  }

  /** Throws a RangeError unless the event is the next one. */
  advance(ref: LedgerRef, { position, leafHash, recordedAt }: StoredEvent): void {
    const standing = this.#current(ref);
    const next = (standing?.position ?? 0) + 1;
    if (position !== next) {
      throw new RangeError(`event ${position} came where ${next} was to be projected`);
    }
    if (standing === null) {
      const moving = { ref, position, leafHash, recordedAt, isSaved: false };
      this.#known.set(keyOf(ref), moving);
      this.#moved.push(moving);
      return;
    }
    standing.position = position;
    standing.leafHash = leafHash;
    standing.recordedAt = recordedAt;
    if (standing.isSaved) this.#moved.push(standing);
    standing.isSaved = false;
  }

  save(): void {
    for (const moving of this.#moved.splice(0)) {
      const { ref, position, leafHash, recordedAt } = moving;
      this.#save.run(ref.organization, LEDGER_CODES[ref.kind], position, leafHash, recordedAt);
      moving.isSaved = true;
    }
  }

  /** After a rollback: nothing is known but what the file says. */
  forget(): void {
    this.#known.clear();
    this.#moved.length = 0;
  }

  #current(ref: LedgerRef): Moving | null {
    const key = keyOf(ref);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const read = super.of(ref);
    const current = read === undefined ? null : { ref, ...read, isSaved: true };
    this.#known.set(key, current);
    return current;
  }
}

/** One number for each ledger. */
export function keyOf({ organization, kind }: LedgerRef): number {
  return 2 * organization + LEDGER_CODES[kind];
}
