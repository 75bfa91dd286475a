import type { Database } from 'better-sqlite3';
import { LedgerCorrupt } from '../errors';
import { Frontier, leafHash } from '../merkle';
import { LEDGER_KINDS } from '../types';
import { verifyLedger } from '../verify';
import { SqliteLedgerReader } from './reader';

interface HeadRow {
  readonly number: number;
  readonly id: string;
  readonly position: number;
  readonly leaf_hash: Buffer;
  readonly root: Buffer;
  readonly frontier: Buffer;
  readonly recorded_at: number;
}

interface LastRow {
  readonly position: number;
  readonly recorded_at: number;
  readonly envelope: Buffer;
}

/**
 * Checks every head against its last event: the position, the leaf hash of the stored bytes, the
 * instant, and the root of the frontier. Cheap, done at every start. Throws LedgerCorrupt.
 */
export function checkHeads(database: Database): void {
  const last = database.prepare<[number], LastRow>(
    `SELECT position, recorded_at, envelope FROM events
      WHERE ledger = ? ORDER BY position DESC LIMIT 1`,
  );
  const heads = database.prepare<[], HeadRow>('SELECT * FROM ledgers ORDER BY number').all();
  for (const head of heads) {
    const fault = headFault(head, last.get(head.number));
    if (fault !== null) throw new LedgerCorrupt(head.id, head.position, fault);
  }
}

/**
 * Recomputes everything that a file holds: its pages, then each ledger as `verifyLedger` does.
 * `onProgress` hears how many events of how many are done. Throws LedgerCorrupt.
 */
export function verifyLedgers(
  database: Database,
  onProgress: (done: number, total: number) => void = () => undefined,
): void {
  const damage: unknown = database.pragma('integrity_check(1)', { simple: true });
  if (damage !== 'ok') throw new LedgerCorrupt(database.name, 0, String(damage));
  checkHeads(database);
  const reader = new SqliteLedgerReader(database);
  const ledgers = reader.organizations().flatMap(({ number, accessLedgerId, activityLedgerId }) =>
    LEDGER_KINDS.map((kind) => ({
      ref: { organization: number, kind },
      ledgerId: kind === 'ACCESS' ? accessLedgerId : activityLedgerId,
    })),
  );
  const total = ledgers.reduce((sum, { ref }) => sum + reader.head(ref).position, 0);
  let before = 0;
  for (const { ref, ledgerId } of ledgers) {
    const { position } = verifyLedger(reader, ref, ledgerId, (done) => {
      onProgress(before + done, total);
    });
    before += position;
  }
}

function headFault(head: HeadRow, last: LastRow | undefined): string | null {
  if ((last?.position ?? 0) !== head.position) return 'the head is not at the last event';
  if (last !== undefined) {
    if (!leafHash(last.envelope).equals(head.leaf_hash)) {
      return 'the head does not match the last event';
    }
    if (last.recorded_at !== head.recorded_at) return 'the head has another instant';
  }
  return rootOf(head)?.equals(head.root) === true ? null : 'the frontier does not give the root';
}

function rootOf({ position, frontier }: HeadRow): Buffer | null {
  try {
    return new Frontier(position, frontier).root();
  } catch {
    return null;
  }
}
