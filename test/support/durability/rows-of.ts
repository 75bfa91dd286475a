import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';

/** SHA-256 over every row of every table of a file, as it is on the disk now. */
export function rowsOf(path: string): string {
  const db = new Sqlite(path, { readonly: true });
  try {
    const digest = createHash('sha256');
    const tables = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all();
    for (const table of tables) {
      for (const row of db.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw().iterate()) {
        digest.update(`${table} ${JSON.stringify(row)}\n`);
      }
    }
    return digest.digest('hex');
  } finally {
    db.close();
  }
}
