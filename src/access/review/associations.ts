import type { Fact, Facts, Relation } from '../facts';

/** What one gives and takes away again: grants, memberships and maintainer roles. */
export const ASSOCIATIONS: readonly Relation[] = [
  'teamMember',
  'clusterMaintainer',
  'clusterGrant',
  'queueGrant',
  'pipelineGrant',
];

/** Every grant and maintainer role that holds, on everything or on what is in one cluster. */
export function* grantsIn(facts: Facts, clusterId: string | null): Generator<Fact> {
  const { organizationId } = facts;
  const clusters = clusterId === null ? subjects(facts.on(organizationId, 'cluster')) : [clusterId];
  for (const cluster of clusters) {
    yield* facts.on(cluster, 'clusterMaintainer');
    yield* facts.on(cluster, 'clusterGrant');
    for (const queue of facts.on(cluster, 'queueCluster')) {
      yield* facts.on(queue.subject, 'queueGrant');
    }
  }
  const pipelines =
    clusterId === null
      ? facts.on(organizationId, 'pipeline')
      : facts.on(clusterId, 'pipelineCluster');
  for (const pipeline of pipelines) yield* facts.on(pipeline.subject, 'pipelineGrant');
}

/** True if the association is on the cluster, or on a queue or pipeline in it. */
export function isIn(facts: Facts, { relation, object }: Fact, clusterId: string): boolean {
  switch (relation) {
    case 'clusterMaintainer':
    case 'clusterGrant':
      return object === clusterId;
    case 'queueGrant':
      return facts.between(object, 'queueCluster', clusterId).length > 0;
    case 'pipelineGrant':
      return facts.between(object, 'pipelineCluster', clusterId).length > 0;
    default:
      return false;
  }
}

function subjects(facts: readonly Fact[]): readonly string[] {
  return facts.map(({ subject }) => subject);
}
