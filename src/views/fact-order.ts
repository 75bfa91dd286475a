import type { Fact, Holding } from '../access/facts';

/* The orders in which the views give facts, hypothetical ones among them. */

/** Texts in their order; null is the empty text. */
function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** Facts of one subject; those on the same object by the age of what they come from. */
export function byObject(a: Fact, b: Fact): number {
  return compare(a.object, b.object) || compare(a.source, b.source);
}

/** Facts on one object. */
export function byLevel(a: Fact, b: Fact): number {
  return compare(a.level, b.level) || compare(a.subject, b.subject) || compare(a.source, b.source);
}

/** What somebody holds: directly, then by team; of one team by the age of what it comes from. */
export function byTeam(a: Holding, b: Holding): number {
  return (
    compare(a.membership?.object ?? null, b.membership?.object ?? null) ||
    compare(a.membership?.source ?? null, b.membership?.source ?? null) ||
    compare(a.fact.source, b.fact.source)
  );
}

/** Facts that name one id. */
export function byRelation(a: Fact, b: Fact): number {
  return (
    compare(a.relation, b.relation) ||
    compare(a.subject, b.subject) ||
    compare(a.object, b.object) ||
    compare(a.source, b.source)
  );
}
