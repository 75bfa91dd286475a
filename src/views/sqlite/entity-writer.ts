import type { Statement } from 'better-sqlite3';
import type { Entities, EntityKind, Versioned } from '../../domain/entity';
import type { Connection } from '../../ledger/sqlite/connection';
import { BoundedCache } from '../bounded-cache';
import { OPEN } from '../codes';
import type { Place } from '../projection/place-of';
import type { Interning } from './interned';
import type { Kept } from './kept';
import { RowInserter, type InsertSql } from './row-inserter';

type State = Entities[EntityKind];

/** An entity as its open row has it. */
export class OpenEntity {
  #entity: Versioned<EntityKind> | undefined;

  /** @param kind see KIND_CODES */
  constructor(
    readonly kind: number,
    readonly from: number,
    readonly version: number,
    readonly state: State,
  ) {}

  /** The state with its version. Made once: a copy costs as much as reading the row. */
  get entity(): Versioned<EntityKind> {
    this.#entity ??= { ...this.state, version: this.version };
    return this.#entity;
  }
}

interface OpenRow {
  readonly kind: number;
  readonly from_position: number;
  readonly version: number;
  readonly state: string;
}

type Row = [
  entity: number,
  from: number,
  kind: number,
  version: number,
  parent: number | null,
  other: number | null,
  sort: string | null,
  state: string,
];

const INSERT: InsertSql = {
  into: `INSERT INTO entities
    (entity, from_position, to_position, kind, version, parent, other, sort, state)`,
  row: `(?, ?, ${OPEN}, ?, ?, ?, ?, ?, ?)`,
};

/** Writes the versions of entities, and knows the open ones without reading them each time. */
export class EntityWriter {
  readonly #interning: Interning;
  readonly #cache: BoundedCache<number, OpenEntity>;
  readonly #select: Statement<[number], OpenRow>;
  readonly #rows: RowInserter<Row>;
  readonly #close: Statement<[to: number, entity: number, from: number]>;

  constructor(db: Connection, interning: Interning, { entities, rows }: Kept) {
    this.#interning = interning;
    this.#cache = new BoundedCache(entities);
    this.#rows = new RowInserter(db, INSERT, rows);
    this.#select = db.prepare(
      `SELECT kind, from_position, version, state FROM entities
        WHERE entity = ? AND to_position = ${OPEN} ORDER BY from_position DESC LIMIT 1`,
    );
    this.#close = db.prepare(
      'UPDATE entities SET to_position = ? WHERE entity = ? AND from_position = ?',
    );
  }

  /** The open version of the entity, if there is one. */
  current(entity: number): OpenEntity | undefined {
    const known = this.#cache.get(entity);
    if (known !== undefined) return known;
    const row =
      this.#select.get(entity) ?? (this.#rows.flush() ? this.#select.get(entity) : undefined);
    if (row === undefined) return undefined;
    const { kind, from_position: from, version, state } = row;
    const open = new OpenEntity(kind, from, version, JSON.parse(state) as State);
    this.#cache.set(entity, open);
    return open;
  }

  /** Ends the open version. */
  close(entity: number, { from }: OpenEntity, position: number): void {
    const close = (): boolean => this.#close.run(position, entity, from).changes === 1;
    if (!close() && this.#rows.flush()) close();
    this.#cache.delete(entity);
  }

  /** Begins a version; the one before must have ended. */
  open(
    organization: number,
    entity: number,
    next: OpenEntity,
    { parent, other, sort }: Place,
  ): void {
    const { kind, from, version, state } = next;
    this.#rows.insert(
      entity,
      from,
      kind,
      version,
      parent === null ? null : this.#interning.intern(organization, parent),
      other === null ? null : this.#interning.intern(organization, other),
      sort,
      JSON.stringify(state),
    );
    this.#cache.set(entity, next);
  }

  /** Writes what is not in the table yet. */
  save(): void {
    this.#rows.flush();
  }

  forget(): void {
    this.#rows.forget();
    this.#cache.clear();
  }
}
