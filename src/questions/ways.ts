import type { Fact, Moment } from '../access/facts';
import { questionOf, type ListAsk } from '../access/lists/ask';
import { principalOf, subjectKindOf } from '../access/lists/lists';
import { TooManyWays } from '../access/rule';
import { mayAsk, maySee, mayTarget, type Standpoint } from '../access/standpoint';
import { wayCount, type WayGroup, type WayKind } from '../access/way-group';
import { waysIn, type WaysIn } from '../access/ways-in';
import { QuestionFault, type LongQuestion } from './questions';
import { standpointOf } from './standpoint-of';
import { FactTeller, type ToldFact, type ToldReason } from './told-facts';

export interface WaysTold {
  readonly moment: Moment;
  readonly resource: string;
  readonly ask: ListAsk;
  /** Members or pipelines, as the action has it. */
  readonly subjects: readonly string[];
}

export interface ToldGroup {
  readonly kind: WayKind;
  /** Null also if the asker may not see it. */
  readonly pipelineId: string | null;
  readonly wayCount: number;
  readonly always: readonly ToldFact[];
  readonly parts: readonly { readonly alternatives: readonly ToldReason[] }[];
  /** How many facts of `always` the asker may not see. */
  readonly hiddenFactCount: number;
}

/** Every way of one subject, as far as the asker may see what it is made of. */
export interface ToldWays {
  readonly subjectId: string;
  readonly wayCount: number;
  readonly groups: readonly ToldGroup[];
  readonly facts: readonly { readonly fact: ToldFact; readonly inWays: number }[];
  readonly hiddenFactCount: number;
}

/** The ways of each subject whom the asker may ask about and see, in their order. */
export const tellWays: LongQuestion<WaysTold, readonly ToldWays[]> = (sources, by, told) => {
  const standpoint = standpointOf(sources, by, told.moment);
  const { resource, ask, subjects } = told;
  if (!mayTarget(standpoint, ask.targetClusterId) || !mayAsk(standpoint, resource)) return [];
  const kind = subjectKindOf(standpoint.facts, ask.action);
  const seen = subjects.filter((id) => maySee(standpoint, id));
  const questions = seen.map((id) => questionOf(ask, principalOf(kind, id), resource));
  const all = find(() => waysIn(standpoint.facts, questions));
  const teller = new FactTeller(standpoint, sources.queries, all.flatMap(factsOf));
  return all.map((ways, at) => ({ subjectId: seen[at] ?? '', ...tell(ways, teller, standpoint) }));
};

function find(ways: () => readonly WaysIn[]): readonly WaysIn[] {
  try {
    return ways();
  } catch (error) {
    if (!(error instanceof TooManyWays)) throw error;
    const message = 'There are too many facts to tell at once: ask for fewer subjects.';
    throw new QuestionFault('QUERY_TOO_COMPLEX', message);
  }
}

function factsOf({ facts }: WaysIn): readonly Fact[] {
  return facts.map(({ fact }) => fact);
}

function tell(ways: WaysIn, teller: FactTeller, standpoint: Standpoint) {
  const facts = ways.facts.flatMap(({ fact, inWays }) => {
    const told = teller.fact(fact);
    return told === null ? [] : { fact: told, inWays };
  });
  return {
    wayCount: ways.wayCount,
    groups: ways.groups.map((group) => tellGroup(group, teller, standpoint)),
    facts,
    hiddenFactCount: ways.facts.length - facts.length,
  };
}

function tellGroup(group: WayGroup, teller: FactTeller, standpoint: Standpoint): ToldGroup {
  const { kind, pipelineId, parts } = group;
  const always = teller.facts(group.always);
  return {
    kind,
    pipelineId: pipelineId !== null && maySee(standpoint, pipelineId) ? pipelineId : null,
    wayCount: wayCount(group),
    always,
    parts: parts.map(({ alternatives }) => ({
      alternatives: alternatives.map((reason) => teller.reason(reason)),
    })),
    hiddenFactCount: group.always.length - always.length,
  };
}
