import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import { BoundedCache } from '../bounded-cache';
import { NumberCache } from './number-cache';

interface Named {
  readonly number: number;
  readonly text: string;
}

/** No text has the number 0. */
const NOTHING: Named = { number: 0, text: '' };

/**
 * The small numbers that ids and event types have in one views file. A number is of one
 * organization: the same text in two has two. Committed numbers never change, so they are cached.
 */
export class Interned {
  protected readonly numbers: NumberCache;
  readonly #texts: BoundedCache<number, string>;
  readonly #numberOf: Statement<[number, string], number>;
  readonly #textOf: Statement<[number], string>;
  /** The two texts whose numbers were asked for last: rows that are found by them name them again. */
  #last: Named = NOTHING;
  #before: Named = NOTHING;

  constructor(db: Connection, cached: number) {
    this.numbers = new NumberCache(cached);
    this.#texts = new BoundedCache(cached);
    this.#numberOf = db
      .prepare<[number, string], number>(
        'SELECT number FROM interned WHERE organization = ? AND text = ?',
      )
      .pluck();
    this.#textOf = db
      .prepare<[number], string>('SELECT text FROM interned WHERE number = ?')
      .pluck();
  }

  /** The number of a text of the organization; undefined when no event ever named it. */
  number(organization: number, text: string): number | undefined {
    const known = this.numbers.get(organization, text);
    const number = known ?? this.#numberOf.get(organization, text);
    if (number === undefined) return undefined;
    if (known === undefined) this.numbers.set(organization, text, number);
    this.#before = this.#last;
    this.#last = { number, text };
    return number;
  }

  /** The text of a number that a row holds. */
  text(number: number): string {
    if (number === this.#last.number) return this.#last.text;
    if (number === this.#before.number) return this.#before.text;
    const known = this.#texts.get(number);
    if (known !== undefined) return known;
    const text = this.#textOf.get(number);
    if (text === undefined) throw new RangeError(`the views name nothing by ${number}`);
    this.#texts.set(number, text);
    return text;
  }

  /** Forgets what was read: after a rollback it may not be so. */
  forget(): void {
    this.numbers.clear();
    this.#texts.clear();
    this.#last = NOTHING;
    this.#before = NOTHING;
  }
}

/** The same for the one who writes: gives numbers to new texts. */
export class Interning extends Interned {
  readonly #insert: Statement<[number, string]>;
  readonly #select: Statement<[], number>;
  #last = 0;

  constructor(db: Connection, cached: number) {
    super(db, cached);
    this.#insert = db.prepare(
      'INSERT INTO interned (organization, text) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#select = db.prepare<[], number>('SELECT max(number) FROM interned').pluck();
  }

  /** The last number given: whatever has a later one was never named before. */
  get last(): number {
    if (this.#last === 0) this.#last = this.#select.get() ?? 0;
    return this.#last;
  }

  /** The text's number, a new one if it has none. */
  intern(organization: number, text: string): number {
    const known = this.numbers.get(organization, text);
    if (known !== undefined) return known;
    // A text that was not met lately is most often new: inserting first saves looking for it.
    const { changes, lastInsertRowid } = this.#insert.run(organization, text);
    const number = changes === 1 ? Number(lastInsertRowid) : this.number(organization, text);
    if (number === undefined) throw new RangeError('a text is both there and not there');
    if (changes === 1) this.#last = number;
    this.numbers.set(organization, text, number);
    return number;
  }

  override forget(): void {
    super.forget();
    this.#last = 0;
  }
}
