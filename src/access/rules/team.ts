import type { Action } from '../actions';
import type { Fact, Holding } from '../facts';
import type { Reason } from '../question';
import { anyOf, followedBy, NONE, type MemberAsked, type Row, type Rule } from '../rule';
import { admin, auditor, chainOf, holdingsAnywhere, membershipsOf } from '../standing';

const belongsTo: Rule = (asked, teamId) =>
  membershipsOf(asked, teamId).map((fact) => ({ rule: 'member of the team', facts: [fact] }));

export const maintainsTeam: Rule = (asked, teamId) =>
  membershipsOf(asked, teamId)
    .filter(({ level }) => level === 'MAINTAINER')
    .map((fact) => ({ rule: 'MAINTAINER of the team', facts: [fact] }));

/** Manages a cluster or pipeline that the team holds something on. */
const managesWhatItHolds: Rule = (asked, teamId) => {
  const { facts } = asked;
  const clusters = [...facts.of(teamId, 'clusterGrant'), ...facts.of(teamId, 'clusterMaintainer')];
  const pipelines = facts.of(teamId, 'pipelineGrant');
  const found = meet(asked, managed(asked, 'clusterMaintainer', teamId, clusters), clusters);
  if (found.length > 0 && !asked.every) return found;
  const more = meet(asked, managed(asked, 'pipelineGrant', teamId, pipelines), pipelines);
  return found.length === 0 ? more : [...found, ...more];
};

/**
 * What the member manages by roles or MANAGE grants, unless there is nothing to compare it with.
 * Not through the team itself: whoever belongs to it reads it already.
 */
function managed(
  asked: MemberAsked,
  relation: 'clusterMaintainer' | 'pipelineGrant',
  teamId: string,
  compared: readonly Fact[],
): readonly Holding[] {
  if (compared.length === 0) return [];
  return holdingsAnywhere(asked, relation).filter(
    ({ fact, membership }) =>
      membership?.object !== teamId && (relation !== 'pipelineGrant' || fact.level === 'MANAGE'),
  );
}

/** The chains in which the member manages an object that one of the team's facts is about. */
function meet(
  { every }: MemberAsked,
  held: readonly Holding[],
  ofTeam: readonly Fact[],
): readonly Reason[] {
  if (held.length === 0) return NONE;
  const byObject = new Map<string, Fact[]>();
  for (const fact of ofTeam) {
    const same = byObject.get(fact.object);
    if (same === undefined) byObject.set(fact.object, [fact]);
    else same.push(fact);
  }
  const found: Reason[] = [];
  for (const holding of held) {
    for (const fact of byObject.get(holding.fact.object) ?? []) {
      found.push(...followedBy([chainOf(holding)], fact));
      if (!every) return found;
    }
  }
  return found;
}

/** Rules about teams. Calls of Facts: member, team, membership; a stranger's read a few per own team. */
export const teamRows = {
  'team:read': {
    text: 'Its members, ADMIN, AUDITOR, and who manages a cluster or pipeline that it holds a grant or a maintainer role on.',
    user: anyOf(admin, auditor, belongsTo, managesWhatItHolds),
  },
  'team:manage': {
    text: 'ADMIN or a MAINTAINER of the team.',
    user: anyOf(admin, maintainsTeam),
  },
  'team:delete': { text: 'ADMIN.', user: admin },
} satisfies Partial<Record<Action, Row>>;
