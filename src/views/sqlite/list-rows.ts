import type { Statement } from 'better-sqlite3';
import type { EntityKind } from '../../domain/entity';
import { limitTo, type Connection } from '../../ledger/sqlite/connection';
import { KIND_CODES, OPEN } from '../codes';
import { isSorted } from '../projection/place-of';
import type { ListQuery, ListRow } from '../queries';
import { AssociationRows, isAssociation } from './association-rows';
import { versioned, type EntityRows } from './entity-rows';
import type { Interned } from './interned';

type Owner = 'parent' | 'other';
type Row = readonly [version: number, state: string, sort: string | null];
type ByAge = Statement<[owner: number, kind: number, after: number, limit: number], Row>;
type BySort = Statement<
  [owner: number, kind: number, afterSort: string, after: number, limit: number],
  Row
>;

const byAge = (db: Connection, owner: Owner): ByAge =>
  db
    .prepare<[number, number, number, number], Row>(
      `SELECT version, state, sort FROM entities
        WHERE ${owner} = ? AND kind = ? AND to_position = ${OPEN} AND entity > ?
        ORDER BY entity ${limitTo('?')}`,
    )
    .raw();

const bySort = (db: Connection, owner: Owner): BySort =>
  db
    .prepare<[number, number, string, number, number], Row>(
      `SELECT version, state, sort FROM entities
        WHERE ${owner} = ? AND kind = ? AND to_position = ${OPEN} AND sort IS NOT NULL
          AND (sort, entity) > (?, ?)
        ORDER BY sort, entity ${limitTo('?')}`,
    )
    .raw();

/** Reads pages of the entities of an owner. */
export class ListRows {
  readonly #interned: Interned;
  readonly #entities: EntityRows;
  readonly #associations: AssociationRows;
  readonly #byAge: Readonly<Record<Owner, ByAge>>;
  readonly #bySort: Readonly<Record<Owner, BySort>>;

  constructor(db: Connection, interned: Interned, entities: EntityRows) {
    this.#interned = interned;
    this.#entities = entities;
    this.#associations = new AssociationRows(db);
    this.#byAge = { parent: byAge(db, 'parent'), other: byAge(db, 'other') };
    this.#bySort = { parent: bySort(db, 'parent'), other: bySort(db, 'other') };
  }

  /** A page as the query asks; empty for an owner, or a key to go on from, that never was. */
  page<K extends EntityKind>(organization: number, query: ListQuery<K>): readonly ListRow<K>[] {
    const { kind, by, order, after, limit } = query;
    const owner = this.#interned.number(organization, query.owner);
    const last = after === null ? 0 : this.#interned.number(organization, after.id);
    if (owner === undefined || last === undefined) return [];
    if (isAssociation(kind)) {
      const numbers = this.#associations.page({ kind, by, owner, after: last, limit });
      return numbers.flatMap((number) => {
        const entity = this.#entities.numbered<K>(kind, number);
        return entity === undefined ? [] : { key: { sort: '', id: entity.id }, entity };
      });
    }
    const code = KIND_CODES[kind];
    const rows =
      order === 'KEY' && isSorted(kind)
        ? this.#bySort[by].all(owner, code, after?.sort ?? '', last, limit)
        : this.#byAge[by].all(owner, code, last, limit);
    return rows.map(([version, state, sort]) => {
      const entity = versioned<K>(version, state);
      return { key: { sort: sort ?? '', id: entity.id }, entity };
    });
  }
}
