import type { AskedBy } from '../../questions/questions';
import type { SearchAnswer } from '../../questions/search';
import { malformed } from './faults';
import { isObject } from './json';
import type { PageTokens, Place } from './page-token';
import type { Search, SearchKind } from './search';

/** A page as it is asked for: the first, or the one at a place. */
export interface PageAsked {
  /** The most results, as it was asked for: the same on all pages. */
  readonly limit: number;
  readonly place: Place | null;
}

const LIMIT_DEFAULT = 100;
/** Who asks for more gets so many, and a token for the rest. */
const LIMIT_MAX = 1000;

/** The question in one text, with who asks it: what the token of a page is bound to. */
export function questionText(by: AskedBy, kind: SearchKind, search: Search): string {
  const { organizationId, userId } = by;
  const { sought, type, circumstances } = search;
  return JSON.stringify([organizationId, userId, kind, type, sought, circumstances.asOf]);
}

/** Reads `page`: none of it, a token, or a token with the limit that it had. Throws AuthzenFault. */
export function readPage(value: unknown, tokens: PageTokens, question: string): PageAsked {
  if (value === undefined) return { limit: LIMIT_DEFAULT, place: null };
  if (!isObject(value)) throw malformed('page must be an object.');
  const { token = '', limit } = value;
  if (typeof token !== 'string') throw malformed('page.token must be a string.');
  if (limit !== undefined && !isLimit(limit)) {
    throw malformed('page.limit must be a whole number, 0 or more.');
  }
  if (token === '') return { limit: limit ?? LIMIT_DEFAULT, place: null };
  const place = tokens.read(token, question);
  if (limit !== undefined && limit !== place.limit) {
    throw malformed('page.limit must be the same on every page.');
  }
  return { limit: place.limit, place };
}

/** How many results the page has at most. */
export function sizeOf({ limit }: PageAsked): number {
  return Math.min(limit, LIMIT_MAX);
}

/** What an answer says of its page: an empty token at the end, and only there. */
export function toPage(
  { limit }: PageAsked,
  { moment, names, total, next }: SearchAnswer,
  tokens: PageTokens,
  question: string,
): object {
  const token = next === null ? '' : tokens.make({ moment, after: next, limit }, question);
  return { next_token: token, count: names.length, total };
}

function isLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
