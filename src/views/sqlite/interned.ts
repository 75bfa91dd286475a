import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import { BoundedCache } from '../bounded-cache';

interface Owned {
  readonly organization: number;
  readonly number: number;
}

/**
 * The small numbers that ids and event types have in one views file. A number is of one
 * organization: the same text in two has two. Committed numbers never change, so they are cached.
 */
export class Interned {
  readonly #numberOf: Statement<[number, string], number>;
  readonly #textOf: Statement<[number], string>;
  readonly #numbers: BoundedCache<string, Owned>;
  readonly #texts: BoundedCache<number, string>;

  constructor(db: Connection, cached: number) {
    this.#numberOf = db
      .prepare<[number, string], number>(
        'SELECT number FROM interned WHERE organization = ? AND text = ?',
      )
      .pluck();
    this.#textOf = db
      .prepare<[number], string>('SELECT text FROM interned WHERE number = ?')
      .pluck();
    this.#numbers = new BoundedCache(cached);
    this.#texts = new BoundedCache(cached);
  }

  /** The number of a text of the organization; undefined when no event ever named it. */
  number(organization: number, text: string): number | undefined {
    const known = this.cached(organization, text);
    if (known !== undefined) return known;
    const number = this.#numberOf.get(organization, text);
    return number === undefined ? undefined : this.remember(organization, text, number);
  }

  /** The text of a number that a row holds. */
  text(number: number): string {
    const known = this.#texts.get(number);
    if (known !== undefined) return known;
    const text = this.#textOf.get(number);
    if (text === undefined) throw new RangeError(`the views name nothing by ${number}`);
    this.#texts.set(number, text);
    return text;
  }

  protected cached(organization: number, text: string): number | undefined {
    const known = this.#numbers.get(text);
    return known?.organization === organization ? known.number : undefined;
  }

  protected remember(organization: number, text: string, number: number): number {
    this.#numbers.set(text, { organization, number });
    return number;
  }

  /** Forgets what was read: after a rollback it may not be so. */
  forget(): void {
    this.#numbers.clear();
    this.#texts.clear();
  }
}

/** The same for the one who writes: gives numbers to new texts. */
export class Interning extends Interned {
  readonly #insert: Statement<[number, string]>;

  constructor(db: Connection, cached: number) {
    super(db, cached);
    this.#insert = db.prepare(
      'INSERT INTO interned (organization, text) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
  }

  /** The text's number, a new one if it has none. */
  intern(organization: number, text: string): number {
    const known = this.cached(organization, text);
    if (known !== undefined) return known;
    // A text that was not met lately is most often new: inserting first saves looking for it.
    const { changes, lastInsertRowid } = this.#insert.run(organization, text);
    if (changes === 1) return this.remember(organization, text, Number(lastInsertRowid));
    const number = this.number(organization, text);
    if (number === undefined) throw new RangeError('a text is both there and not there');
    return number;
  }
}
