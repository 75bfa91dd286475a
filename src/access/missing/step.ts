import type { Change, ChangeKind } from './change';

/** One of these ids, which are all equally good: whatever is true with one is true with each. */
export interface Choice {
  /** In order, at least one. */
  readonly ids: readonly string[];
  /** What a person would call it: `the cluster`, `one of their teams`. */
  readonly name: string;
}

/**
 * A change whose ids are still to be chosen. Steps of one kind on the same choices are about one
 * pair, and differ in how far they go.
 */
export interface Step {
  readonly kind: ChangeKind;
  readonly on: readonly Choice[];
  /** A level counts as all those below it on the same pair. */
  readonly rank: number;
  /** The step in words. */
  readonly phrase: string;
  /** Of a team that is joined: what for. */
  readonly gives: readonly string[];
  /** The change, once an id is chosen from each of `on`. */
  readonly change: (ids: readonly string[]) => Change;
}

/** The need to join a team, any of these. The subject is in none of them. */
export interface Joining {
  readonly teams: ReadonlySet<string>;
  readonly gives: readonly string[];
  readonly userId: string;
}

export type Need = Step | Joining;

export function isStep(need: Need): need is Step {
  return 'kind' in need;
}

/** True if both are about the same pair. */
export function samePair(a: Step, b: Step): boolean {
  return a.kind === b.kind && a.on.every((choice, at) => choice === b.on[at]);
}
