import { hash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';

/** Thrown when a file's schema does not come from this program's migrations. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const FILE = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** The numbered SQL files of a folder, in order. */
function migrationsOf(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => FILE.test(file))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      return { number: Number(name.slice(0, 4)), name, sql, checksum: hash('sha256', sql) };
    });
}

/**
 * Brings a database forward to this program's schema, each migration in a transaction of its own.
 * Throws SchemaMismatch when the file has a migration that this program lacks (it is newer) or one
 * that read differently when it was applied.
 */
export function migrate(database: Database, folder: string): void {
  database.exec(
    `CREATE TABLE IF NOT EXISTS schema_migration (
       number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT`,
  );
  const applied = checkSchema(database, folder);
  const record = database.prepare('INSERT INTO schema_migration VALUES (?, ?, ?)');
  for (const migration of migrationsOf(folder)) {
    if (applied.has(migration.number)) continue;
    const apply = database.transaction(() => {
      database.exec(migration.sql);
      record.run(migration.number, migration.name, migration.checksum);
    });
    apply.immediate();
  }
}

/**
 * The numbers of the applied migrations. Throws SchemaMismatch as `migrate` does, and when nothing
 * may be applied because the connection only reads.
 */
export function checkSchema(database: Database, folder: string): ReadonlySet<number> {
  const known = new Map(migrationsOf(folder).map((migration) => [migration.number, migration]));
  const applied = database
    .prepare<[], { number: number; name: string; checksum: string }>(
      'SELECT number, name, checksum FROM schema_migration ORDER BY number',
    )
    .all();
  for (const { number, name, checksum } of applied) {
    const migration = known.get(number);
    if (migration === undefined) {
      throw new SchemaMismatch(`${database.name} was written by a newer version (${name})`);
    }
    if (migration.checksum !== checksum) {
      throw new SchemaMismatch(`${name} is not the migration that ${database.name} was made with`);
    }
  }
  return new Set(applied.map(({ number }) => number));
}
