import type { Moment } from '../../../src/access/facts';
import type { RecordedEvent } from '../../../src/domain/catalogue';
import type { History } from './facts-of-history';

/** What random organizations must come to know, lest a property be held by easy ones alone. */
export const OCCURRENCES = [
  'a grant expires at the very instant',
  'an archived pipeline in a cluster',
  'a pipeline moved between clusters',
  'a pipeline moved out of every cluster',
  'a member removed and added again',
  'a paused queue',
  'a grant with branch patterns',
  'two grants on one pair',
  'an AUDITOR',
  'a team that lets its members create pipelines',
  'an organization that lets its members create pipelines',
  'a queue that is opened or restricted later',
  'an agent key that is revoked',
  'a team that is deleted',
  'a cluster that is deleted',
  'an API token for looking alone',
] as const;

type Occurrence = (typeof OCCURRENCES)[number];

/** Those of them that a history holds by the moment, read from its raw events. */
export function occurrencesIn({ access }: History, moment: Moment): ReadonlySet<Occurrence> {
  const events = access.filter(({ position }) => position <= moment.position);
  const found = new Set<Occurrence>();
  const removed = new Set<unknown>();
  const pairs = new Set<string>();
  for (const { type, data } of events) {
    if (data['expiresAt'] === moment.instant) found.add('a grant expires at the very instant');
    if (type === 'QueuePaused') found.add('a paused queue');
    if (type === 'QueueModeChanged') found.add('a queue that is opened or restricted later');
    if (type === 'AgentKeyRevoked') found.add('an agent key that is revoked');
    if (type === 'TeamDeleted') found.add('a team that is deleted');
    if (type === 'ClusterDeleted') found.add('a cluster that is deleted');
    if (data['role'] === 'AUDITOR') found.add('an AUDITOR');
    if (data['membersCanCreatePipelines'] === true) {
      found.add(
        data['teamId'] === undefined
          ? 'an organization that lets its members create pipelines'
          : 'a team that lets its members create pipelines',
      );
    }
    if (String(data['scopes']) === 'read') found.add('an API token for looking alone');
    if (type === 'MemberRemoved') removed.add(data['userId']);
    if (type === 'MemberAdded' && removed.has(data['userId'])) {
      found.add('a member removed and added again');
    }
    if (type === 'PipelineMoved' && data['fromClusterId'] !== null) {
      const orphaned = data['clusterId'] === null;
      found.add(
        orphaned ? 'a pipeline moved out of every cluster' : 'a pipeline moved between clusters',
      );
    }
    if (type === 'PipelineArchived' && clusterOf(events, data['pipelineId']) !== null) {
      found.add('an archived pipeline in a cluster');
    }
    if (Array.isArray(data['branches']) && data['branches'].length > 0) {
      found.add('a grant with branch patterns');
    }
    if (type.endsWith('Granted')) {
      const pair = `${type} ${String(data['clusterId'] ?? data['pipelineId'])} ${String(data['holderId'] ?? data['queueId'])}`;
      if (pairs.has(pair)) found.add('two grants on one pair');
      pairs.add(pair);
    }
  }
  return found;
}

function clusterOf(events: readonly RecordedEvent[], pipelineId: unknown): unknown {
  return events
    .filter(({ data }) => data['pipelineId'] === pipelineId && data['clusterId'] !== undefined)
    .filter(({ type }) => type === 'PipelineCreated' || type === 'PipelineMoved')
    .at(-1)?.data['clusterId'];
}
