import type { Action } from '../actions';
import { agentOf } from '../existence';
import type { Fact, Facts } from '../facts';
import type { Reason } from '../question';
import { joinAll, type Asked, type Row, type Verdict } from '../rule';
import { runsOn } from './queue';

/** How the key admits the queue: by listing it, or as one of the cluster's OPEN ones. */
export function admission(facts: Facts, key: Fact, queue: Fact): Reason | undefined {
  if (key.object !== queue.object) return undefined;
  if (key.detail?.queueIds === null) {
    if (queue.level !== 'OPEN') return undefined;
    return { rule: 'key for the OPEN queues', facts: [key, queue] };
  }
  const listed = facts.between(key.subject, 'keyQueue', queue.subject)[0];
  return listed && { rule: 'key for the queue', facts: [key, listed, queue] };
}

function runs(asked: Asked, pipelineId: string): Verdict {
  const { facts, question } = asked;
  const agent = agentOf(facts, question.resource);
  if (agent === undefined) return 'NOT_FOUND';
  if (hasEnded(facts, agent.endedAt)) return 'AGENT_ENDED';
  const queue = facts.of(agent.queueId, 'queueCluster')[0];
  if (queue === undefined) return 'DENIED';
  const run = runsOn(asked, pipelineId, queue);
  if (typeof run === 'string') return run;
  const key = facts.of(agent.keyId, 'keyCluster')[0];
  if (key?.level !== 'ACTIVE') return 'KEY_NOT_ACTIVE';
  const admitted = admission(facts, key, queue);
  return admitted === undefined ? 'KEY_NOT_FOR_QUEUE' : joinAll(run, [admitted]);
}

function registers({ facts, question }: Asked, keyId: string): Verdict {
  const key = facts.of(keyId, 'keyCluster')[0];
  if (key === undefined) return 'KEY_NOT_ACTIVE';
  const queue = facts.of(question.resource, 'queueCluster')[0];
  if (queue === undefined) return 'NOT_FOUND';
  const admitted = admission(facts, key, queue);
  return admitted === undefined ? 'KEY_NOT_FOR_QUEUE' : [admitted];
}

function keepsSession({ facts, question }: Asked, agentId: string): Verdict {
  if (agentId !== question.resource) return 'DENIED';
  const agent = agentOf(facts, agentId);
  if (agent === undefined) return 'NOT_FOUND';
  if (hasEnded(facts, agent.endedAt)) return 'AGENT_ENDED';
  const key = facts.of(agent.keyId, 'keyCluster')[0];
  return key?.level === 'ACTIVE'
    ? [{ rule: 'agent of an ACTIVE key', facts: [key] }]
    : 'KEY_NOT_ACTIVE';
}

/** True once the agent has ended, by the moment. */
export function hasEnded(facts: Facts, endedAt: number | null): boolean {
  return endedAt !== null && endedAt <= facts.moment.instant;
}

/** Rules about agents. Calls of Facts: run at most eight, register three, session two. */
export const agentRows = {
  'agent:run': {
    text: "A pipeline that has queue:run on the agent's queue, if the agent has not ended and its key is active, of that cluster, and admits that queue.",
    pipeline: runs,
  },
  'agent:register': {
    text: "An agent key on a queue of its cluster that it admits, while it is pending or active. A key lists its queues, or admits the cluster's OPEN ones.",
    agentKey: registers,
  },
  'agent:session': {
    text: 'The agent itself, until it ends, while its key is active.',
    agent: keepsSession,
  },
} satisfies Partial<Record<Action, Row>>;
