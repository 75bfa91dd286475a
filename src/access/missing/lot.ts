import type { Family } from './family';
import { settle, type Way } from './settle';
import type { Choice } from './step';

/**
 * Families that are alike: what helps in one helps in each of the others, about another thing.
 * So the first one's ways, times their number, count them all.
 */
export interface Lot {
  readonly size: number;
  readonly family: (index: number) => Family;
  /** What the family of this number is about: ways that do not touch it are counted elsewhere. */
  readonly about: (index: number) => Choice | null;
}

/** One family, all of it. */
export function whole(family: Family): readonly Lot[] {
  return [{ size: 1, family: () => family, about: () => null }];
}

/** The ways of one of the lot's families. */
export function waysOf(lot: Lot, index: number): readonly Way[] {
  const ways = settle(lot.family(index));
  const about = lot.about(index);
  return about === null ? ways : ways.filter((way) => way.some(({ on }) => on.includes(about)));
}
