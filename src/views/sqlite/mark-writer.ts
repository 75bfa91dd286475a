import type { Statement } from 'better-sqlite3';
import type { EventType } from '../../domain/event';
import { isAnyId } from '../../domain/id';
import type { Connection } from '../../ledger/sqlite/connection';
import type { StoredEvent } from '../../ledger/types';
import { LEDGER_CODES } from '../codes';
import type { Interning } from './interned';
import { blockOf, blockStart, FIELD_CODES, type MarkField } from './mark-blocks';

/** How many marks have a block in memory before all are written. */
const PENDING_MAX = 2000;

/** What a block of a mark gains. */
interface Gain {
  readonly mark: number;
  readonly field: number;
  readonly kind: number;
  block: number;
  places: number[];
}

/**
 * Marks events by their type, their actor and what their data names. Only readers ask for marks:
 * they are gathered in memory, and written by `save` before each commit.
 */
export class MarkWriter {
  readonly #interning: Interning;
  readonly #gains = new Map<number, Gain>();
  readonly #append: Statement<
    [mark: number, field: number, kind: number, block: number, places: Buffer]
  >;

  constructor(db: Connection, interning: Interning) {
    this.#interning = interning;
    // Of two blobs the operator makes a text of the same bytes, whatever they are.
    this.#append = db.prepare(
      `INSERT INTO event_marks (mark, field, kind, block, places) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET places = CAST(places || excluded.places AS BLOB)`,
    );
  }

  /** @param changed the entity that the event changes, which finds it by its versions */
  mark(organization: number, type: EventType, event: StoredEvent, changed: string | null): void {
    const kind = LEDGER_CODES[type.ledger];
    const { position, actor, data } = event;
    const add = (field: MarkField, text: string): void => {
      this.#add(this.#interning.intern(organization, text), FIELD_CODES[field], kind, position);
    };
    add('type', type.type);
    add('actor', actor.id);
    for (const id of idsOf(data, changed)) add('named', id);
    if (this.#gains.size > PENDING_MAX) this.save();
  }

  save(): void {
    for (const gain of this.#gains.values()) this.#write(gain);
    this.#gains.clear();
  }

  forget(): void {
    this.#gains.clear();
  }

  /** Events of a ledger come in order, so that a block is whole once a later one begins. */
  #add(mark: number, field: number, kind: number, position: number): void {
    const key = mark * 8 + field * 2 + kind;
    const block = blockOf(position);
    const place = position - blockStart(block);
    const gain = this.#gains.get(key);
    if (gain === undefined) {
      this.#gains.set(key, { mark, field, kind, block, places: [place] });
    } else if (gain.block === block) {
      gain.places.push(place);
    } else {
      this.#write(gain);
      gain.block = block;
      gain.places = [place];
    }
  }

  #write({ mark, field, kind, block, places }: Gain): void {
    this.#append.run(mark, field, kind, block, Buffer.from(places));
  }
}

/** Every id that an event's data names, each once, without the one known already. */
function idsOf(data: StoredEvent['data'], known: string | null): readonly string[] {
  const ids: string[] = [];
  const add = (value: unknown): void => {
    if (typeof value !== 'string' || value === known || !isAnyId(value)) return;
    if (!ids.includes(value)) ids.push(value);
  };
  for (const value of Object.values(data)) {
    if (Array.isArray(value)) value.forEach(add);
    else add(value);
  }
  return ids;
}
