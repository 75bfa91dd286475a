import type { Database } from 'better-sqlite3';
import { readEnvelope, saltedHash } from '../envelope';
import { Frontier, leafHash } from '../merkle';
import type { HeadRow } from './rows';

/** Thrown when a file does not hold what its heads say. Nothing may be served from it. */
export class LedgerCorrupt extends Error {
  override readonly name = 'LedgerCorrupt';
}

interface FullRow {
  readonly position: number;
  readonly envelope: Buffer;
  readonly leaf_hash: Buffer;
  readonly data: string;
  readonly salt: Buffer;
  readonly personal: string | null;
  readonly personal_salt: Buffer | null;
}

const PAGE = 1000;
const SELECT = `SELECT position, envelope, leaf_hash, data, salt, personal, personal_salt
  FROM event WHERE organization = ? AND kind = ?`;

/**
 * Checks every head against its last event: the position, the leaf hash of the stored bytes, and
 * the root of the frontier. Cheap, done at every start. Throws LedgerCorrupt.
 */
export function checkHeads(database: Database): void {
  const last = database.prepare<[number, number], FullRow>(
    `${SELECT} ORDER BY position DESC LIMIT 1`,
  );
  for (const head of heads(database)) {
    const event = last.get(head.organization, head.kind);
    if ((event?.position ?? 0) !== head.position) throw corrupt(head, 'its head is not its last event');
    if (event !== undefined && !head.leaf_hash.equals(leafHash(event.envelope))) {
      throw corrupt(head, 'the hash of its last event differs from its head');
    }
    if (!head.root.equals(frontierOf(head).root())) {
      throw corrupt(head, 'its frontier has another root than its head');
    }
  }
}

/**
 * Recomputes everything: the pages of the file, each data hash, each leaf, and the root over them.
 * `onProgress` hears how many events of how many are done. Throws LedgerCorrupt.
 */
export function verifyLedgers(
  database: Database,
  onProgress: (done: number, total: number) => void,
): void {
  const faults = database.pragma('integrity_check(10)', { simple: true });
  if (faults !== 'ok') throw new LedgerCorrupt(`the file is damaged: ${String(faults)}`);
  checkHeads(database);
  const page = database.prepare<[number, number, number, number], FullRow>(
    `${SELECT} AND position > ? ORDER BY position LIMIT ?`,
  );
  const all = heads(database);
  const total = all.reduce((sum, head) => sum + head.position, 0);
  let done = 0;
  for (const head of all) {
    const frontier = Frontier.empty();
    while (frontier.size < head.position) {
      const rows = page.all(head.organization, head.kind, frontier.size, PAGE);
      if (rows.length === 0) throw corrupt(head, 'events are missing');
      for (const row of rows) verifyEvent(head, row, frontier);
      done += rows.length;
      onProgress(done, total);
    }
    if (!head.root.equals(frontier.root())) throw corrupt(head, 'its root does not recompute');
  }
}

function verifyEvent(head: HeadRow, row: FullRow, frontier: Frontier): void {
  const leaf = leafHash(row.envelope);
  if (row.position !== frontier.size + 1) throw corrupt(head, 'positions are not dense');
  if (!row.leaf_hash.equals(leaf)) throw corrupt(head, `event ${String(row.position)} was changed`);
  const envelope = readEnvelope(row.envelope);
  const personal =
    row.personal === null || row.personal_salt === null
      ? envelope.personalHash
      : saltedHash(row.personal_salt, row.personal);
  if (
    envelope.position !== row.position ||
    envelope.ledgerId !== head.ledger_id ||
    envelope.dataHash !== saltedHash(row.salt, row.data) ||
    envelope.personalHash !== personal
  ) {
    throw corrupt(head, `the data of event ${String(row.position)} is not what was recorded`);
  }
  frontier.append(leaf);
}

function heads(database: Database): readonly HeadRow[] {
  return database
    .prepare<[], HeadRow>('SELECT * FROM ledger ORDER BY organization, kind')
    .all();
}

function frontierOf(head: HeadRow): Frontier {
  try {
    return Frontier.fromBytes(head.position, head.frontier);
  } catch {
    throw corrupt(head, 'its frontier does not fit its size');
  }
}

function corrupt(head: HeadRow, what: string): LedgerCorrupt {
  return new LedgerCorrupt(`ledger ${head.ledger_id}: ${what}`);
}
