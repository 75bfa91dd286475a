import type { Action } from '../actions';
import type { Facts } from '../facts';
import { affectedBy, type ChangedFact } from './affected';
import { comparedActions, extentOf, type Extent } from './compared';
import { Places } from './places';

/** One action that the subject may do further, or less far, than before. */
export interface ActionDifference {
  readonly action: Action;
  readonly change: 'GAINED' | 'LOST';
  /** For pipelines: the branch patterns gained or lost; none for every branch. */
  readonly branches: readonly string[];
}

/** What changed between a member or pipeline and a thing: at least one action. */
export interface PairDifference {
  readonly subject: string;
  readonly resource: string;
  readonly actions: readonly ActionDifference[];
}

/**
 * Who may do what on what after but not before, and before but not after, in the order of subjects,
 * then resources. `changed` holds every fact that is true on one side only; what follows from them
 * is found from them, so that it costs no more than they reach. Agents are those that had not ended
 * before: their coming and going changes nobody's access.
 */
export function difference(
  before: Facts,
  after: Facts,
  changed: readonly ChangedFact[],
): readonly PairDifference[] {
  const agentsThen: Facts = withAgentsOf(after, before);
  const found: PairDifference[] = [];
  for (const [subject, resources] of pairsOf(changed, new Places(before, after))) {
    for (const resource of resources) {
      const actions = comparedActions(subject, resource).flatMap((action) =>
        compare(
          action,
          extentOf(before, subject, action, resource),
          extentOf(agentsThen, subject, action, resource),
        ),
      );
      if (actions.length > 0) found.push({ subject, resource, actions });
    }
  }
  return found.sort(byPair);
}

/** The facts of the one, with the agents that the other knows. */
export function withAgentsOf(facts: Facts, other: Facts): Facts {
  return {
    organizationId: facts.organizationId,
    moment: facts.moment,
    rulesVersion: facts.rulesVersion,
    of: (subject, relation) => facts.of(subject, relation),
    on: (object, relation, level) => facts.on(object, relation, level),
    between: (subject, relation, object) => facts.between(subject, relation, object),
    held: (userId, relation, object) => facts.held(userId, relation, object),
    agent: (id) => other.agent(id),
    agentsOn: (queueId) => other.agentsOn(queueId),
  };
}

function pairsOf(
  changed: readonly ChangedFact[],
  places: Places,
): ReadonlyMap<string, ReadonlySet<string>> {
  const pairs = new Map<string, Set<string>>();
  for (const fact of changed) {
    for (const { subjects, resources } of affectedBy(fact, places)) {
      for (const subject of subjects) {
        const known = pairs.get(subject) ?? new Set<string>();
        pairs.set(subject, known);
        for (const resource of resources) known.add(resource);
      }
    }
  }
  return pairs;
}

function compare(action: Action, before: Extent, after: Extent): readonly ActionDifference[] {
  const gained = beyond(after, before);
  const lost = beyond(before, after);
  return [
    ...(gained === null ? [] : [{ action, change: 'GAINED', branches: gained } as const]),
    ...(lost === null ? [] : [{ action, change: 'LOST', branches: lost } as const]),
  ];
}

/** What the one extent has and the other has not: null for nothing, no patterns for every branch. */
function beyond(extent: Extent, other: Extent): readonly string[] | null {
  if (extent === 'NONE' || other === 'EVERY') return null;
  if (extent === 'EVERY') return [];
  const more = extent.filter((pattern) => other === 'NONE' || !other.includes(pattern));
  return more.length === 0 ? null : more;
}

function byPair(a: PairDifference, b: PairDifference): number {
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  return a.resource < b.resource ? -1 : 1;
}
