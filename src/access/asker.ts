import type { Fact, Facts } from './facts';
import type { Principal, Reason } from './question';
import { visible } from './visibility';

/** A reason as far as the asker may see it. */
export interface ShownReason extends Reason {
  /** How many of its facts are left out. */
  readonly hidden: number;
}

/** All reasons in their order, and how many facts of them are left out altogether. */
export interface ShownReasons {
  readonly shown: readonly ShownReason[];
  readonly hidden: number;
}

/** Leaves out each fact of which the asker may not read both ends, and counts it instead. */
export function showReasons(
  facts: Facts,
  asker: Principal,
  reasons: readonly Reason[],
): ShownReasons {
  return showReasonsTo(
    remembering((id) => visible(facts, asker, id)),
    reasons,
  );
}

/** The same to whoever sees what the function says. */
export function showReasonsTo(
  sees: (id: string) => boolean,
  reasons: readonly Reason[],
): ShownReasons {
  const seesFact = ({ subject, object }: Fact): boolean => sees(subject) && sees(object);
  const shown = reasons.map((reason) => {
    const seen = reason.facts.filter(seesFact);
    return { rule: reason.rule, facts: seen, hidden: reason.facts.length - seen.length };
  });
  return { shown, hidden: shown.reduce((sum, { hidden }) => sum + hidden, 0) };
}

/** The same judge of ids, who judges each of them once. */
export function remembering(judge: (id: string) => boolean): (id: string) => boolean {
  const known = new Map<string, boolean>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const now = judge(id);
    known.set(id, now);
    return now;
  };
}
