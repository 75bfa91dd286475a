import type { Action } from '../actions';
import type { Fact, Relation } from '../facts';
import { anyOf, eachOf, followedBy, NONE, type Row, type Rule } from '../rule';
import { admin, auditor, chainOf, holdingsAnywhere, membershipsOf } from '../standing';

const belongsTo: Rule = (asked, teamId) =>
  membershipsOf(asked, teamId).map((fact) => ({ rule: 'member of the team', facts: [fact] }));

export const maintainsTeam: Rule = (asked, teamId) =>
  membershipsOf(asked, teamId)
    .filter(({ level }) => level === 'MAINTAINER')
    .map((fact) => ({ rule: 'MAINTAINER of the team', facts: [fact] }));

/** Manages a cluster or pipeline that the team holds something on. */
const managesWhatItHolds: Rule = anyOf(
  managesOneOf('clusterMaintainer', ['clusterGrant', 'clusterMaintainer']),
  managesOneOf('pipelineGrant', ['pipelineGrant']),
);

/**
 * Manages, by roles or by MANAGE grants, something that the team is in one of the relations to. It is
 * looked for on what the member manages, never in what the team holds: the time that this takes tells
 * members about themselves alone. Not through the team itself: whoever belongs to it reads it already.
 */
function managesOneOf(
  relation: 'clusterMaintainer' | 'pipelineGrant',
  ofTeam: readonly Relation[],
): Rule {
  const manages = ({ level }: Fact): boolean => relation !== 'pipelineGrant' || level === 'MANAGE';
  return (asked, teamId) =>
    eachOf(asked, holdingsAnywhere(asked, relation), (holding) => {
      const { fact, membership } = holding;
      if (membership?.object === teamId || !manages(fact)) return NONE;
      return ofTeam
        .flatMap((held) => asked.facts.between(teamId, held, fact.object))
        .flatMap((last) => followedBy([chainOf(holding)], last));
    });
}

/**
 * Rules about teams. Calls of Facts: member, team, membership; a stranger's read one or two for each
 * own team and for each thing that the stranger manages.
 */
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
