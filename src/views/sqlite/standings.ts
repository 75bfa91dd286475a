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
}

/** The same for the one who writes: moves forward in memory, and is saved before each commit. */
export class StandingWriter extends Standings {
  readonly #save: Statement<[number, number, number, Buffer, number]>;
  readonly #moved = new Map<number, Moving>();

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
    return this.#moved.get(keyOf(ref)) ?? super.of(ref);
  }

  /** Throws a RangeError unless the event is the next one. */
  advance(ref: LedgerRef, { position, leafHash, recordedAt }: StoredEvent): void {
    const key = keyOf(ref);
    const moved = this.#moved.get(key);
    const next = ((moved ?? super.of(ref))?.position ?? 0) + 1;
    if (position !== next) {
      throw new RangeError(`event ${position} came where ${next} was to be projected`);
    }
    if (moved === undefined) {
      this.#moved.set(key, { ref, position, leafHash, recordedAt });
    } else {
      moved.position = position;
      moved.leafHash = leafHash;
      moved.recordedAt = recordedAt;
    }
  }

  save(): void {
    for (const { ref, position, leafHash, recordedAt } of this.#moved.values()) {
      const { organization, kind } = ref;
      this.#save.run(organization, LEDGER_CODES[kind], position, leafHash, recordedAt);
    }
    this.#moved.clear();
  }

  forget(): void {
    this.#moved.clear();
  }
}

function keyOf({ organization, kind }: LedgerRef): number {
  return 2 * organization + LEDGER_CODES[kind];
}
