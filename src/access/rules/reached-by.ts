import type { UserId } from '../../domain/id';
import { prefixOf } from '../existence';
import type { Fact, Facts } from '../facts';

/**
 * The members who reach the queues, which are of one cluster: the rules of reach, read from the
 * cluster's side. Cost grows with the facts on the cluster and its pipelines, not with the
 * organization. In the order of user ids.
 */
export function reachedBy(
  facts: Facts,
  clusterId: string,
  queues: readonly Fact[],
): readonly UserId[] {
  const users = usersOf(facts, facts.on(clusterId, 'clusterGrant', 'USE'));
  const found = usersOf(facts, facts.on(clusterId, 'clusterMaintainer'));
  for (const user of creators(facts, clusterId, queues)) found.add(user);
  for (const user of builders(facts, clusterId, queues)) if (users.has(user)) found.add(user);
  const able = [...found].filter((user) => canHold(facts, user));
  const admins = facts.on(facts.organizationId, 'member', 'ADMIN').map(({ subject }) => subject);
  return [...new Set([...admins, ...able])].sort() as UserId[];
}

/** Who may create a pipeline by USE, where an OPEN queue would take it. */
function creators(facts: Facts, clusterId: string, queues: readonly Fact[]): ReadonlySet<string> {
  if (!queues.some(({ level }) => level === 'OPEN')) return new Set();
  const uses = facts.on(clusterId, 'clusterGrant', 'USE');
  if (letsCreate(facts, facts.organizationId)) return usersOf(facts, uses);
  const lending = uses.filter(({ subject }) => isTeam(subject) && letsCreate(facts, subject));
  return usersOf(facts, lending);
}

/** Who may build a pipeline that the queues take, or manages an archived one that they would. */
function builders(facts: Facts, clusterId: string, queues: readonly Fact[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pipelineId of pipelinesTaken(facts, clusterId, queues)) {
    const archived = facts.of(pipelineId, 'pipelineArchived').length > 0;
    for (const level of archived ? ['MANAGE'] : ['BUILD', 'MANAGE']) {
      const grants = facts.on(pipelineId, 'pipelineGrant', level);
      for (const user of usersOf(facts, grants)) found.add(user);
    }
  }
  return found;
}

/** The cluster's pipelines that one of the queues takes, archived ones among them. */
function pipelinesTaken(
  facts: Facts,
  clusterId: string,
  queues: readonly Fact[],
): ReadonlySet<string> {
  if (queues.some(({ level }) => level === 'OPEN')) {
    return new Set(facts.on(clusterId, 'pipelineCluster').map(({ subject }) => subject));
  }
  const granted = queues.flatMap(({ subject }) => facts.on(subject, 'queueGrant'));
  const pipelines = new Set(granted.map(({ subject }) => subject));
  for (const pipelineId of pipelines) {
    const inside = facts.between(pipelineId, 'pipelineCluster', clusterId).length > 0;
    if (!inside) pipelines.delete(pipelineId);
  }
  return pipelines;
}

/** Members hold what they are granted, auditors do not; others are no members any more. */
function canHold(facts: Facts, userId: string): boolean {
  const [member] = facts.between(userId, 'member', facts.organizationId);
  return member !== undefined && member.level !== 'AUDITOR';
}

function usersOf(facts: Facts, held: readonly Fact[]): Set<string> {
  const users = new Set<string>();
  for (const { subject } of held) {
    if (!isTeam(subject)) users.add(subject);
    else for (const membership of facts.on(subject, 'teamMember')) users.add(membership.subject);
  }
  return users;
}

function letsCreate(facts: Facts, owner: string): boolean {
  return facts.between(owner, 'pipelineCreation', facts.organizationId).length > 0;
}

function isTeam(holderId: string): boolean {
  return prefixOf(holderId) === 'tea';
}
