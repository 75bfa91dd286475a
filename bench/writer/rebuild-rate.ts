import Sqlite from 'better-sqlite3';
import { openLedgerFile } from '../../src/ledger/sqlite/open';
import { SqliteLedgerReader } from '../../src/ledger/sqlite/reader';
import { rebuildViews } from '../../src/views/rebuild';

export interface RebuildRates {
  readonly events: number;
  readonly bareRate: number;
  readonly rebuildRate: number;
  /** The number of the last views file made. */
  readonly viewsNumber: number;
}

const ROUNDS = 3;
const PAGE = 1000;

/** Rebuilds the views and reads the same events in a bare loop, in turns; the best of each. */
export function rebuildRates(folder: string, migrations: string): RebuildRates {
  const database = openLedgerFile(`${folder}/ledger.db`, { migrations, readOnly: true });
  const reader = new SqliteLedgerReader(database);
  let events = 0;
  let bare = Infinity;
  let rebuild = Infinity;
  let viewsNumber = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const bareStart = performance.now();
    events = readAndParse(`${folder}/ledger.db`);
    bare = Math.min(bare, performance.now() - bareStart);
    const start = performance.now();
    viewsNumber = rebuildViews(reader, { folder, migrations, current: viewsNumber });
    rebuild = Math.min(rebuild, performance.now() - start);
  }
  database.close();
  const rate = (milliseconds: number): number => events / (milliseconds / 1000);
  return { events, bareRate: rate(bare), rebuildRate: rate(rebuild), viewsNumber };
}

/** Reads every event in pages and parses its three documents; what no rebuild can do without. */
function readAndParse(path: string): number {
  const database = new Sqlite(path, { readonly: true });
  const page = database
    .prepare<[number, number], [number, Buffer, string, string | null]>(
      'SELECT sequence, envelope, data, personal FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?',
    )
    .raw();
  let last = 0;
  let count = 0;
  for (;;) {
    const rows = page.all(last, PAGE);
    if (rows.length === 0) break;
    for (const [sequence, envelope, data, personal] of rows) {
      JSON.parse(envelope.toString('utf8'));
      JSON.parse(data);
      if (personal !== null) JSON.parse(personal);
      last = sequence;
      count += 1;
    }
  }
  database.close();
  return count;
}
