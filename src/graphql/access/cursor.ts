import { createHash } from 'node:crypto';
import type { Moment } from '../../access/facts';
import type { OrganizationId } from '../../domain/id';
import type { RequestContext } from '../context';
import { badCursor } from '../paging/cursor';

/** Raised when a cursor changes its meaning; older ones are then refused. */
const VERSION = 1;
const LENGTH_MAX = 1024;

/** What a list is of: a cursor belongs to the one question whose parts these are. */
export interface ListName {
  readonly organizationId: OrganizationId;
  readonly parts: readonly (string | number | null)[];
}

/** Where a page ended, and the moment that all pages of the list are of. */
export interface Place {
  readonly moment: Moment;
  readonly after: string;
}

/**
 * Encodes a place in a list. The digest ties it to its question and tells altered cursors; it is no
 * proof of who made it, so that every place is judged like a question that was asked anew.
 */
export function encodePlace({ organizationId, parts }: ListName, { moment, after }: Place): string {
  const place = [VERSION, moment.position, moment.instant, after];
  const digest = createHash('sha256')
    .update(JSON.stringify([organizationId, parts, place]))
    .digest('base64url');
  return Buffer.from(JSON.stringify([...place, digest]), 'utf8').toString('base64url');
}

/**
 * The place that a cursor of this list names. Throws BAD_USER_INPUT for any other text, and for a
 * moment that never was the present: what nobody could have asked about is not told by cursors.
 */
export function placeOf({ queries, clock }: RequestContext, list: ListName, cursor: string): Place {
  const place = cursor.length > LENGTH_MAX ? undefined : readPlace(cursor);
  if (place === undefined || encodePlace(list, place) !== cursor) throw badCursor();
  if (!queries.wasMoment(list.organizationId, place.moment, clock.now())) throw badCursor();
  return place;
}

function readPlace(cursor: string): Place | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(read)) return undefined;
    const [, position, instant, after] = read as unknown[];
    const known = Number.isSafeInteger(position) && Number.isSafeInteger(instant);
    if (!known || typeof after !== 'string') return undefined;
    return { moment: { position: Number(position), instant: Number(instant) }, after };
  } catch {
    return undefined;
  }
}
