import { BRANCH_PATTERN, BRANCH_PATTERNS_MAX } from '../../domain/branch-pattern';
import type { Fact } from '../facts';
import { admission, hasEnded } from '../rules/agent';
import { isForBranch } from '../rules/queue';
import type { Asked } from '../rule';
import { agentOf } from '../existence';
import { and, MET, NEVER, oneOf, or, type Family } from './family';
import { grantQueue, movePipeline, openQueue, unarchive } from './steps';
import type { Choice } from './step';
import { only } from './subject';

const PATTERN = new RegExp(BRANCH_PATTERN, 'u');

/** A pipeline to run on the queue that the question names. */
export function runsOnNamed(asked: Asked, pipelineId: string): Family {
  const queue = asked.facts.of(asked.question.resource, 'queueCluster')[0];
  return queue === undefined ? NEVER : runsOn(asked, pipelineId, queue, the(queue));
}

/** A pipeline to run on the agent that the question names. What ended or is no more cannot. */
export function runsOnAgent(asked: Asked, pipelineId: string): Family {
  const { facts } = asked;
  const agent = agentOf(facts, asked.question.resource);
  if (agent === undefined || hasEnded(facts, agent.endedAt)) return NEVER;
  const queue = facts.of(agent.queueId, 'queueCluster')[0];
  const key = facts.of(agent.keyId, 'keyCluster')[0];
  if (queue === undefined || key?.level !== 'ACTIVE') return NEVER;
  const choice = the(queue);
  return and(runsOn(asked, pipelineId, queue, choice), admitted(asked, key, queue, choice));
}

/** A key for the OPEN queues admits a queue once it is one; what a key lists is for ever. */
function admitted({ facts }: Asked, key: Fact, queue: Fact, choice: Choice): Family {
  if (admission(facts, key, queue) !== undefined) return MET;
  const openOnes = key.object === queue.object && key.detail?.queueIds === null;
  return openOnes ? oneOf(openQueue(choice)) : NEVER;
}

/** In the cluster, not archived, and taken by the queue; moving ends whatever grants there are. */
function runsOn(asked: Asked, pipelineId: string, queue: Fact, choice: Choice): Family {
  const { facts } = asked;
  const pipeline = only(pipelineId, 'the pipeline');
  const inside = facts.between(pipelineId, 'pipelineCluster', queue.object).length > 0;
  const archived = facts.of(pipelineId, 'pipelineArchived').length > 0;
  const grants = inside ? facts.between(pipelineId, 'queueGrant', queue.subject) : [];
  const cluster = only(queue.object, "the queue's cluster");
  return and(
    inside ? MET : oneOf(movePipeline(pipeline, cluster)),
    archived ? oneOf(unarchive(pipeline)) : MET,
    queue.level === 'OPEN'
      ? MET
      : or(oneOf(openQueue(choice)), granted(asked, pipeline, choice, grants)),
  );
}

function granted(
  { question: { branch } }: Asked,
  pipeline: Choice,
  queue: Choice,
  grants: readonly Fact[],
): Family {
  if (grants.some((grant) => isForBranch(grant, branch))) return MET;
  const [replaced] = grants;
  const branches = patternsFor(branch, replaced?.detail?.branches ?? []);
  return oneOf(grantQueue(pipeline, queue, branches, replaced));
}

/** The patterns there are and the branch; every branch where that can be no list of patterns. */
function patternsFor(branch: string | undefined, patterns: readonly string[]): readonly string[] {
  if (branch === undefined) return [];
  const more = [...patterns, branch];
  return PATTERN.test(branch) && more.length <= BRANCH_PATTERNS_MAX ? more : [];
}

function the(queue: Fact): Choice {
  return only(queue.subject, 'the queue');
}
