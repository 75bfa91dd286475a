import type { ReferenceOrganization } from './organization';
import type { Thing } from './thing';

/** What a way is made of: the ids of the things that each of its steps rests on. */
type Way = readonly string[];

/**
 * Every way in which a member gets code onto a queue, or onto one of a cluster's, written out by
 * loops over everything that was ever given; each as its ids in order. None if there is no such
 * member or thing.
 */
export function referenceWaysOfReach(
  org: ReferenceOrganization,
  userId: string,
  resource: string,
): readonly string[] {
  const member = org.one('member', userId);
  const queue = org.one('queue', resource);
  const clusterId = queue === undefined ? org.one('cluster', resource)?.id : queue['clusterId'];
  if (member === undefined || clusterId === undefined) return [];
  const queues =
    queue === undefined
      ? org.all('queue').filter((one) => one['clusterId'] === clusterId)
      : [queue];
  const ways: Way[] = [];
  if (member['role'] === 'ADMIN') ways.push([]);
  const itself = queue === undefined ? [] : [queue.id];
  for (const held of heldBy(org, member, 'maintainer', { clusterId })) {
    ways.push([...held.way, ...itself]);
  }
  const uses = heldBy(org, member, 'clusterGrant', { clusterId, level: 'USE' });
  for (const use of uses) {
    const lending = ['organization', 'team'].flatMap((kind) =>
      org
        .all(kind)
        .filter((owner) => owner['membersCanCreatePipelines'] === true)
        .filter((owner) => kind === 'organization' || owner.id === use.thing['holderId']),
    );
    for (const owner of lending) {
      for (const open of queues.filter((one) => one['mode'] === 'OPEN')) {
        ways.push([...use.way, owner.id, open.id]);
      }
    }
    for (const built of buildsOf(org, member, clusterId, queues)) ways.push([...use.way, ...built]);
  }
  return ways.map((way) => [...new Set([userId, ...way])].sort().join(' ')).sort();
}

/** By which grants the member builds the cluster's pipelines, or could, and where those then run. */
function buildsOf(
  org: ReferenceOrganization,
  member: Thing,
  clusterId: unknown,
  queues: readonly Thing[],
): readonly Way[] {
  const inside = org.all('pipeline').filter((pipeline) => pipeline['clusterId'] === clusterId);
  return inside.flatMap(({ id: pipelineId, archived }) => {
    const levels = archived === true ? ['MANAGE'] : ['BUILD', 'MANAGE'];
    const builds = levels.flatMap((level) =>
      heldBy(org, member, 'pipelineGrant', { pipelineId, level }),
    );
    const runs = queues.flatMap((queue) => runsOn(org, pipelineId, queue));
    return builds.flatMap((build) => runs.map((run) => [...build.way, pipelineId, ...run]));
  });
}

/** An OPEN queue takes the pipeline; and so does every grant, on whatever branches. */
function runsOn(org: ReferenceOrganization, pipelineId: string, queue: Thing): readonly Way[] {
  const grants = org
    .all('queueGrant')
    .filter((grant) => grant['pipelineId'] === pipelineId && grant['queueId'] === queue.id);
  const granted = grants.map(({ id }) => [queue.id, id]);
  return queue['mode'] === 'OPEN' ? [[queue.id], ...granted] : granted;
}

/** What the member holds, by themselves or by a team: with the membership in front. */
function heldBy(
  org: ReferenceOrganization,
  member: Thing,
  kind: string,
  values: Readonly<Record<string, unknown>>,
): readonly { readonly thing: Thing; readonly way: Way }[] {
  if (member['role'] === 'AUDITOR') return [];
  const memberships = org.all('teamMember').filter((one) => one['userId'] === member.id);
  const found = org
    .all(kind)
    .filter((thing) => Object.entries(values).every(([name, value]) => thing[name] === value));
  return found.flatMap((thing) => [
    ...(thing['holderId'] === member.id ? [{ thing, way: [thing.id] }] : []),
    ...memberships
      .filter(({ teamId }) => teamId === thing['holderId'])
      .map(({ id }) => ({ thing, way: [id, thing.id] })),
  ]);
}
