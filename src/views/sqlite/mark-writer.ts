import type { Statement } from 'better-sqlite3';
import { isAnyId } from '../../domain/id';
import type { Connection } from '../../ledger/sqlite/connection';
import type { LedgerKind, StoredEvent } from '../../ledger/types';
import { LEDGER_CODES } from '../codes';
import type { Interning } from './interned';

type MarkRow = [
  kind: number,
  position: number,
  type: number | null,
  actor: number | null,
  named1: number | null,
  named2: number | null,
  named3: number | null,
];

/** Marks events by their type, their actor and all that their data names. */
export class MarkWriter {
  readonly #interning: Interning;
  readonly #insert: Statement<MarkRow>;

  constructor(db: Connection, interning: Interning) {
    this.#interning = interning;
    this.#insert = db.prepare(`INSERT INTO event_marks
      (kind, position, type, actor, named_1, named_2, named_3) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  }

  mark(organization: number, kind: LedgerKind, event: StoredEvent): void {
    const named = idsOf(event.data).map((id) => this.#interning.intern(organization, id));
    let type: number | null = this.#interning.intern(organization, event.type);
    let actor: number | null = this.#interning.intern(organization, event.actor.id);
    let done = 0;
    do {
      const [first = null, second = null, third = null] = named.slice(done, done + 3);
      this.#insert.run(LEDGER_CODES[kind], event.position, type, actor, first, second, third);
      type = null;
      actor = null;
      done += 3;
    } while (done < named.length);
  }
}

/** Every id that an event's data names, each once. */
function idsOf(data: StoredEvent['data']): readonly string[] {
  const ids: string[] = [];
  const add = (value: unknown): void => {
    if (typeof value === 'string' && isAnyId(value) && !ids.includes(value)) ids.push(value);
  };
  for (const value of Object.values(data)) {
    if (Array.isArray(value)) value.forEach(add);
    else add(value);
  }
  return ids;
}
