import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../ledger/sqlite/connection';
import { BoundedCache } from '../bounded-cache';
import { NumberCache } from './number-cache';

interface Named {
  readonly number: number;
  readonly text: string;
}

/** No text has the number 0. */
const NONE = 0;
const NOTHING: Named = { number: NONE, text: '' };
/** How many texts without a number are kept: they are whatever somebody asks about. */
const ABSENT_CACHED = 5000;

/**
 * The small numbers that ids and event types have in one views file. A number is of one
 * organization: the same text in two has two. Committed numbers never change, so they are cached.
 */
export class Interned {
  protected readonly numbers: NumberCache;
  /** Texts that had no number while the last number given was `#given`. */
  readonly #absent = new NumberCache(ABSENT_CACHED);
  #given = NONE;
  /** Whether `#given` was read in the state that is read now. */
  #isCurrent = false;
  readonly #texts: BoundedCache<number, string>;
  readonly #lastGiven: Statement<[], number>;
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
    this.#lastGiven = db.prepare<[], number>('SELECT max(number) FROM interned').pluck();
    this.#textOf = db
      .prepare<[number], string>('SELECT text FROM interned WHERE number = ?')
      .pluck();
  }

  /** The number of a text of the organization; undefined when no event ever named it. */
  number(organization: number, text: string): number | undefined {
    const known = this.numbers.get(organization, text);
    const number = known ?? this.#find(organization, text);
    if (number === undefined) return undefined;
    this.#before = this.#last;
    this.#last = { number, text };
    return number;
  }

  /** Finding nothing is remembered, too: what is not there is to take no longer than what is hidden. */
  #find(organization: number, text: string): number | undefined {
    if (!this.#isCurrent) this.#lookForMore();
    if (this.#absent.get(organization, text) !== undefined) return undefined;
    const number = this.#numberOf.get(organization, text);
    if (number === undefined) this.#absent.set(organization, text, NONE);
    else this.numbers.set(organization, text, number);
    return number;
  }

  #lookForMore(): void {
    const given = this.#lastGiven.get() ?? NONE;
    if (given !== this.#given) this.#absent.clear();
    this.#given = given;
    this.#isCurrent = true;
  }

  /** To be called when numbers may have been given since the last look. */
  expectMore(): void {
    this.#isCurrent = false;
  }

  protected get given(): number {
    if (!this.#isCurrent) this.#lookForMore();
    return this.#given;
  }

  protected set given(number: number) {
    this.#absent.clear();
    this.#given = number;
    this.#isCurrent = true;
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
    this.#absent.clear();
    this.#isCurrent = false;
    this.#texts.clear();
    this.#last = NOTHING;
    this.#before = NOTHING;
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

  /** The last number given: whatever has a later one was never named before. */
  get last(): number {
    return this.given;
  }

  /** The text's number, a new one if it has none. */
  intern(organization: number, text: string): number {
    const known = this.numbers.get(organization, text);
    if (known !== undefined) return known;
    // A text that was not met lately is most often new: inserting first saves looking for it.
    const { changes, lastInsertRowid } = this.#insert.run(organization, text);
    const number = changes === 1 ? Number(lastInsertRowid) : this.number(organization, text);
    if (number === undefined) throw new RangeError('a text is both there and not there');
    if (changes === 1) this.given = number;
    this.numbers.set(organization, text, number);
    return number;
  }
}
