import type { Fact } from '../../access/facts';
import { BoundedCache } from '../bounded-cache';
import { RELATION_CODES } from '../codes';
import type { FactDraft } from '../projection/facts-of';

/** A subject with more facts of one relation than this is left to the index. */
export const LIST_MAX = 64;

/** The facts of one subject and relation that are open, or MANY: too many to keep. */
export type OpenList = readonly Fact[] | 'MANY';

/**
 * Open facts by subject and relation, as the one who writes them knows them: lists that were read
 * lately, each kept as its facts open and close. What is not here is in the file.
 */
export class OpenFacts {
  readonly #lists: BoundedCache<number, OpenList>;

  /** @param cached how many lists are kept for certain */
  constructor(cached: number) {
    this.#lists = new BoundedCache(cached);
  }

  get(subject: number, relation: Fact['relation']): OpenList | undefined {
    return this.#lists.get(keyOf(subject, relation));
  }

  /** Keeps a whole list as it was read. */
  keep(subject: number, relation: Fact['relation'], list: readonly Fact[]): OpenList {
    const kept = list.length > LIST_MAX ? 'MANY' : list;
    this.#lists.set(keyOf(subject, relation), kept);
    return kept;
  }

  /** A fact of the subject opened at the position `from`. */
  add(subject: number, fact: FactDraft, from: number): void {
    const list = this.get(subject, fact.relation);
    if (list === undefined || list === 'MANY') return;
    this.keep(subject, fact.relation, [...list, { ...fact, from }]);
  }

  /** A fact of the subject closed. */
  remove(subject: number, { relation, object, source }: FactDraft): void {
    const list = this.get(subject, relation);
    if (list === undefined || list === 'MANY') return;
    const left = list.filter((fact) => fact.object !== object || fact.source !== source);
    this.keep(subject, relation, left);
  }

  clear(): void {
    this.#lists.clear();
  }
}

/** Relation codes are small, so that one number names the pair. */
function keyOf(subject: number, relation: Fact['relation']): number {
  return subject * 32 + RELATION_CODES[relation];
}
