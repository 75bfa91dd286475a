import type { MemberRole } from '../domain/member/events';
import type { Fact, Facts } from './facts';
import type { DecisionCode, Principal, Question, Reason } from './question';
import { sameFact } from './way-group';

/** Why not; or the chains that allow it, where an empty list is a plain DENIED. */
export type Verdict = Exclude<DecisionCode, 'ALLOWED'> | readonly Reason[];

/** One question while it is answered. */
export interface Asked {
  readonly facts: Facts;
  readonly question: Question;
  /** True to find every chain, false to stop at the first. */
  readonly every: boolean;
}

/** The same, asked by a member of the organization. */
export interface MemberAsked extends Asked {
  readonly userId: string;
  readonly role: MemberRole;
}

/**
 * Finds the chains of facts from the asking member to an object: all of them, or the first. Chains
 * leave out the member's own fact, which the engine puts in front of each.
 */
export type Rule = (asked: MemberAsked, object: string) => readonly Reason[];

/** How each kind of principal comes to an action. */
interface PrincipalRules extends Record<Principal['kind'], unknown> {
  readonly user: (asked: MemberAsked, object: string) => Verdict;
  readonly pipeline: (asked: Asked, pipelineId: string) => Verdict;
  readonly agentKey: (asked: Asked, keyId: string) => Verdict;
  readonly agent: (asked: Asked, agentId: string) => Verdict;
  readonly installation: () => Verdict;
  readonly host: () => Verdict;
}

/** One row of the rules: a kind of principal without an entry is always denied. */
export interface Row extends Partial<PrincipalRules> {
  /** The rule in words, for people. */
  readonly text: string;
}

/** No chain: the rule does not allow it. Shared, so that a denial allocates nothing. */
export const NONE: readonly Reason[] = Object.freeze([]);

/** Allows by the first rule that does. Cheap rules come first. */
export function anyOf(...rules: readonly Rule[]): Rule {
  return (asked, object) => eachOf(asked, rules, (rule) => rule(asked, object));
}

/** The chains that each item gives, until one does unless all are asked for. */
export function eachOf<T>(
  { every }: Asked,
  items: readonly T[],
  chainsOf: (item: T) => readonly Reason[],
): readonly Reason[] {
  let found: Reason[] | undefined;
  for (const item of items) {
    const more = chainsOf(item);
    if (more.length === 0) continue;
    if (!every) return more;
    if (found === undefined) found = [...more];
    else for (const chain of more) found.push(chain);
    if (found.length > WAYS_MAX) throw new TooManyWays('too many ways to tell');
  }
  return found ?? NONE;
}

/** Allows if both rules do; each chain of the one is joined with each of the other. */
export function bothOf(first: Rule, second: Rule): Rule {
  return (asked, object) => {
    const firsts = first(asked, object);
    return firsts.length === 0 ? NONE : joinAll(firsts, second(asked, object));
  };
}

/** Where one comes to when nothing leads on: no thing has this id. */
export const NOWHERE = '';

/**
 * Applies a rule to the object of the fact that leads on: a pipeline's cluster, a key's, a queue's.
 * Where there is none it is applied to NOWHERE, so that as much is looked up.
 */
export function through(
  relation: 'pipelineCluster' | 'queueCluster' | 'keyCluster',
  rule: Rule,
): Rule {
  return (asked, object) => {
    const link = asked.facts.of(object, relation)[0];
    return followedBy(rule(asked, link?.object ?? NOWHERE), link);
  };
}

/** Adds a fact to the end of each chain. None leads on where there is no such fact. */
export function followedBy(reasons: readonly Reason[], fact: Fact | undefined): readonly Reason[] {
  if (reasons.length === 0 || fact === undefined) return NONE;
  return reasons.map(({ rule, facts }) => ({ rule, facts: [...facts, fact] }));
}

/** Thrown when there are more ways than anybody could read, before they are made. */
export class TooManyWays extends Error {
  override readonly name = 'TooManyWays';
}

/** Each combination of what gives access is a way of its own: so many are told at once. */
export const WAYS_MAX = 10_000;

/** Joins each chain of the one list with each of the other; a fact in both counts once. */
export function joinAll(firsts: readonly Reason[], seconds: readonly Reason[]): readonly Reason[] {
  if (firsts.length === 0 || seconds.length === 0) return NONE;
  if (firsts.length * seconds.length > WAYS_MAX) throw new TooManyWays('too many ways to tell');
  return firsts.flatMap((first) => seconds.map((second) => join(first, second)));
}

function join(first: Reason, second: Reason): Reason {
  const added = second.facts.filter((fact) => !first.facts.some((known) => sameFact(known, fact)));
  return { rule: `${first.rule}; ${second.rule}`, facts: [...first.facts, ...added] };
}
