import type { Facts } from '../../../src/access/facts';
import type { Question } from '../../../src/access/question';
import type { ClusterId, PipelineId, UserId } from '../../../src/domain/id';

/** The questions whose answers can be changed, about everything that an organization has. */
export function questionsAbout(facts: Facts): readonly Question[] {
  const ids = (relation: 'member' | 'team' | 'cluster' | 'pipeline'): readonly string[] =>
    facts.on(facts.organizationId, relation).map(({ subject }) => subject);
  const clusters = ids('cluster');
  const queues = clusters.flatMap((id) => facts.on(id, 'queueCluster')).map((q) => q.subject);
  const agents = queues.flatMap((id) => facts.agentsOn(id)).map(({ id }) => id);
  const resources: Readonly<Partial<Record<Question['action'], readonly string[]>>> = {
    'audit:read': [facts.organizationId],
    'team:create': [facts.organizationId],
    'team:read': ids('team'),
    'team:manage': ids('team'),
    'cluster:read': clusters,
    'cluster:use': clusters,
    'cluster:manage': clusters,
    'cluster:reach': clusters,
    'pipeline:create': clusters,
    'pipeline:read': ids('pipeline'),
    'pipeline:build': ids('pipeline'),
    'pipeline:manage': ids('pipeline'),
    'queue:reach': queues,
    'access:ask': [...queues, ...agents],
  };
  const ofMembers = ids('member').flatMap((id): readonly Question[] => {
    const principal = { kind: 'user', id: id as UserId, scopes: null } as const;
    return [
      ...Object.entries(resources).flatMap(([action, of]) =>
        of.map((resource) => ({ principal, action: action as Question['action'], resource })),
      ),
      ...ids('pipeline').flatMap((resource) =>
        [null, ...clusters].map((target) => ({
          ...{ principal, action: 'pipeline:move' as const, resource },
          targetClusterId: target as ClusterId | null,
        })),
      ),
    ];
  });
  const ofPipelines = ids('pipeline').flatMap((id): readonly Question[] => {
    const principal = { kind: 'pipeline', id: id as PipelineId } as const;
    return [
      ...queues.map((resource) => ({ principal, action: 'queue:run' as const, resource })),
      ...agents.map((resource) => ({ principal, action: 'agent:run' as const, resource })),
    ].flatMap((question) => [question, { ...question, branch: 'topic' }]);
  });
  return [...ofMembers, ...ofPipelines];
}
