import { showReasonsTo, type ShownReason } from '../access/asker';
import { questionAbout } from '../access/difference/compared';
import {
  pairCount,
  type ActionDifference,
  type Difference,
  type PairDifference,
} from '../access/difference/blocks';
import type { FactChange } from '../access/difference/fact-change';
import { pairsAfter, type PairPlace } from '../access/difference/pairs';
import { decide } from '../access/engine';
import { seenDifference, visibilityOf, type Sides } from './seen-difference';

export type { PairPlace } from '../access/difference/pairs';

/** One action that a pair gained or lost, and the chain that allows it now, or did before. */
export interface ExplainedDifference extends ActionDifference {
  readonly reason: ShownReason | null;
  /** What made the chain, or broke it, as far as the asker may see it. */
  readonly causes: readonly FactChange[];
  readonly hiddenCauseCount: number;
}

export interface ExplainedPair extends PairPlace {
  readonly actions: readonly ExplainedDifference[];
}

/** A page of a difference, in the order of subjects, then resources. */
export interface DifferencePage {
  readonly pairs: readonly ExplainedPair[];
  readonly hasNextPage: boolean;
  /** How many pairs that the asker may ask about they may see, and how many not. */
  readonly shownCount: number;
  readonly hiddenCount: number;
}

export interface PageAsk {
  readonly first: number;
  /** The last pair of the page before. */
  readonly after: PairPlace | null;
}

/**
 * A page of what of the difference the asker may see. What they may ask about and not see is counted,
 * and of the rest nothing: its number would answer what they may not ask.
 */
export function differencePage(
  sides: Sides,
  difference: Difference,
  { first, after }: PageAsk,
): DifferencePage {
  const sees = visibilityOf(sides);
  const { asked, shown } = seenDifference(sides, sees, difference);
  const pairs: ExplainedPair[] = [];
  let hasNextPage = false;
  for (const pair of pairsAfter(shown, after)) {
    hasNextPage = pairs.length === first;
    if (hasNextPage) break;
    pairs.push(explain(sides, sees, pair));
  }
  const shownCount = pairCount(shown);
  return { pairs, hasNextPage, shownCount, hiddenCount: pairCount(asked) - shownCount };
}

function explain(
  { before, after, causes }: Sides,
  sees: (id: string) => boolean,
  { subject, resource, actions }: PairDifference,
): ExplainedPair {
  const explained = actions.map((difference): ExplainedDifference => {
    const { action, change, branches } = difference;
    const facts = change === 'GAINED' ? after : before;
    const { reasons } = decide(facts, questionAbout(subject, action, resource, branches[0]));
    const [chain] = reasons;
    const all = chain === undefined ? [] : (causes?.of({ subject, resource }, chain) ?? []);
    const seen = all.filter(({ fact }) => sees(fact.subject) && sees(fact.object));
    return {
      ...difference,
      reason: showReasonsTo(sees, reasons).shown[0] ?? null,
      causes: seen,
      hiddenCauseCount: all.length - seen.length,
    };
  });
  return { subject, resource, actions: explained };
}
