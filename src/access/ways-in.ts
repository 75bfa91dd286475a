import { ACTIONS } from './actions';
import { roleOf, ways } from './engine';
import { exists } from './existence';
import type { Facts } from './facts';
import type { Question, Reason } from './question';
import { TooManyWays } from './rule';
import { rulesOf } from './rules-version';
import { carryingFacts, wayCount, type CarryingFact, type WayGroup } from './way-group';

/** Every way in which a subject is allowed something; none if it is not. */
export interface WaysIn {
  readonly groups: readonly WayGroup[];
  readonly wayCount: number;
  readonly facts: readonly CarryingFact[];
}

/** So many facts are told at once, wherever they stand. */
const FACTS_MAX = 10_000;

/**
 * Every way in which each question is allowed, in their order. Reach, whose ways are combinations, is
 * told in groups; for every other action each way is an alternative of one group.
 *
 * Throws TooManyWays rather than leave any out.
 */
export function waysIn(facts: Facts, questions: readonly Question[]): readonly WaysIn[] {
  let told = 0;
  return questions.map((question) => {
    const groups = groupsOf(facts, question);
    told += groups.reduce((sum, group) => sum + factsIn(group), 0);
    if (told > FACTS_MAX) throw new TooManyWays('too many facts to tell');
    const count = groups.reduce((sum, group) => sum + wayCount(group), 0);
    return { groups, wayCount: count, facts: carryingFacts(groups) };
  });
}

function groupsOf(facts: Facts, question: Question): readonly WayGroup[] {
  const { principal, action, resource } = question;
  const reaches = principal.kind === 'user' && action.endsWith(':reach');
  if (!reaches) return asOneGroup(ways(facts, question));
  const [member] = facts.between(principal.id, 'member', facts.organizationId);
  if (member === undefined || !exists(facts, ACTIONS[action], resource)) return [];
  const asked = { facts, question, every: true, userId: principal.id, role: roleOf(member) };
  return rulesOf(facts)
    .groupsOfReach(asked)
    .map((group) => ({ ...group, always: [member, ...group.always] }));
}

function asOneGroup(alternatives: readonly Reason[]): readonly WayGroup[] {
  if (alternatives.length === 0) return [];
  return [{ kind: 'CHAINS', pipelineId: null, always: [], parts: [{ alternatives }] }];
}

function factsIn({ always, parts }: WayGroup): number {
  const alternatives = parts.flatMap((part) => part.alternatives);
  return alternatives.reduce((sum, { facts }) => sum + facts.length, always.length);
}
