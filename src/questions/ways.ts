import type { Fact, Moment } from '../access/facts';
import { questionOf, type ListAsk } from '../access/lists/ask';
import { principalOf, subjectKindOf } from '../access/lists/lists';
import { TooManyWays } from '../access/rule';
import { mayAsk, maySee, mayTarget, type Standpoint } from '../access/standpoint';
import { wayCount, type WayGroup, type WayKind } from '../access/way-group';
import { waysIn, type WaysIn } from '../access/ways-in';
import { QuestionFault, type LongQuestion } from './questions';
import { standpointOf } from './standpoint-of';
import { Citations, type CitedFact, type CitedReason } from './reasons';

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
  readonly always: readonly CitedFact[];
  readonly parts: readonly { readonly alternatives: readonly CitedReason[] }[];
  /** How many facts of `always` the asker may not see. */
  readonly hiddenFactCount: number;
}

/** Every way of one subject, as far as the asker may see what it is made of. */
export interface ToldWays {
  readonly subjectId: string;
  readonly wayCount: number;
  readonly groups: readonly ToldGroup[];
  readonly facts: readonly { readonly cited: CitedFact; readonly inWays: number }[];
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
  const citations = new Citations(sources.queries, standpoint, all.flatMap(factsOf));
  return all.map((ways, at) => ({
    subjectId: seen[at] ?? '',
    ...tell(ways, citations, standpoint),
  }));
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

function tell(ways: WaysIn, citations: Citations, standpoint: Standpoint) {
  const facts = ways.facts.flatMap(({ fact, inWays }) => {
    const cited = citations.fact(fact);
    return cited === null ? [] : { cited, inWays };
  });
  return {
    wayCount: ways.wayCount,
    groups: ways.groups.map((group) => tellGroup(group, citations, standpoint)),
    facts,
    hiddenFactCount: ways.facts.length - facts.length,
  };
}

function tellGroup(group: WayGroup, citations: Citations, standpoint: Standpoint): ToldGroup {
  const { kind, pipelineId, parts } = group;
  const always = citations.facts(group.always);
  return {
    kind,
    pipelineId: pipelineId !== null && maySee(standpoint, pipelineId) ? pipelineId : null,
    wayCount: wayCount(group),
    always,
    parts: parts.map(({ alternatives }) => ({
      alternatives: alternatives.map((reason) => citations.reason(reason)),
    })),
    hiddenFactCount: group.always.length - always.length,
  };
}
