import { ACTIONS, type ResourceKind } from '../actions';
import type { Fact, Facts, Relation } from '../facts';
import { isTeam } from '../existence';
import type { ListAsk } from './ask';

/**
 * What a rule ties together, to be walked from either end. Both ends are candidates: all that the
 * rule allows is among them, and the engine confirms each. What a walk reads grows with what it
 * finds, not with the organization.
 */
export interface Walk {
  /** The subjects that the rule may allow on the resource. */
  readonly subjects: (facts: Facts, resource: string, ask: ListAsk) => Iterable<string>;
  /** The resources on which the rule may allow the subject. */
  readonly resources: (facts: Facts, subject: string, ask: ListAsk) => Iterable<string>;
}

/** What any of the walks finds. */
export function eitherOf(...walks: readonly Walk[]): Walk {
  return {
    *subjects(...args) {
      for (const walk of walks) yield* walk.subjects(...args);
    },
    *resources(...args) {
      for (const walk of walks) yield* walk.resources(...args);
    },
  };
}

/** A walk to the object of the fact that leads on from the resource, as `through` for rules. */
export function past(
  relation: 'pipelineCluster' | 'queueCluster' | 'keyCluster',
  walk: Walk,
): Walk {
  return {
    *subjects(facts, resource, ask) {
      const link = facts.of(resource, relation)[0];
      if (link !== undefined) yield* walk.subjects(facts, link.object, ask);
    },
    *resources(facts, subject, ask) {
      for (const object of new Set(walk.resources(facts, subject, ask))) {
        yield* subjectsIn(facts.on(object, relation));
      }
    },
  };
}

/** The subjects of facts. */
export function subjectsIn(found: readonly Fact[]): readonly string[] {
  return found.map(({ subject }) => subject);
}

/** The members of a role, and for such a member everything of the action's kind. */
function inRole(role: 'ADMIN' | 'AUDITOR'): Walk {
  return {
    subjects: (facts) => subjectsIn(facts.on(facts.organizationId, 'member', role)),
    resources: (facts, user, { action }) => {
      const [member] = facts.between(user, 'member', facts.organizationId);
      return member?.level === role ? everyOf(facts, ACTIONS[action]) : [];
    },
  };
}

export const admins = inRole('ADMIN');
export const auditors = inRole('AUDITOR');

/** Everyone, on the organization. */
export const members: Walk = {
  subjects: (facts) => subjectsIn(facts.on(facts.organizationId, 'member')),
  resources: ({ organizationId }) => [organizationId],
};

export const oneself: Walk = {
  subjects: (_facts, resource) => [resource],
  resources: (_facts, subject) => [subject],
};

/** Who belongs to the team, with one role if given. */
export function belongs(role?: 'MAINTAINER'): Walk {
  return {
    subjects: (facts, teamId) => subjectsIn(facts.on(teamId, 'teamMember', role)),
    resources: (facts, user) =>
      facts
        .of(user, 'teamMember')
        .filter(({ level }) => role === undefined || level === role)
        .map(({ object }) => object),
  };
}

/** Who holds a grant or a role on the object, directly or through a team; at one of the levels. */
export function holds(
  relation: Extract<Relation, 'clusterMaintainer' | 'clusterGrant' | 'pipelineGrant'>,
  levels?: readonly string[],
): Walk {
  return {
    subjects: (facts, object) => {
      const found =
        levels === undefined
          ? facts.on(object, relation)
          : levels.flatMap((level) => facts.on(object, relation, level));
      return usersOf(facts, found);
    },
    *resources(facts, user) {
      const teams = facts.of(user, 'teamMember').map(({ object }) => object);
      for (const holder of [user, ...teams]) {
        for (const { level, object } of facts.of(holder, relation)) {
          if (levels === undefined || levels.includes(level ?? '')) yield object;
        }
      }
    },
  };
}

/** The users who hold one of these, themselves or through a team. */
export function usersOf(facts: Facts, held: readonly Fact[]): ReadonlySet<string> {
  const users = new Set<string>();
  for (const { subject } of held) {
    if (!isTeam(subject)) users.add(subject);
    else for (const user of subjectsIn(facts.on(subject, 'teamMember'))) users.add(user);
  }
  return users;
}

/** Everything of a kind that members can be allowed something on. */
function everyOf(facts: Facts, kind: ResourceKind): Iterable<string> {
  const { organizationId } = facts;
  switch (kind) {
    case 'organization':
      return [organizationId];
    case 'user':
      return subjectsIn(facts.on(organizationId, 'member'));
    case 'team':
    case 'cluster':
    case 'pipeline':
      return subjectsIn(facts.on(organizationId, kind));
    case 'queue':
      return facts
        .on(organizationId, 'cluster')
        .flatMap(({ subject }) => subjectsIn(facts.on(subject, 'queueCluster')));
    case 'agent':
    case 'any':
    case 'installation':
      return [];
  }
}
