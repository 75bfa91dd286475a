import { TooManyWays, WAYS_MAX } from '../rule';
import type { Need } from './step';

/** Alternatives, each of which is enough: all of its needs together. Not yet the smallest ones. */
export type Family = readonly (readonly Need[])[];

/** Nothing is missing. */
export const MET: Family = Object.freeze([Object.freeze([])]);
/** Nothing helps. */
export const NEVER: Family = Object.freeze([]);

/** Each of these needs is enough by itself. */
export function oneOf(...needs: readonly Need[]): Family {
  return needs.map((need) => [need]);
}

/** Either family is enough. */
export function or(...families: readonly Family[]): Family {
  return families.some(isMet) ? MET : families.flat();
}

/** It takes one alternative of each family. Throws TooManyWays rather than make too many. */
export function and(...families: readonly Family[]): Family {
  return families.reduce((before, next) => {
    if (before.length * next.length > WAYS_MAX) throw new TooManyWays('too many ways to tell');
    return before.flatMap((first) => next.map((second) => [...first, ...second]));
  }, MET);
}

function isMet(family: Family): boolean {
  return family.some((needs) => needs.length === 0);
}
