import type { AgentFacts, Fact, Facts, Holding, Moment, Relation } from '../../src/access/facts';
import type { OrganizationId } from '../../src/domain/id';

export interface MemoryFactsOptions {
  readonly organizationId: OrganizationId;
  readonly facts: readonly Fact[];
  readonly agents?: readonly AgentFacts[];
  readonly moment?: Moment;
  readonly rulesVersion?: number;
}

/** The facts of one organization from a plain list of the open ones; expiry is counted here. */
export function memoryFacts(options: MemoryFactsOptions): Facts {
  const { organizationId, agents = [], rulesVersion = 1 } = options;
  const moment = options.moment ?? { position: Number.MAX_SAFE_INTEGER, instant: 0 };
  const held = options.facts.filter(
    ({ from, expiresAt }) =>
      from <= moment.position && (expiresAt === null || moment.instant < expiresAt),
  );
  const bySubject = groupedBy(held, ({ subject }) => subject);
  const byObject = groupedBy(held, ({ object }) => object);
  const of = (subject: string, relation: Relation): readonly Fact[] =>
    (bySubject.get(subject) ?? [])
      .filter((fact) => fact.relation === relation)
      .sort((a, b) => compare(a.object, b.object) || a.from - b.from);
  const between = (subject: string, relation: Relation, object: string): readonly Fact[] =>
    of(subject, relation).filter((fact) => fact.object === object);
  return {
    organizationId,
    moment,
    rulesVersion,
    of,
    between,
    on: (object, relation, level) =>
      (byObject.get(object) ?? [])
        .filter((fact) => fact.relation === relation)
        .filter((fact) => level === undefined || fact.level === level)
        .sort((a, b) => compare(a.level ?? '', b.level ?? '') || compare(a.subject, b.subject)),
    held: (userId, relation, object): readonly Holding[] => [
      ...between(userId, relation, object).map((fact) => ({ fact, membership: null })),
      ...of(userId, 'teamMember').flatMap((membership) =>
        between(membership.object, relation, object).map((fact) => ({ fact, membership })),
      ),
    ],
    // What is still to come at the moment is not known of it: an agent had not ended then.
    agent: (id) => {
      const agent = agents.find((one) => one.id === id);
      const lives = agent !== undefined && agent.endedAt !== null && agent.endedAt > moment.instant;
      return lives ? { ...agent, endedAt: null } : agent;
    },
    agentsOn: (queueId) =>
      agents
        .filter(
          (agent) =>
            agent.queueId === queueId &&
            agent.registeredAt <= moment.instant &&
            (agent.endedAt === null || agent.endedAt > moment.instant),
        )
        .map((agent) => ({ ...agent, endedAt: null }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function groupedBy(facts: readonly Fact[], key: (fact: Fact) => string): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(key(fact));
    if (group === undefined) groups.set(key(fact), [fact]);
    else group.push(fact);
  }
  return groups;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
