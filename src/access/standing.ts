import type { Fact, Holding, Relation } from './facts';
import type { Reason } from './question';
import { eachOf, NONE, type MemberAsked, type Rule } from './rule';

/** What members may hold on things, themselves or through their teams. */
type Held = Extract<Relation, 'clusterMaintainer' | 'clusterGrant' | 'pipelineGrant'>;

/** Chains that need nothing but the member's own fact. */
const ADMIN: readonly Reason[] = [{ rule: 'ADMIN', facts: [] }];
const AUDITOR: readonly Reason[] = [{ rule: 'AUDITOR', facts: [] }];
const MEMBER: readonly Reason[] = [{ rule: 'member of the organization', facts: [] }];
const ONESELF: readonly Reason[] = [{ rule: 'oneself', facts: [] }];

export const admin: Rule = ({ role }) => (role === 'ADMIN' ? ADMIN : NONE);
export const auditor: Rule = ({ role }) => (role === 'AUDITOR' ? AUDITOR : NONE);
export const anyMember: Rule = () => MEMBER;
export const oneself: Rule = ({ userId }, object) => (userId === object ? ONESELF : NONE);

/** Holds a grant or a role on the object, at one of the levels if any are given. */
export function holds(relation: Held, levels?: readonly string[]): Rule {
  return (asked, object) =>
    eachOf(asked, holdingsOn(asked, relation, object), (holding) =>
      levels === undefined || levels.includes(holding.fact.level ?? '') ? [chainOf(holding)] : NONE,
    );
}

/** What the member holds on the object. An AUDITOR can hold nothing, whatever the facts say. */
export function holdingsOn(asked: MemberAsked, relation: Held, object: string): readonly Holding[] {
  return asked.role === 'AUDITOR' ? [] : asked.facts.held(asked.userId, relation, object);
}

/** What the member holds on anything, in one call for the member and one for each team. */
export function holdingsAnywhere(asked: MemberAsked, relation: Held): readonly Holding[] {
  if (asked.role === 'AUDITOR') return [];
  const { facts, userId } = asked;
  const held: Holding[] = facts.of(userId, relation).map((fact) => ({ fact, membership: null }));
  for (const membership of facts.of(userId, 'teamMember')) {
    for (const fact of facts.of(membership.object, relation)) held.push({ fact, membership });
  }
  return held;
}

/** The member's memberships of a team: none for an AUDITOR. */
export function membershipsOf(asked: MemberAsked, teamId: string): readonly Fact[] {
  return asked.role === 'AUDITOR' ? [] : asked.facts.between(asked.userId, 'teamMember', teamId);
}

/** The chain that a holding is. */
export function chainOf({ fact, membership }: Holding): Reason {
  const name = fact.level === null ? 'maintainer' : `${fact.level} granted`;
  return membership === null
    ? { rule: name, facts: [fact] }
    : { rule: `${name} through a team`, facts: [membership, fact] };
}
