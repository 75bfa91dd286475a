import type { Statement } from 'better-sqlite3';
import type { EventType } from '../../domain/event';
import { isAnyId } from '../../domain/id';
import type { Connection } from '../../ledger/sqlite/connection';
import type { StoredEvent } from '../../ledger/types';
import { LEDGER_CODES } from '../codes';
import type { Interning } from './interned';

type Row = [
  kind: number,
  position: number,
  type: number | null,
  actor: number | null,
  named1: number | null,
  named2: number | null,
];

/** Marks events by their type, their actor and what their data names. */
export class MarkWriter {
  readonly #interning: Interning;
  readonly #insert: Statement<Row>;

  constructor(db: Connection, interning: Interning) {
    this.#interning = interning;
    this.#insert = db.prepare(`INSERT INTO event_marks
      (kind, position, type, actor, named_1, named_2) VALUES (?, ?, ?, ?, ?, ?)`);
  }

  /** @param changed the entity that the event changes, which finds it by its versions */
  mark(organization: number, type: EventType, event: StoredEvent, changed: string | null): void {
    const number = (text: string | undefined): number | null =>
      text === undefined ? null : this.#interning.intern(organization, text);
    const kind = LEDGER_CODES[type.ledger];
    const { position, actor } = event;
    const [first, second, ...more] = idsOf(event.data, changed);
    const marks = [number(type.type), number(actor.id), number(first), number(second)] as const;
    this.#insert.run(kind, position, ...marks);
    for (let at = 0; at < more.length; at += 2) {
      this.#insert.run(kind, position, null, null, number(more[at]), number(more[at + 1]));
    }
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
