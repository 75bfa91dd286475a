import type { AgentFacts, Fact, Facts, Holding, Moment } from '../../access/facts';
import type { ChangedFacts } from './changed-facts';
import { byLevel, byObject } from '../fact-order';

/** What hypothetical changes say of agents and of the rules in force. */
export interface ChangedRest {
  readonly moment: () => Moment;
  readonly rulesVersion: () => number | undefined;
  /** The agent as the changes leave it; undefined if they do not touch it. */
  readonly agent: (id: string) => AgentFacts | undefined;
}

/** The facts that hold at a moment, with hypothetical changes of that moment on top. */
export function overlayFacts(base: Facts, changed: ChangedFacts, rest: ChangedRest): Facts {
  const holds = ({ expiresAt }: Fact): boolean =>
    expiresAt === null || expiresAt > base.moment.instant;
  const of: Facts['of'] = (subject, relation) => {
    const found = base.of(subject, relation);
    if (!changed.touches(subject)) return found;
    const opened = changed.of(subject).filter((fact) => fact.relation === relation && holds(fact));
    return [...found.filter(changed.isLeft), ...opened].sort(byObject);
  };
  const between: Facts['between'] = (subject, relation, object) => {
    const found = base.between(subject, relation, object);
    if (!changed.touches(subject) || !changed.touches(object)) return found;
    const opened = changed
      .of(subject)
      .filter((fact) => fact.relation === relation && fact.object === object && holds(fact));
    return [...found.filter(changed.isLeft), ...opened].sort(byObject);
  };
  return {
    organizationId: base.organizationId,
    get moment() {
      return rest.moment();
    },
    get rulesVersion() {
      return rest.rulesVersion() ?? base.rulesVersion;
    },
    of,
    between,
    on: (object, relation, level) => {
      const found = base.on(object, relation, level);
      if (!changed.touches(object)) return found;
      const opened = changed
        .on(object)
        .filter(
          (fact) =>
            fact.relation === relation &&
            (level === undefined || fact.level === level) &&
            holds(fact),
        );
      return [...found.filter(changed.isLeft), ...opened].sort(byLevel);
    },
    held: (userId, relation, object) => {
      if (!changed.touches(userId) && !changed.touches(object)) {
        return base.held(userId, relation, object);
      }
      const direct = between(userId, relation, object).map((fact): Holding => ({
        fact,
        membership: null,
      }));
      const through = of(userId, 'teamMember').flatMap((membership) =>
        between(membership.object, relation, object).map((fact): Holding => ({ fact, membership })),
      );
      return [...direct, ...through];
    },
    agent: (id) => rest.agent(id) ?? base.agent(id),
    agentsOn: (queueId) =>
      base
        .agentsOn(queueId)
        .map((agent) => rest.agent(agent.id) ?? agent)
        .filter(({ endedAt }) => endedAt === null),
  };
}
