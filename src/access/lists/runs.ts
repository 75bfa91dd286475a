import { agentOf } from '../existence';
import type { Facts } from '../facts';
import { subjectsIn, type Walk } from './walk';

/** The pipelines that run on a queue, and the queues that a pipeline runs on. */
export const queueRuns: Walk = {
  subjects: pipelinesOn,
  resources: queuesOf,
};

/** The same for agents: each serves one queue. */
export const agentRuns: Walk = {
  subjects: (facts, agentId) => {
    const agent = agentOf(facts, agentId);
    return agent === undefined ? [] : pipelinesOn(facts, agent.queueId);
  },
  *resources(facts, pipelineId) {
    for (const queueId of queuesOf(facts, pipelineId)) {
      yield* facts.agentsOn(queueId).map(({ id }) => id);
    }
  },
};

function pipelinesOn(facts: Facts, queueId: string): readonly string[] {
  const queue = facts.of(queueId, 'queueCluster')[0];
  if (queue === undefined) return [];
  return queue.level === 'OPEN'
    ? subjectsIn(facts.on(queue.object, 'pipelineCluster'))
    : subjectsIn(facts.on(queueId, 'queueGrant'));
}

/** The OPEN queues of its cluster, and those that grant it. */
function queuesOf(facts: Facts, pipelineId: string): ReadonlySet<string> {
  const link = facts.of(pipelineId, 'pipelineCluster')[0];
  if (link === undefined) return new Set();
  return new Set([
    ...subjectsIn(facts.on(link.object, 'queueCluster', 'OPEN')),
    ...facts.of(pipelineId, 'queueGrant').map(({ object }) => object),
  ]);
}
