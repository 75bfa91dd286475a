import { remembering } from '../access/asker';
import type { Causes } from '../access/difference/causes';
import { blockOf, isAbout, membersOf, type Difference } from '../access/difference/blocks';
import { exists } from '../access/existence';
import type { Facts } from '../access/facts';
import { mayAsk, maySee, readsEverything, type Standpoint } from '../access/standpoint';

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

/** What of a difference the asker may ask about, and what of that they may see. */
export interface SeenDifference {
  readonly asked: Difference;
  readonly shown: Difference;
}

/**
 * What of the difference the asker may ask about, and what of that they may see. Who may not ask on a
 * thing about everyone may still ask about themselves: the rule knows nothing between the two. What
 * they may or might themselves they know.
 */
export function seenDifference(
  sides: Sides,
  sees: (id: string) => boolean,
  difference: Difference,
): SeenDifference {
  if (readsEverything(sides.standpoint)) return { asked: difference, shown: difference };
  const { id } = sides.standpoint.asker;
  const aboutAll = remembering((resource) => mayLearn(sides, resource));
  const aboutSelf = remembering((resource) => mayLearn(sides, resource, id));
  const others = difference.map((block) => ({
    ...block,
    things: block.things.filter(({ resource }) => aboutAll(resource)),
  }));
  const things = difference
    .filter((block) => isAbout(block, id))
    .flatMap((block) => block.things)
    .filter(({ resource }) => !aboutAll(resource) && aboutSelf(resource));
  const own = blockOf([id], things);
  return {
    asked: withoutEmpty([...others, own]),
    shown: withoutEmpty([...seenOf(others, sees), own]),
  };
}

/** The pairs of which both ends are seen. Most often everybody of a crowd is: then it stays one. */
function seenOf(difference: Difference, sees: (id: string) => boolean): Difference {
  const known = new Map<readonly string[], boolean>();
  const isWhole = (crowd: readonly string[]): boolean => {
    const whole = known.get(crowd) ?? crowd.every(sees);
    known.set(crowd, whole);
    return whole;
  };
  return difference.map((block) => {
    const things = block.things.filter(({ resource }) => sees(resource));
    if (things.length === 0 || isWhole(block.crowd)) return { ...block, things };
    return blockOf(membersOf(block).filter(sees), things);
  });
}

function withoutEmpty(difference: Difference): Difference {
  return difference.filter(({ things }) => things.length > 0);
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

/** Whether the asker may know of what an id names; each is judged once. */
export function visibilityOf(sides: Sides): (id: string) => boolean {
  return remembering((id) => maySee(standpointOn(sides, id), id));
}
