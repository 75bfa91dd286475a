import type { Facts, Moment } from '../../../src/access/facts';
import type { UserId } from '../../../src/domain/id';
import { factsAt, type History } from './facts-of-history';

/**
 * The present of a history, which is no earlier than the moment, and a member to ask in it: drawn by a
 * number, mostly among those who do not read everything. Undefined where there is none.
 */
export function presentAsker(
  history: History,
  moment: Moment,
  n: number,
): { readonly present: Facts; readonly id: UserId } | undefined {
  const last = history.access.at(-1);
  const instant = Math.max(moment.instant, last?.recordedAt ?? 0);
  const present = factsAt(history, { position: last?.position ?? 0, instant });
  const members = present.on(present.organizationId, 'member');
  const askers = members.filter(({ level }) => n % 5 === 0 || level === 'MEMBER');
  const id = askers[n % Math.max(1, askers.length)]?.subject as UserId | undefined;
  return id && { present, id };
}
