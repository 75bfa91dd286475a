import { remembering, showReasonsTo, type ShownReason } from '../access/asker';
import type { Causes } from '../access/difference/causes';
import { questionAbout } from '../access/difference/compared';
import {
  blockOf,
  isAbout,
  membersOf,
  pairCount,
  type ActionDifference,
  type Block,
  type Difference,
  type PairDifference,
} from '../access/difference/blocks';
import type { FactChange } from '../access/difference/fact-change';
import { pairsAfter, type PairPlace } from '../access/difference/pairs';
import { decide } from '../access/engine';
import { exists, prefixOf } from '../access/existence';
import type { Facts } from '../access/facts';
import { mayAsk, maySee, readsEverything, type Standpoint } from '../access/standpoint';

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
  /**
   * The facts whose rights tell who may learn of what there is not at present, because it is only
   * supposed; null if nothing is, and what is gone is known to those alone who read everything.
   */
  readonly supposed: Facts | null;
  /** What lies between both sides; null if it is only supposed. */
  readonly causes: Causes | null;
}

/** A page of what of the difference the asker may see; the rest is counted. */
export function differencePage(
  sides: Sides,
  difference: Difference,
  { first, after }: PageAsk,
): DifferencePage {
  const sees = visibilityOf(sides);
  const all = readsEverything(sides.standpoint);
  const asked = all ? difference : askable(sides, difference);
  const shown = all ? difference : asked.map((block) => seenOf(block, sees));
  const pairs: ExplainedPair[] = [];
  let hasNextPage = false;
  for (const pair of pairsAfter(shown, after)) {
    hasNextPage = pairs.length === first;
    if (hasNextPage) break;
    pairs.push(explain(sides, sees, pair));
  }
  const shownCount = pairCount(shown);
  // Whoever supposes changes may know how far they go. Of what others did only that is counted which
  // one may ask about: the rest would tell that something happened, and when.
  const counted = sides.supposed === null ? asked : difference;
  return { pairs, hasNextPage, shownCount, hiddenCount: pairCount(counted) - shownCount };
}

/**
 * What of the difference the asker may ask about. Who may not ask on a thing about everyone may still
 * ask about themselves: the rule knows nothing between the two.
 */
function askable(sides: Sides, difference: Difference): Difference {
  const { id } = sides.standpoint.asker;
  const aboutAll = remembering((resource) => mayLearn(sides, resource));
  const aboutSelf = remembering((resource) => mayLearn(sides, resource, id));
  const own = difference
    .filter((block) => isAbout(block, id))
    .flatMap(({ things }) => things)
    .filter(({ resource }) => !aboutAll(resource) && aboutSelf(resource));
  const others = difference.map((block) => ({
    ...block,
    things: block.things.filter(({ resource }) => aboutAll(resource)),
  }));
  return [...others, blockOf([id], own)].filter(({ things }) => things.length > 0);
}

/** Members see each other, not pipelines. */
function seenOf(block: Block, sees: (id: string) => boolean): Block {
  if (prefixOf(block.crowd[0] ?? '') === 'usr') return block;
  return blockOf(membersOf(block).filter(sees), block.things);
}

/**
 * What the asker may learn goes by the rights of today; only of what there is not yet, by those that
 * come with it.
 */
function standpointOn({ standpoint, supposed }: Sides, id: string): Standpoint {
  const isThere = supposed === null || exists(standpoint.present, 'any', id);
  return isThere ? standpoint : { ...standpoint, present: supposed };
}

function mayLearn(sides: Sides, resource: string, about?: string): boolean {
  return mayAsk(standpointOn(sides, resource), resource, about);
}

function visibilityOf(sides: Sides): (id: string) => boolean {
  return remembering((id) => maySee(standpointOn(sides, id), id));
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
