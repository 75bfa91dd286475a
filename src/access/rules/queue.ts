import { matchesBranch } from '../../domain/branch-pattern';
import type { Action } from '../actions';
import type { Fact } from '../facts';
import type { Reason } from '../question';
import type { Asked, Row, Verdict } from '../rule';

/** Whether the pipeline may run on the queue, on the branch asked about. */
export function runsOn(asked: Asked, pipelineId: string, queue: Fact): Verdict {
  const { facts, question, every } = asked;
  const link = facts.between(pipelineId, 'pipelineCluster', queue.object)[0];
  if (link === undefined) return 'NOT_IN_CLUSTER';
  if (facts.of(pipelineId, 'pipelineArchived').length > 0) return 'ARCHIVED';
  const open: Reason[] =
    queue.level === 'OPEN' ? [{ rule: 'OPEN queue', facts: [link, queue] }] : [];
  if (open.length > 0 && !every) return open;
  const grants = facts.between(pipelineId, 'queueGrant', queue.subject);
  const granted = grants
    .filter((grant) => isForBranch(grant, question.branch))
    .map((grant) => ({ rule: 'granted on the queue', facts: [link, queue, grant] }));
  if (open.length + granted.length > 0) return [...open, ...granted];
  if (grants.length === 0) return 'QUEUE_RESTRICTED';
  return question.branch === undefined ? 'BRANCH_REQUIRED' : 'BRANCH_NOT_GRANTED';
}

/** True if the queue grant's patterns match the branch, or it has none. */
export function isForBranch(grant: Fact, branch: string | undefined): boolean {
  const patterns = grant.detail?.branches ?? [];
  return patterns.length === 0 || (branch !== undefined && matchesBranch(patterns, branch));
}

function runsOnNamed(asked: Asked, pipelineId: string): Verdict {
  const queue = asked.facts.of(asked.question.resource, 'queueCluster')[0];
  return queue === undefined ? 'NOT_FOUND' : runsOn(asked, pipelineId, queue);
}

/** Rules about queues. Calls of Facts: four at most, and one more where denied. */
export const queueRows = {
  'queue:run': {
    text: "A pipeline that is in the queue's cluster and not archived, if the queue is OPEN or grants it, on a branch that the grant's patterns match, if it has any.",
    pipeline: runsOnNamed,
  },
} satisfies Partial<Record<Action, Row>>;
