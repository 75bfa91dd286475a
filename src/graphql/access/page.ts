import type { Moment } from '../../access/facts';
import type { ListAsk } from '../../access/lists/ask';
import type { Action } from '../../access/actions';
import type { PageAnswer, PageTold } from '../../questions/lists';
import type { RequestContext } from '../context';
import { toPage, type Page } from '../paging/connection';
import { askerAt, whenOf, wordsOf, type AccessListArgs } from './arguments';
import { encodePlace, placeOf, type ListName } from './cursor';
import { toAsOf } from './moment';
import { noticeOf } from './types';

/** One of the two lists: its name, the end that it starts from, and what it is of. */
export interface AccessList {
  readonly name: 'accessSubjects' | 'accessResources';
  readonly endId: string;
  readonly action: Action;
}

/** A page of a list about access, with what it is true of. */
export interface AccessPage<T> extends Page<T> {
  readonly moment: Moment;
  readonly rulesVersion: number;
  readonly notice: string | null;
  readonly hiddenCount: number;
}

/** The items of a page, which are of this moment. */
export type ItemsOf<T> = (ids: readonly string[], moment: Moment, ask: ListAsk) => readonly T[];

/**
 * A page of a list about access. The first page resolves the moment; its cursors pin it, so that all
 * pages are of one moment, whatever is recorded or expires between them.
 */
export async function accessPage<T>(
  context: RequestContext,
  list: AccessList,
  args: AccessListArgs,
  read: (told: PageTold) => Promise<PageAnswer>,
  itemsOf: ItemsOf<T>,
): Promise<AccessPage<T>> {
  const organizationId = await askerAt(context, args);
  const name: ListName = { organizationId, parts: partsOf(list, args) };
  const place = args.after == null ? null : placeOf(context, name, args.after);
  const moment = place?.moment ?? whenOf(context, organizationId, args);
  const ask = { action: list.action, ...wordsOf(args) };
  const after = place?.after ?? null;
  const { ids, more, hidden } = await read({ moment, ask, after, limit: args.first });
  const items = itemsOf(ids, moment, ask);
  const edges = items.map((node, at) => ({
    node,
    cursor: encodePlace(name, { moment, after: ids[at] ?? '' }),
  }));
  const { rulesVersion } = context.queries.facts(organizationId, moment);
  const page = toPage(edges, { hasNextPage: more, hasPreviousPage: place !== null });
  return { ...page, moment, rulesVersion, notice: noticeOf(list.action), hiddenCount: hidden };
}

/** What a cursor belongs to. No target is another question than out of every cluster. */
function partsOf(
  { name, endId, action }: AccessList,
  { branch, targetClusterId, asOf }: AccessListArgs,
): ListName['parts'] {
  const target = targetClusterId === undefined ? 0 : targetClusterId;
  const when = toAsOf(asOf ?? undefined);
  const position = when !== null && 'position' in when ? when.position : null;
  const time = when !== null && 'time' in when ? when.time : null;
  return [name, endId, action, branch ?? null, target, position, time];
}
