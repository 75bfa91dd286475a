import type { EntityKind, Versioned } from '../../domain/entity';
import type { Connection } from '../../ledger/sqlite/connection';
import { KIND_CODES } from '../codes';
import { EntityRows } from './entity-rows';
import type { EntityWriter } from './entity-writer';
import type { Interned } from './interned';

/** Entities for the one who writes them: most open ones are at hand without reading their rows. */
export class PresentEntities extends EntityRows {
  readonly #writer: EntityWriter;

  constructor(db: Connection, interned: Interned, writer: EntityWriter) {
    super(db, interned);
    this.#writer = writer;
  }

  override numbered<K extends EntityKind>(kind: K, entity: number): Versioned<K> | undefined {
    const open = this.#writer.current(entity);
    return open?.kind === KIND_CODES[kind] ? (open.entity as never) : undefined;
  }
}
