import type { Database, Statement } from 'better-sqlite3';
import { NoSuchLedger } from '../errors';
import { Frontier } from '../merkle';
import type { Head, LedgerRef } from '../types';
import { ledgerNumber } from './ledger-number';

/** Where one ledger ends, as the writer keeps it in memory. */
interface Tip {
  readonly ledgerId: string;
  readonly frontier: Frontier;
  leafHash: Buffer;
  recordedAt: number;
}

interface HeadRow {
  readonly number: number;
  readonly id: string;
  readonly position: number;
  readonly leaf_hash: Buffer;
  readonly frontier: Buffer;
  readonly recorded_at: number;
}

/**
 * The heads of all ledgers. They move in memory with every event; `save` writes those that moved,
 * once a batch, and `restore` puts them back where the last committed batch left them.
 */
export class Heads {
  readonly #tips = new Map<number, Tip>();
  /** The tips that the open batch moved, as they were before it; undefined if it made them. */
  readonly #before = new Map<number, Tip | undefined>();
  readonly #insert: Statement;
  readonly #update: Statement;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO ledgers
        (number, organization, kind, id, position, leaf_hash, root, frontier, recorded_at)
        VALUES (?, ?, ?, ?, 0, x'', ?, x'', 0)`,
    );
    this.#update = database.prepare(
      `UPDATE ledgers SET position = ?, leaf_hash = ?, root = ?, frontier = ?, recorded_at = ?
        WHERE number = ?`,
    );
    const rows = database.prepare<[], HeadRow>(
      'SELECT number, id, position, leaf_hash, frontier, recorded_at FROM ledgers',
    );
    for (const row of rows.all()) {
      this.#tips.set(row.number, {
        ledgerId: row.id,
        frontier: new Frontier(row.position, row.frontier),
        leafHash: row.leaf_hash,
        recordedAt: row.recorded_at,
      });
    }
  }

  /** Throws NoSuchLedger. */
  tip(ref: LedgerRef): Readonly<Tip> {
    const tip = this.#tips.get(ledgerNumber(ref));
    if (tip === undefined) {
      throw new NoSuchLedger(`no ledger of organization ${String(ref.organization)}`);
    }
    return tip;
  }

  head(ref: LedgerRef): Head {
    const { frontier, leafHash, recordedAt } = this.tip(ref);
    return { position: frontier.size, leafHash, root: frontier.root(), recordedAt };
  }

  /** Inserts an empty ledger. */
  create(ref: LedgerRef, ledgerId: string): void {
    const number = ledgerNumber(ref);
    const frontier = new Frontier();
    this.#insert.run(number, ref.organization, ref.kind, ledgerId, frontier.root());
    this.#before.set(number, undefined);
    this.#tips.set(number, { ledgerId, frontier, leafHash: Buffer.alloc(0), recordedAt: 0 });
  }

  /** Moves a head over one more event. */
  advance(ref: LedgerRef, event: { readonly leafHash: Buffer; readonly recordedAt: number }): void {
    const number = ledgerNumber(ref);
    const tip: Tip = this.tip(ref);
    if (!this.#before.has(number)) {
      this.#before.set(number, { ...tip, frontier: tip.frontier.copy() });
    }
    tip.frontier.append(event.leafHash);
    tip.leafHash = event.leafHash;
    tip.recordedAt = event.recordedAt;
  }

  /** Writes the heads that moved. */
  save(): void {
    for (const number of this.#before.keys()) {
      const tip = this.#tips.get(number);
      if (tip === undefined || tip.frontier.size === 0) continue;
      const { frontier, leafHash, recordedAt } = tip;
      this.#update.run(
        frontier.size,
        leafHash,
        frontier.root(),
        frontier.toBytes(),
        recordedAt,
        number,
      );
    }
  }

  /** The batch is durable: its heads are the ones to come back to. */
  keep(): void {
    this.#before.clear();
  }

  /** The batch is gone: so are its heads. */
  restore(): void {
    for (const [number, tip] of this.#before) {
      if (tip === undefined) this.#tips.delete(number);
      else this.#tips.set(number, tip);
    }
    this.#before.clear();
  }
}
