import Sqlite from 'better-sqlite3';
import type { Connection } from '../../../src/ledger/sqlite/connection';
import { KIND_CODES, OPEN } from '../../../src/views/codes';
import { prepareViews } from '../../../src/views/open';
import { MIGRATIONS } from './views-files';

/** A row with an interval, ids in place of numbers. */
export interface IntervalRow {
  readonly table: 'entities' | 'facts' | 'names';
  readonly organization: number;
  readonly activity: boolean;
  readonly from: number;
  readonly to: number;
  readonly rest: unknown;
}

const text = (number: string): string => `(SELECT text FROM interned WHERE number = ${number})`;
const organization = (number: string): string =>
  `(SELECT organization FROM interned WHERE number = ${number})`;

const INTERVALS = `
  SELECT 'entities' AS "table", ${organization('entity')} AS organization,
      kind = ${KIND_CODES.agent} AS activity, from_position AS "from", to_position AS "to",
      json_array(${text('entity')}, kind, version, ${text('parent')}, ${text('other')}, sort,
        json(state)) AS rest
    FROM entities
  UNION ALL
  SELECT 'facts', ${organization('subject')}, 0, from_position, to_position,
      json_array(${text('subject')}, relation, ${text('object')}, ${text('source')}, expires_at,
        level, json(detail)) AS rest
    FROM facts
  UNION ALL
  SELECT 'names', organization, 0, from_position, ${OPEN},
      json_array(scope, name, ${text('owner')})
    FROM names
  ORDER BY 1, 2, 3, 4, 6`;

/** Every row that has an interval. */
export function intervalRows(db: Connection): readonly IntervalRow[] {
  return db
    .prepare<[], Omit<IntervalRow, 'activity' | 'rest'> & { activity: number; rest: string }>(
      INTERVALS,
    )
    .all()
    .map((row) => ({
      ...row,
      activity: row.activity === 1,
      rest: JSON.parse(row.rest) as unknown,
    }));
}

/** The rows as they were at the positions: without what came later, open where it closed later. */
export function clipped(
  rows: readonly IntervalRow[],
  at: (row: IntervalRow) => number,
): readonly IntervalRow[] {
  return rows
    .filter((row) => row.from <= at(row))
    .map((row) => ({ ...row, to: row.to <= at(row) ? row.to : OPEN }));
}

/** Empty views in memory. */
export function memoryViews(): Connection {
  const db = new Sqlite(':memory:');
  prepareViews(db, MIGRATIONS, false);
  return db;
}
