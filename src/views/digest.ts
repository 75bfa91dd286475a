import { createHash } from 'node:crypto';
import { canonicalJson } from '../ledger/canonical';
import type { Connection } from '../ledger/sqlite/connection';
import type { JsonObject } from '../ledger/types';

const text = (number: string): string => `(SELECT text FROM interned WHERE number = ${number})`;
const organization = (number: string): string =>
  `(SELECT organization FROM interned WHERE number = ${number})`;

/** Every table's rows with ids in place of numbers, which depend on the order of projection. */
const TABLES: Readonly<Record<string, string>> = {
  standings: `SELECT organization, kind, position, hex(leaf_hash), recorded_at FROM standings
    ORDER BY organization, kind`,
  organizations: 'SELECT number, id, slug FROM organizations ORDER BY number',
  entities: `SELECT ${organization('entity')} AS organization, ${text('entity')} AS id,
      from_position, to_position, kind, version, ${text('parent')} AS parent,
      ${text('other')} AS other, sort, state
    FROM entities ORDER BY organization, id, from_position`,
  facts: `SELECT ${organization('subject')} AS organization, ${text('subject')} AS subject_id,
      relation, to_position, ${text('object')} AS object_id, ${text('source')} AS source_id,
      from_position, expires_at, level, detail
    FROM facts ORDER BY organization, subject_id, relation, to_position, object_id, source_id`,
  names: `SELECT organization, scope, name, ${text('owner')}, from_position FROM names
    ORDER BY organization, scope, name`,
  tokens: `SELECT token_hash, ${organization('token')}, ${text('token')} FROM tokens
    ORDER BY token_hash`,
  live_agents: `SELECT ${organization('agent')} AS organization, ${text('agent')} AS id,
      ${text('agent_key')}, ${text('queue')}, ${text('cluster')}
    FROM live_agents ORDER BY organization, id`,
  event_marks: `SELECT ${organization('mark')} AS organization, ${text('mark')} AS text, field, kind,
      block, hex(places)
    FROM event_marks ORDER BY organization, text, field, kind, block`,
};

type Row = Readonly<Record<string, unknown>>;

/** SHA-256 of each table's rows, hex. Two files with the same digests answer everything alike. */
export type ViewsDigest = Readonly<Record<string, string>>;

/** Digests a whole views file. Takes as long as reading and sorting it does. */
export function digestViews(db: Connection): ViewsDigest {
  return db.transaction(() =>
    Object.fromEntries(
      Object.entries(TABLES).map(([table, sql]) => {
        const digest = createHash('sha256');
        for (const row of db.prepare<[], Row>(sql).iterate()) {
          digest.update(`${JSON.stringify(canonicalRow(row))}\n`);
        }
        return [table, digest.digest('hex')];
      }),
    ),
  )();
}

/** Members of a JSON text stand in the order that their event had them in: that tells nothing. */
function canonicalRow(row: Row): Row {
  const { state, detail } = row;
  return {
    ...row,
    ...(typeof state === 'string' ? { state: canonicalJson(JSON.parse(state) as JsonObject) } : {}),
    ...(typeof detail === 'string'
      ? { detail: canonicalJson(JSON.parse(detail) as JsonObject) }
      : {}),
  };
}
