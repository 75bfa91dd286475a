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
  readonly checksum: string;
  readonly sql: string;
}

const FILE = /^(\d{4})_[a-z0-9_]+\.sql$/u;

/**
 * Brings a database forward to the schema of a folder of numbered SQL files (0001_name.sql, …),
 * each in a transaction of its own. Throws SchemaMismatch when the file has a migration that the
 * folder lacks (it is newer) or one that read differently when it was applied.
 */
export function migrate(database: Database, folder: string): void {
  database.exec(
    `CREATE TABLE IF NOT EXISTS schema_migration (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT`,
  );
  const record = database.prepare('INSERT INTO schema_migration VALUES (?, ?, ?)');
  const apply = database.transaction(({ number, name, checksum, sql }: Migration) => {
    database.exec(sql);
    record.run(number, name, checksum);
  });
  for (const migration of pending(database, folder)) apply.immediate(migration);
}

/** Throws SchemaMismatch unless the database has exactly the folder's schema. Only reads. */
export function checkSchema(database: Database, folder: string): void {
  const [missing] = pending(database, folder);
  if (missing !== undefined) {
    throw new SchemaMismatch(`${database.name} lacks the migration ${missing.name}`);
  }
}

/** The folder's migrations that the database has not had. */
function pending(database: Database, folder: string): readonly Migration[] {
  const known = migrationsOf(folder);
  const applied = appliedTo(database);
  for (const [index, { name, checksum }] of applied.entries()) {
    const migration = known[index];
    if (migration?.name !== name) {
      throw new SchemaMismatch(`${database.name} was written by another version (${name})`);
    }
    if (migration.checksum !== checksum) {
      throw new SchemaMismatch(`${name} is not the migration that ${database.name} was made with`);
    }
  }
  return known.slice(applied.length);
}

function migrationsOf(folder: string): readonly Migration[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return files.sort().map((name, index) => {
    const number = Number(FILE.exec(name)?.[1]);
    if (number !== index + 1)
      throw new SchemaMismatch(`${name} is not migration ${String(index + 1)}`);
    const sql = readFileSync(join(folder, name), 'utf8');
    return { number, name, checksum: hash('sha256', sql), sql };
  });
}

function appliedTo(database: Database): readonly Omit<Migration, 'sql'>[] {
  const table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'";
  if (database.prepare(table).get() === undefined) return [];
  return database
    .prepare<[], Omit<Migration, 'sql'>>(
      'SELECT number, name, checksum FROM schema_migration ORDER BY number',
    )
    .all();
}
