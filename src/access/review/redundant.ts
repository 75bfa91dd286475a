import { isTeam } from '../existence';
import type { Fact, Facts, Relation } from '../facts';
import { endOf } from '../later';

/** Why something could be taken away, or does not give what it says: in words, and by which facts. */
export interface Grounds {
  readonly message: string;
  readonly facts: readonly Fact[];
}

/** What of a grant or role on the same object gives at least as much. */
const COVERING: Readonly<Record<string, readonly (readonly [Relation, readonly string[]])[]>> = {
  'clusterGrant VIEW': [
    ['clusterGrant', ['USE']],
    ['clusterMaintainer', []],
  ],
  'clusterGrant USE': [['clusterMaintainer', []]],
  'pipelineGrant READ': [['pipelineGrant', ['BUILD', 'MANAGE']]],
  'pipelineGrant BUILD': [['pipelineGrant', ['MANAGE']]],
};

/**
 * Why taking the grant or role away would change no answer of the access rules, now or later by
 * expiry alone: another gives as much for at least as long. Null if it is not known to be so. What
 * covers a grant is never covered by it, so all that are redundant may go at once.
 */
export function redundancy(facts: Facts, grant: Fact): Grounds | null {
  if (grant.relation === 'queueGrant') return openQueue(facts, grant);
  const { subject } = grant;
  if (!isTeam(subject)) {
    const [member] = facts.between(subject, 'member', facts.organizationId);
    if (member?.level === 'ADMIN') {
      return { message: 'The holder is an ADMIN, who may do everything.', facts: [member] };
    }
  }
  return higher(facts, grant) ?? (isTeam(subject) ? null : throughTeam(facts, grant));
}

function openQueue(facts: Facts, { object }: Fact): Grounds | null {
  const queue = facts.of(object, 'queueCluster').find(({ level }) => level === 'OPEN');
  const message = 'The queue is OPEN to every pipeline of its cluster.';
  return queue === undefined ? null : { message, facts: [queue] };
}

/** Another grant or role of the same holder on the same object that gives more. */
function higher(facts: Facts, grant: Fact): Grounds | null {
  const other = coveringOf(facts, grant.subject, grant).find((fact) => endOf(fact) >= endOf(grant));
  const message = 'The holder has more on it, for at least as long.';
  return other === undefined ? null : { message, facts: [other] };
}

/** As much or more on the same object through a team. */
function throughTeam(facts: Facts, grant: Fact): Grounds | null {
  for (const membership of facts.of(grant.subject, 'teamMember')) {
    if (endOf(membership) < endOf(grant)) continue;
    const team = membership.object;
    const alike = facts
      .between(team, grant.relation, grant.object)
      .filter(({ level }) => level === grant.level);
    const cover = [...alike, ...coveringOf(facts, team, grant)].find(
      (fact) => endOf(fact) >= endOf(grant),
    );
    if (cover !== undefined) {
      const message = 'The holder has as much through a team, for at least as long.';
      return { message, facts: [membership, cover] };
    }
  }
  return null;
}

function coveringOf(facts: Facts, holder: string, { relation, level, object }: Fact): Fact[] {
  const covering = COVERING[`${relation} ${level ?? ''}`] ?? [];
  return covering.flatMap(([other, levels]) =>
    facts
      .between(holder, other, object)
      .filter((fact) => levels.length === 0 || levels.includes(fact.level ?? '')),
  );
}
