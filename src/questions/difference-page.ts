import { showReasonsTo, type ShownReason } from '../access/asker';
import { questionAbout } from '../access/difference/compared';
import type { ActionDifference, PairDifference } from '../access/difference/difference';
import { decide } from '../access/engine';
import { exists, prefixOf } from '../access/existence';
import type { Facts } from '../access/facts';
import { mayAsk, maySee, readsEverything, type Standpoint } from '../access/standpoint';

/** Where a pair stands in a difference. */
export interface PairPlace {
  readonly subject: string;
  readonly resource: string;
}

/** One action that a pair gained or lost, and the chain that allows it now, or did before. */
export interface ExplainedDifference extends ActionDifference {
  readonly reason: ShownReason | null;
}

export interface ExplainedPair extends PairPlace {
  readonly actions: readonly ExplainedDifference[];
}

/** A page of a difference, in the order of subjects, then resources. */
export interface DifferencePage {
  readonly pairs: readonly ExplainedPair[];
  readonly hasNextPage: boolean;
  /** How many pairs of the whole difference the asker may see, and how many not. */
  readonly shownCount: number;
  readonly hiddenCount: number;
}

export interface PageAsk {
  readonly first: number;
  /** The last pair of the page before. */
  readonly after: PairPlace | null;
}

/** Both sides of a difference, and from where it is looked at. */
export interface Sides {
  readonly before: Facts;
  readonly after: Facts;
  readonly standpoint: Standpoint;
}

/** A page of what of the difference the asker may see; the rest is counted. */
export function differencePage(
  sides: Sides,
  pairs: readonly PairDifference[],
  { first, after }: PageAsk,
): DifferencePage {
  const sees = visibilityOf(sides);
  const shown = readsEverything(sides.standpoint)
    ? pairs
    : pairs.filter(({ subject, resource }) => mayKnow(sides, sees, subject, resource));
  const left = after === null ? shown : shown.filter((pair) => follows(pair, after));
  return {
    pairs: left.slice(0, first).map((pair) => explain(sides, sees, pair)),
    hasNextPage: left.length > first,
    shownCount: shown.length,
    hiddenCount: pairs.length - shown.length,
  };
}

function follows(a: PairPlace, b: PairPlace): boolean {
  return a.subject > b.subject || (a.subject === b.subject && a.resource > b.resource);
}

/**
 * What the asker may learn goes by the rights of today; only of what there is not yet, by those that
 * come with it.
 */
function mayKnow(
  { standpoint, after }: Sides,
  sees: (id: string) => boolean,
  subject: string,
  resource: string,
): boolean {
  const { present } = standpoint;
  const then = exists(present, 'any', resource) ? standpoint : { ...standpoint, present: after };
  return mayAsk(then, resource, subject) && (prefixOf(subject) === 'usr' || sees(subject));
}

function visibilityOf({ standpoint, after }: Sides): (id: string) => boolean {
  const { present } = standpoint;
  const known = new Map<string, boolean>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const isNew = !exists(present, 'any', id);
    const now = maySee(isNew ? { ...standpoint, present: after } : standpoint, id);
    known.set(id, now);
    return now;
  };
}

function explain(
  { before, after }: Sides,
  sees: (id: string) => boolean,
  { subject, resource, actions }: PairDifference,
): ExplainedPair {
  const explained = actions.map((difference): ExplainedDifference => {
    const { action, change, branches } = difference;
    const facts = change === 'GAINED' ? after : before;
    const { reasons } = decide(facts, questionAbout(subject, action, resource, branches[0]));
    return { ...difference, reason: showReasonsTo(sees, reasons).shown[0] ?? null };
  });
  return { subject, resource, actions: explained };
}
