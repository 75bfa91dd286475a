import type { Connection } from '../../../src/ledger/sqlite/connection';
import { Projector } from '../../../src/views/projector';
import { Interned } from '../../../src/views/sqlite/interned';
import { prepareRows } from '../../../src/views/state';
import { memoryViews } from '../../support/views/dump';

const db = memoryViews();
afterAll(() => db.close());

/** Every statement that readers and the projector prepare. */
function statements(): readonly string[] {
  const prepared: string[] = [];
  const recording = new Proxy(db, {
    get: (target, name) => {
      if (name !== 'prepare') return Reflect.get(target, name) as unknown;
      return (sql: string) => {
        prepared.push(sql);
        return target.prepare(sql);
      };
    },
  });
  prepareRows(recording, new Interned(recording, 10));
  new Projector(recording, { ids: 10, entities: 10, rows: 1 });
  return [...new Set(prepared)].filter((sql) => !/^(?:BEGIN|COMMIT|ROLLBACK)/u.test(sql));
}

function plan(connection: Connection, sql: string): readonly string[] {
  const explain = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  const names = new Set([...sql.matchAll(/@(\w+)/gu)].map(([, name]) => name));
  const bound =
    names.size > 0
      ? [Object.fromEntries([...names].map((name) => [name, 0]))]
      : (sql.match(/\?/gu) ?? []).map(() => 0);
  return explain.all(...bound).map(({ detail }) => detail);
}

const FOUND = /^SEARCH \w+ USING (?:PRIMARY KEY|(?:COVERING )?INDEX|INTEGER PRIMARY KEY)/u;
const JOINS = /^(?:COMPOUND QUERY|LEFT-MOST SUBQUERY|UNION ALL)$/u;

describe('query plans', () => {
  test.each(statements())('found by key or index, in order, without a sort: %s', (sql) => {
    for (const step of plan(db, sql)) {
      // The one exception reads a row for each ledger, at a start.
      if (sql.startsWith('SELECT organization, kind FROM standings')) continue;
      if (sql.startsWith('SELECT max(number)')) expect(step).toBe('SEARCH interned');
      else expect(JOINS.test(step) ? 'SEARCH' : step).toMatch(JOINS.test(step) ? /^/u : FOUND);
    }
  });

  test('there are statements to look at, and a sort would be seen', () => {
    expect(statements().length).toBeGreaterThan(40);
    expect(plan(db, 'SELECT * FROM facts ORDER BY level')).toEqual([
      'SCAN facts USING COVERING INDEX facts_on_object',
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  });

  test('whoever asks by subject or object uses as much of the key as there is', () => {
    const between = statements().filter((sql) => sql.includes('facts.object = @object'));
    const steps = between.flatMap((sql) => plan(db, sql));
    expect(steps).toContain(
      'SEARCH facts USING PRIMARY KEY (subject=? AND relation=? AND to_position=? AND object=?)',
    );
    expect(steps).toContain(
      'SEARCH facts USING COVERING INDEX facts_on_object (object=? AND relation=? AND to_position=? AND level=?)',
    );
  });

  test('what expires is found by when it does, not by going through an organization', () => {
    const expiring = statements().filter((sql) => sql.includes('expires_at <= @instant'));
    const steps = expiring.flatMap((sql) => plan(db, sql)).filter((step) => step.includes('facts'));
    expect(steps.map((step) => step.replace(/^SEARCH \w+ USING INDEX /u, ''))).toEqual([
      'facts_by_expiry (to_position=? AND expires_at>? AND expires_at<?)',
      'facts_by_expiry (to_position>? AND to_position<?)',
    ]);
  });
});
