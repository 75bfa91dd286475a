import { isTeam } from '../existence';
import type { Fact } from '../facts';
import type { Places } from './places';

/** Everybody of the one, on everything of the other. */
export interface Rectangle {
  readonly subjects: readonly string[];
  readonly resources: readonly string[];
}

/** What of a fact its effects depend on. */
export type ChangedFact = Pick<Fact, 'relation' | 'subject' | 'object' | 'level'>;

/**
 * Who may be allowed something else, and on what, because a fact holds on one side only: never too
 * few. Of a fact with another level or detail both versions are given. By relation, the rules that
 * read it tell how far it reaches.
 */
export function affectedBy(fact: ChangedFact, places: Places): readonly Rectangle[] {
  const { relation, subject, object, level } = fact;
  switch (relation) {
    case 'member': {
      const every = level === 'ADMIN' || level === 'AUDITOR';
      const resources = every
        ? places.everything()
        : [places.organizationId, ...ofHolders(memberAndTeams(subject, places), places)];
      return [{ subjects: [subject], resources }];
    }
    case 'team':
    case 'cluster':
    case 'pipeline':
      return [{ subjects: places.readers(), resources: [subject] }];
    case 'teamMember':
      return [{ subjects: [subject], resources: ofTeam(object, places) }];
    case 'clusterMaintainer':
    case 'clusterGrant':
    case 'pipelineGrant':
      return [
        { subjects: places.users([subject]), resources: around(relation, object, places) },
        ...readersOfHolder(fact, places),
      ];
    case 'pipelineCluster':
      return ofPlacedPipeline(subject, object, places);
    case 'pipelineArchived':
      return places
        .objects(subject, 'pipelineCluster')
        .flatMap((clusterId) => ofPlacedPipeline(subject, clusterId, places));
    case 'queueCluster':
      return ofQueue(subject, object, places);
    case 'queueGrant': {
      const clusters = places.objects(object, 'queueCluster');
      return [
        { subjects: [subject], resources: [object, ...places.agents([object])] },
        { subjects: places.holders(subject, 'pipelineGrant'), resources: [object, ...clusters] },
      ];
    }
    case 'keyCluster': {
      const queues = places.queues([object]);
      const subjects = places.subjects(object, 'pipelineCluster');
      return [{ subjects, resources: places.agents(queues, subject) }];
    }
    case 'keyQueue': {
      const subjects = places
        .objects(object, 'queueCluster')
        .flatMap((clusterId) => places.subjects(clusterId, 'pipelineCluster'));
      return [{ subjects, resources: places.agents([object], subject) }];
    }
    case 'apiToken':
      return [];
    case 'pipelineCreation':
      return isTeam(subject) ? ofTeamThatLets(subject, places) : ofOrganizationThatLets(places);
  }
}

function memberAndTeams(userId: string, places: Places): readonly string[] {
  return [userId, ...places.objects(userId, 'teamMember')];
}

/** What is reached from all that the holders hold, and the teams themselves. */
function ofHolders(holders: readonly string[], places: Places): readonly string[] {
  return holders.flatMap((holder) => [
    ...(isTeam(holder) ? [holder] : []),
    ...(['clusterMaintainer', 'clusterGrant', 'pipelineGrant'] as const).flatMap((relation) =>
      places.objects(holder, relation).flatMap((object) => around(relation, object, places)),
    ),
  ]);
}

function ofTeam(teamId: string, places: Places): readonly string[] {
  return places.once('of a team', teamId, () => [teamId, ...ofHolders([teamId], places)]);
}

type Held = 'clusterMaintainer' | 'clusterGrant' | 'pipelineGrant';

/** What a holding on the cluster or pipeline may matter for. */
function around(relation: Held, object: string, places: Places): readonly string[] {
  return places.once(`around ${relation}`, object, () => findAround(relation, object, places));
}

function findAround(relation: Held, object: string, places: Places): readonly string[] {
  if (relation === 'pipelineGrant') {
    const clusters = places.objects(object, 'pipelineCluster');
    return [object, ...clusters, ...places.queues(clusters), ...places.teamsOn(object)];
  }
  const pipelines = places.subjects(object, 'pipelineCluster');
  const teams = relation === 'clusterMaintainer' ? places.teamsOn(object) : [];
  return [object, ...places.queues([object]), ...pipelines, ...teams];
}

/** Who manages a thing reads the teams that hold something on it. */
function readersOfHolder(
  { subject, object, relation }: ChangedFact,
  places: Places,
): readonly Rectangle[] {
  if (!isTeam(subject)) return [];
  const subjects =
    relation === 'pipelineGrant'
      ? places.holders(object, 'pipelineGrant', 'MANAGE')
      : places.holders(object, 'clusterMaintainer');
  return [{ subjects, resources: [subject] }];
}

function ofPlacedPipeline(
  pipelineId: string,
  clusterId: string,
  places: Places,
): readonly Rectangle[] {
  const queues = places.queues([clusterId]);
  return [
    { subjects: [pipelineId], resources: [...queues, ...places.agents(queues)] },
    { subjects: places.holders(clusterId, 'clusterMaintainer'), resources: [pipelineId] },
    {
      subjects: places.holders(pipelineId, 'pipelineGrant'),
      resources: [pipelineId, clusterId, ...queues],
    },
  ];
}

function ofQueue(queueId: string, clusterId: string, places: Places): readonly Rectangle[] {
  const users = places.once('inside', clusterId, () => [
    ...places.admins(),
    ...places.holders(clusterId, 'clusterMaintainer'),
    ...places.holders(clusterId, 'clusterGrant', 'USE'),
  ]);
  return [
    { subjects: users, resources: [queueId, clusterId] },
    {
      subjects: places.subjects(clusterId, 'pipelineCluster'),
      resources: [queueId, ...places.agents([queueId])],
    },
  ];
}

function ofTeamThatLets(teamId: string, places: Places): readonly Rectangle[] {
  const clusters = places.objects(teamId, 'clusterGrant');
  const resources = [...clusters, ...places.queues(clusters)];
  return [{ subjects: places.users([teamId]), resources }];
}

function ofOrganizationThatLets(places: Places): readonly Rectangle[] {
  return places.subjects(places.organizationId, 'cluster').map((clusterId) => ({
    subjects: places.holders(clusterId, 'clusterGrant', 'USE'),
    resources: [clusterId, ...places.queues([clusterId])],
  }));
}
