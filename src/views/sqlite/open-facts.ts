import type { Fact } from '../../access/facts';
import { BoundedCache } from '../bounded-cache';
import { RELATION_CODES } from '../codes';
import type { FactDraft } from '../projection/facts-of';

/** A subject with more facts of one relation than this is left to the index. */
export const LIST_MAX = 64;

/** A fact as its row says it; ids are numbers. */
export type FactRow = readonly [
  subject: number,
  relation: number,
  object: number,
  source: number,
  from: number,
  expiresAt: number | null,
  level: string | null,
  detail: string | null,
];

/** An open fact at hand. Most are only compared by their numbers, and never put into words. */
export interface OpenFact {
  readonly row: FactRow;
  /** The same with ids as texts, once somebody asked for it. */
  words?: Fact;
}

/** The facts of one subject and relation that are open, or MANY: too many to keep. */
export type OpenList = readonly OpenFact[] | 'MANY';

/** One list for all subjects without facts: they are most. */
const NO_FACTS: OpenList = [];

/**
 * Open facts by subject and relation: lists that were read lately, each kept as its facts open and
 * close. What is not here is in the file.
 */
export class OpenFacts {
  readonly #lists: BoundedCache<number, OpenList>;

  /** @param cached how many lists and facts in them are kept for certain */
  constructor(cached: number) {
    this.#lists = new BoundedCache(cached, (list) => 1 + (list === 'MANY' ? 0 : list.length));
  }

  get(subject: number, relation: Fact['relation']): OpenList | undefined {
    return this.#lists.get(keyOf(subject, RELATION_CODES[relation]));
  }

  /** Keeps a whole list as it was read. */
  keep(subject: number, relation: Fact['relation'], rows: readonly FactRow[]): OpenList {
    const list = rows.length > LIST_MAX ? 'MANY' : rows.map((row) => ({ row }));
    return this.#set(keyOf(subject, RELATION_CODES[relation]), list);
  }

  /** A fact opened. */
  add(row: FactRow): void {
    const key = keyOf(row[0], row[1]);
    const list = this.#lists.get(key);
    if (list === undefined || list === 'MANY') return;
    this.#set(key, list.length < LIST_MAX ? [...list, { row }] : 'MANY');
  }

  /** The fact between these two that the source states closed. */
  remove([subject, relation, object, source]: Ends): void {
    const key = keyOf(subject, relation);
    const list = this.#lists.get(key);
    if (list === undefined || list === 'MANY') return;
    this.#set(
      key,
      list.filter(({ row }) => row[2] !== object || row[3] !== source),
    );
  }

  clear(): void {
    this.#lists.clear();
  }

  #set(key: number, list: OpenList): OpenList {
    const kept = list.length === 0 ? NO_FACTS : list;
    this.#lists.set(key, kept);
    return kept;
  }
}

/** What tells an open fact from every other. */
export type Ends = readonly [subject: number, relation: number, object: number, source: number];

type NumberOf = (id: string) => number;

/** What tells the fact from others, in numbers. */
export function endsOf({ subject, relation, object, source }: FactDraft, number: NumberOf): Ends {
  return [number(subject), RELATION_CODES[relation], number(object), number(source)];
}

/** The row of a fact that opened at the position. */
export function rowOf(fact: FactDraft, position: number, number: NumberOf): FactRow {
  const { level, detail, expiresAt } = fact;
  const text = detail === null ? null : JSON.stringify(detail);
  return [...endsOf(fact, number), position, expiresAt, level, text];
}

/** Relation codes are small, so that one number names the pair. */
function keyOf(subject: number, relation: number): number {
  return subject * 32 + relation;
}
