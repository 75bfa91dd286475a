import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import { openConnection } from '../../src/ledger/sqlite/connection';
import { startMeasuring, type Measured } from './measured';
import { APPEND_MARKS, marksOfBatches, type MarkRow } from './raw-marks';

type Row = readonly unknown[];

/** The rows that one command made, by table, each with all its columns. */
export type CommandRows = ReadonlyMap<string, readonly Row[]>;

/** The tables a grant adds rows to, and how its rows are told from those of other commands. */
const LEDGER_TABLES = { events: 'position' } as const;
const VIEWS_TABLES = {
  interned: null,
  entities: 'from_position',
  facts: 'from_position',
} as const;

export interface Files {
  readonly ledger: string;
  readonly views: string;
}

export interface RecordedRows {
  readonly ledger: readonly CommandRows[];
  readonly views: readonly CommandRows[];
  /** Of each batch, since one that names something often adds to one row of it. */
  readonly marks: readonly (readonly MarkRow[])[];
  readonly batchSizes: readonly number[];
}

/** Copies both files as they are now; the logs of both copies and originals begin empty. */
export async function copyFiles(from: Files, to: Files): Promise<void> {
  for (const name of ['views', 'ledger'] as const) {
    const database = new Sqlite(from[name]);
    database.pragma('wal_checkpoint(TRUNCATE)');
    await database.backup(to[name]);
    database.close();
  }
}

/** The rows that are in `after` and not in `before`, by the command or batch that made them. */
export function recordedRows(
  before: Files,
  after: Files,
  commands: number,
  batchSizes: readonly number[],
): RecordedRows {
  return {
    ledger: newRows(before.ledger, after.ledger, LEDGER_TABLES, commands),
    views: newRows(before.views, after.views, VIEWS_TABLES, commands),
    marks: marksOfBatches(before.views, after.views, batchSizes),
    batchSizes,
  };
}

function newRows(
  before: string,
  after: string,
  tables: Readonly<Record<string, string | null>>,
  commands: number,
): readonly CommandRows[] {
  const database = new Sqlite(after, { readonly: true });
  database.prepare('ATTACH ? AS before').run(before);
  const byCommand = Array.from({ length: commands }, () => new Map<string, Row[]>());
  for (const [table, order] of Object.entries(tables)) {
    const last = database
      .prepare(`SELECT coalesce(max(${order ?? 'number'}), 0) FROM before.${table}`)
      .pluck()
      .get() as number;
    const column = order ?? 'number';
    const rows = database
      .prepare(`SELECT * FROM main.${table} WHERE ${column} > ? ORDER BY ${column}`)
      .raw()
      .all(last) as Row[];
    rows.forEach((row, index) => {
      const command = byCommand[Math.floor((index * commands) / rows.length)];
      const known = command?.get(table);
      if (known === undefined) command?.set(table, [row]);
      else known.push(row);
    });
  }
  database.close();
  return byCommand;
}

/** Inserts rows with one prepared statement for each table. */
class RawFile {
  readonly database: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #inserts = new Map<string, Statement>();
  readonly #touch: Statement;

  constructor(path: string, synchronous: 'FULL' | 'NORMAL', touch: string) {
    this.database = openConnection(path, { synchronous, cacheKiB: 64 * 1024 });
    this.#begin = this.database.prepare('BEGIN IMMEDIATE');
    this.#commit = this.database.prepare('COMMIT');
    this.#touch = this.database.prepare(touch);
  }

  write(commands: readonly CommandRows[]): void {
    this.#begin.run();
    for (const tables of commands) {
      for (const [table, rows] of tables) for (const row of rows) this.#insert(table, row);
    }
    this.#touch.run();
  }

  commit(): void {
    this.#commit.run();
  }

  #insert(table: string, row: Row): void {
    let insert = this.#inserts.get(table);
    if (insert === undefined) {
      const values = row.map(() => '?').join(', ');
      insert = this.database.prepare(`INSERT INTO ${table} VALUES (${values})`);
      this.#inserts.set(table, insert);
    }
    insert.run(...row);
  }
}

/**
 * Writes the recorded rows again, in batches of these sizes, with the same two commits, and nothing
 * else: no decision, no hash, no JSON.
 */
export function measureRawWriter(files: Files, rows: RecordedRows): Measured {
  const ledger = new RawFile(
    files.ledger,
    'FULL',
    'UPDATE ledgers SET recorded_at = recorded_at + 1, root = root, frontier = frontier',
  );
  const views = new RawFile(
    files.views,
    'NORMAL',
    'UPDATE standings SET recorded_at = recorded_at + 1, leaf_hash = leaf_hash',
  );
  const append = views.database.prepare<[...MarkRow]>(APPEND_MARKS);
  const stop = startMeasuring();
  let done = 0;
  for (const [batch, size] of rows.batchSizes.entries()) {
    if (done >= rows.ledger.length) break;
    ledger.write(rows.ledger.slice(done, done + size));
    views.write(rows.views.slice(done, done + size));
    for (const row of rows.marks[batch] ?? []) append.run(...row);
    ledger.commit();
    views.commit();
    done += size;
  }
  const measured = stop(Math.min(done, rows.ledger.length));
  ledger.database.close();
  views.database.close();
  return measured;
}

/** How many single-row transactions with FULL durability the disk commits in a second. */
export function singleRowRate(path: string, milliseconds: number): number {
  const database = openConnection(path, { synchronous: 'FULL', cacheKiB: 8 * 1024 });
  database.exec('CREATE TABLE row (number INTEGER PRIMARY KEY, body BLOB) STRICT');
  const insert = database.prepare('INSERT INTO row (body) VALUES (?)');
  const body = Buffer.alloc(400, 1);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < milliseconds) {
    insert.run(body);
    count += 1;
  }
  const seconds = (performance.now() - started) / 1000;
  database.close();
  return count / seconds;
}
