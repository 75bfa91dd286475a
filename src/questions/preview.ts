import { difference } from '../access/difference/difference';
import type { Facts, Moment } from '../access/facts';
import type { ApiTokenId } from '../domain/id';
import type { Queries } from '../views/queries';
import { Overlay } from '../views/overlay/overlay';
import { differencePage, type DifferencePage, type PageAsk } from './difference-page';
import {
  planChanges,
  TooMuchFollows,
  type PlannedChange,
  type RefusedChange,
} from './preview-changes';
import { QuestionFault, type AskedBy, type Sources } from './questions';
import { rememberedFacts } from '../access/remembered-facts';
import { DIFFERENCES } from './remembered-differences';

export interface PreviewTold extends PageAsk {
  /** The API token in use: what it may not do is refused as it would be. */
  readonly tokenId: ApiTokenId;
  readonly changes: readonly PlannedChange[];
  /** The moment of the first page; null to begin now. */
  readonly moment: Moment | null;
}

export interface Preview {
  /** When the changes are looked at: every page is of this moment. */
  readonly moment: Moment;
  readonly rulesVersion: number;
  /** Each change that would be refused. */
  readonly refused: readonly RefusedChange[];
  /** What follows from all of them; null if any would be refused. */
  readonly difference: DifferencePage | null;
}

/**
 * Who would gain and lose what if the changes were made now, in their order. Writes nothing, and
 * waits for no writer. Throws QuestionFault: STALE where the organization has changed since the
 * first page, or the changes would be refused by now; QUERY_TOO_COMPLEX where too much follows.
 */
export function accessPreview(
  { queries, now }: Sources,
  by: AskedBy,
  { tokenId, changes, moment, ...page }: PreviewTold,
): Preview {
  const { organizationId, userId, scopes } = by;
  const world = queries.world(organizationId, now);
  if (world === undefined) throw new QuestionFault('FORBIDDEN', 'There is no such organization.');
  const { facts: present } = world;
  if (moment !== null && moment.position !== present.moment.position) throw stale();
  const before = rememberedFacts(moment === null ? present : queries.facts(organizationId, moment));
  const overlay = new Overlay(world, before);
  const caller = { kind: 'MEMBER', organizationId, userId, tokenId } as const;
  const plan = (on: Overlay): readonly RefusedChange[] =>
    planned(() => planChanges(on, queries, caller, changes));
  // Whose right has expired since may not try by it what they could do then.
  const isOver = moment !== null && hasExpired(queries, moment, present);
  if (isOver && plan(new Overlay(world, rememberedFacts(present))).length > 0) throw stale();
  const refused = plan(overlay);
  const answer = { moment: before.moment, rulesVersion: before.rulesVersion, refused };
  if (refused.length > 0) return { ...answer, difference: null };
  const after = overlay.facts;
  const of = { moment: before.moment, tokenId, changes };
  const whole = DIFFERENCES.once(queries, by, of, () =>
    difference(before, after, overlay.changedFacts()),
  );
  const asker = { kind: 'user', id: userId, scopes } as const;
  const standpoint = { asker, facts: after, present };
  const sides = { before, after, standpoint, supposed: after, causes: null };
  return { ...answer, difference: differencePage(sides, whole, page) };
}

/** True if a fact that held at the moment has expired, though nothing was recorded. */
function hasExpired(
  queries: Queries,
  { position, instant }: Moment,
  { organizationId, moment: now }: Facts,
): boolean {
  return queries.expiringFacts(organizationId, position, instant, now.instant).length > 0;
}

function stale(): QuestionFault {
  return new QuestionFault('STALE', 'Something changed since the first page: begin again.');
}

function planned<T>(plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof TooMuchFollows)) throw error;
    throw new QuestionFault('QUERY_TOO_COMPLEX', 'Too much follows: preview fewer changes.');
  }
}
