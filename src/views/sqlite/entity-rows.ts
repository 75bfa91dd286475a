import type { Statement } from 'better-sqlite3';
import type { Entities, EntityKind, Versioned } from '../../domain/entity';
import type { Connection } from '../../ledger/sqlite/connection';
import { KIND_CODES, OPEN } from '../codes';
import type { Interned } from './interned';

type Row = readonly [version: number, state: string];
type PastRow = readonly [version: number, state: string, to: number];

/** Reads entities of one views file, as they stand or stood. */
export class EntityRows {
  readonly #interned: Interned;
  readonly #current: Statement<[entity: number, kind: number], Row>;
  readonly #past: Statement<[entity: number, kind: number, position: number], PastRow>;
  readonly #any: Statement<[entity: number, kind: number], number>;

  constructor(db: Connection, interned: Interned) {
    this.#interned = interned;
    // The last version is the open one, if any is: versions of an entity never overlap.
    this.#current = db
      .prepare<[number, number], Row>(
        `SELECT version, state FROM entities
          WHERE entity = ? AND kind = ? AND to_position = ${OPEN}
          ORDER BY from_position DESC LIMIT 1`,
      )
      .raw();
    this.#past = db
      .prepare<[number, number, number], PastRow>(
        `SELECT version, state, to_position FROM entities
          WHERE entity = ? AND kind = ? AND from_position <= ?
          ORDER BY from_position DESC LIMIT 1`,
      )
      .raw();
    this.#any = db
      .prepare<[number, number], number>(
        'SELECT 1 FROM entities WHERE entity = ? AND kind = ? LIMIT 1',
      )
      .pluck();
  }

  /** The entity as it stands; undefined when there is none of that kind, or not any more. */
  current<K extends EntityKind>(
    organization: number,
    kind: K,
    id: string,
  ): Versioned<K> | undefined {
    const entity = this.#interned.number(organization, id);
    return entity === undefined ? undefined : this.numbered(kind, entity);
  }

  /** The same by the entity's number. */
  numbered<K extends EntityKind>(kind: K, entity: number): Versioned<K> | undefined {
    const row = this.#current.get(entity, KIND_CODES[kind]);
    return row && versioned<K>(row[0], row[1]);
  }

  /** The entity as it stood after that position of its ledger. */
  past<K extends EntityKind>(
    organization: number,
    kind: K,
    id: string,
    position: number,
  ): Versioned<K> | undefined {
    const entity = this.#interned.number(organization, id);
    if (entity === undefined) return undefined;
    const row = this.#past.get(entity, KIND_CODES[kind], position);
    return row === undefined || row[2] <= position ? undefined : versioned<K>(row[0], row[1]);
  }

  /** True if there is such an entity or ever was. */
  existed(organization: number, kind: EntityKind, id: string): boolean {
    const entity = this.#interned.number(organization, id);
    return entity !== undefined && this.#any.get(entity, KIND_CODES[kind]) !== undefined;
  }
}

/** An entity from its row. */
export function versioned<K extends EntityKind>(version: number, state: string): Versioned<K> {
  return Object.assign(JSON.parse(state) as Entities[K], { version });
}
