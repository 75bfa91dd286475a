import { and, MET, oneOf, or, type Family } from './family';
import { onCluster } from './held';
import { only, letsCreate, type Subject } from './subject';
import type { Choice } from './step';
import { grantCluster, letMembersCreate } from './steps';

/** Below ADMIN, to create pipelines in the cluster. */
export function createsPipelines(subject: Subject, cluster: Choice): Family {
  return or(onCluster(subject, cluster, 'MAINTAINER'), createsWithUse(subject, cluster));
}

/** Below maintainers: USE, and somebody who lets pipelines be created with it. */
export function createsWithUse(subject: Subject, cluster: Choice): Family {
  return or(
    and(onCluster(subject, cluster, 'USE'), organizationLets(subject)),
    useThroughTeamThatLets(subject, cluster),
  );
}

function organizationLets({ facts }: Subject): Family {
  const { organizationId } = facts;
  if (letsCreate(facts, organizationId)) return MET;
  return oneOf(letMembersCreate(only(organizationId, 'the organization')));
}

function useThroughTeamThatLets(subject: Subject, cluster: Choice): Family {
  const { facts } = subject;
  const [clusterId = ''] = cluster.ids;
  const own = subject
    .teamsFor(clusterId)
    .map(({ choice, letsCreate: lets, hasUse }) =>
      and(
        hasUse ? MET : oneOf(grantCluster(choice, cluster, 'USE')),
        lets ? MET : oneOf(letMembersCreate(choice)),
      ),
    );
  const others = facts
    .on(clusterId, 'clusterGrant', 'USE')
    .filter(({ subject: id }) => subject.isOther(id) && letsCreate(facts, id));
  const gives = `USE on ${cluster.name} that lets its members create pipelines`;
  return or(...own, oneOf(subject.joining(others, gives)));
}
