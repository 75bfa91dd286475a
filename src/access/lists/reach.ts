import type { Fact, Facts } from '../facts';
import { isTeam } from '../existence';
import { eitherOf, holds, past, subjectsIn, usersOf, type Walk } from './walk';

/** What gives a right on a cluster, as in the rules. */
export const maintainers = holds('clusterMaintainer');
export const use = holds('clusterGrant', ['USE']);
const inside = eitherOf(maintainers, use);

/** Below maintainers, who may create pipelines in a cluster: USE, and somebody who lets them. */
export const creators: Walk = {
  subjects: (facts, clusterId) => creatorsIn(facts, clusterId),
  resources: use.resources,
};

/** Who reaches the cluster. Without USE there is no way in but the maintainer role. */
export const clusterReach: Walk = {
  subjects: (facts, clusterId) => reachedBy(facts, clusterId, facts.on(clusterId, 'queueCluster')),
  resources: inside.resources,
};

/** Who reaches the queue. */
export const queueReach: Walk = {
  subjects: (facts, queueId) => {
    const queues = facts.of(queueId, 'queueCluster');
    return queues[0] === undefined ? [] : reachedBy(facts, queues[0].object, queues);
  },
  resources: past('queueCluster', inside).resources,
};

/**
 * Below ADMIN, who reaches the queues, which are of one cluster: the rules of reach, read from the
 * cluster's side.
 */
function* reachedBy(facts: Facts, clusterId: string, queues: readonly Fact[]): Iterable<string> {
  yield* usersOf(facts, facts.on(clusterId, 'clusterMaintainer'));
  if (queues.some(({ level }) => level === 'OPEN')) yield* creatorsIn(facts, clusterId);
  const users = usersOf(facts, facts.on(clusterId, 'clusterGrant', 'USE'));
  if (users.size === 0) return;
  for (const user of buildersOf(facts, clusterId, queues)) if (users.has(user)) yield user;
}

function creatorsIn(facts: Facts, clusterId: string): ReadonlySet<string> {
  const uses = facts.on(clusterId, 'clusterGrant', 'USE');
  if (letsCreate(facts, facts.organizationId)) return usersOf(facts, uses);
  const lending = uses.filter(({ subject }) => isTeam(subject) && letsCreate(facts, subject));
  return usersOf(facts, lending);
}

function letsCreate(facts: Facts, owner: string): boolean {
  return facts.between(owner, 'pipelineCreation', facts.organizationId).length > 0;
}

/** Who may build a pipeline that the queues take, or manages an archived one that they would. */
function* buildersOf(facts: Facts, clusterId: string, queues: readonly Fact[]): Iterable<string> {
  for (const pipelineId of pipelinesTaken(facts, clusterId, queues)) {
    const archived = facts.of(pipelineId, 'pipelineArchived').length > 0;
    for (const level of archived ? ['MANAGE'] : ['BUILD', 'MANAGE']) {
      yield* usersOf(facts, facts.on(pipelineId, 'pipelineGrant', level));
    }
  }
}

/** The cluster's pipelines that one of the queues takes, archived ones among them. */
function pipelinesTaken(
  facts: Facts,
  clusterId: string,
  queues: readonly Fact[],
): Iterable<string> {
  if (queues.some(({ level }) => level === 'OPEN')) {
    return subjectsIn(facts.on(clusterId, 'pipelineCluster'));
  }
  const granted = queues.flatMap(({ subject }) => subjectsIn(facts.on(subject, 'queueGrant')));
  return [...new Set(granted)].filter(
    (pipelineId) => facts.between(pipelineId, 'pipelineCluster', clusterId).length > 0,
  );
}
