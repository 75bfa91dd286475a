import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openConnection, type Connection } from '../../../../src/ledger/sqlite/connection';
import { viewsNumbers, viewsPath } from '../../../../src/views/files';

/** Everything that an installation holds, in short: equal texts hold equal rows. */
export interface Content {
  /** Ledger, position and root of every ledger. */
  readonly heads: string;
  /** SHA-256 of all rows of each file, hex; when something was last seen does not count. */
  readonly ledger: string;
  readonly views: string;
}

/** Reads both files of a data folder beside the server that has them open. */
export class Contents {
  readonly #files: readonly Connection[];
  #known: { readonly versions: string; readonly content: Content } | undefined;

  constructor(folder: string) {
    const [number] = viewsNumbers(folder).slice(-1);
    if (number === undefined) throw new Error('there is no views file');
    const paths = [join(folder, 'ledger.db'), viewsPath(folder, number)];
    this.#files = paths.map((path) =>
      openConnection(path, { synchronous: 'NORMAL', readOnly: true, cacheKiB: 8192 }),
    );
  }

  read(): Content {
    // Unless somebody committed to a file since, every row of it is what it was.
    const versions = this.#files
      .map((file) => String(file.pragma('data_version', { simple: true })))
      .join();
    if (this.#known?.versions !== versions) this.#known = { versions, content: this.#digest() };
    return this.#known.content;
  }

  close(): void {
    for (const file of this.#files) file.close();
  }

  #digest(): Content {
    const [ledger, views] = this.#files;
    if (ledger === undefined || views === undefined) throw new Error('the files are closed');
    const heads = ledger
      .prepare('SELECT number, position, hex(root) FROM ledgers ORDER BY number')
      .raw()
      .all();
    return { heads: JSON.stringify(heads), ledger: digestRows(ledger), views: digestRows(views) };
  }
}

/** The tables of a file, but for the one that says when something was last seen. */
const TABLES = `SELECT name FROM sqlite_schema
  WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name != 'last_seen' ORDER BY name`;

function digestRows(file: Connection): string {
  const digest = createHash('sha256');
  const tables = file.prepare<[], string>(TABLES).pluck().all();
  for (const table of tables) {
    digest.update(`\n${table}\n`);
    for (const row of file.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw().iterate()) {
      digest.update(JSON.stringify(row.map(printable)));
    }
  }
  return digest.digest('hex');
}

function printable(value: unknown): unknown {
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}
