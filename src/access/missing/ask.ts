import { agentOf, prefixOf } from '../existence';
import { NEVER, type Family } from './family';
import { onCluster } from './held';
import { managesPipeline } from './pipeline';
import { only, type Subject } from './subject';
import { maintainsTeam } from './team';

/** Who manages a thing may ask about everyone on it. */
export function managesIt(subject: Subject, id: string): Family {
  const { facts } = subject;
  switch (prefixOf(id)) {
    case 'tea':
      return maintainsTeam(subject, id);
    case 'clu':
      return onCluster(subject, only(id, 'the cluster'), 'MAINTAINER');
    case 'pip':
      return managesPipeline(subject, id);
    case 'que':
      return maintains(subject, facts.of(id, 'queueCluster')[0]?.object);
    case 'key':
      return maintains(subject, facts.of(id, 'keyCluster')[0]?.object);
    case 'agt':
      return managesIt(subject, agentOf(facts, id)?.queueId ?? '');
    default:
      return NEVER;
  }
}

function maintains(subject: Subject, clusterId: string | undefined): Family {
  if (clusterId === undefined) return NEVER;
  return onCluster(subject, only(clusterId, 'its cluster'), 'MAINTAINER');
}
