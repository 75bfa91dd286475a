import type { ClusterId } from '../../domain/id';
import { createsPipelines } from './creation';
import { and, MET, NEVER, or, type Family } from './family';
import { onCluster, onPipeline } from './held';
import type { Choice } from './step';
import { only, type Subject } from './subject';

export function readsPipeline(subject: Subject, pipelineId: string): Family {
  return or(
    onPipeline(subject, only(pipelineId, 'the pipeline'), 'READ'),
    maintainsItsCluster(subject, pipelineId),
  );
}

export function buildsPipeline(subject: Subject, pipelineId: string): Family {
  const cluster = clusterOf(subject, pipelineId);
  return and(
    onPipeline(subject, only(pipelineId, 'the pipeline'), 'BUILD'),
    cluster === null ? MET : onCluster(subject, cluster, 'USE'),
  );
}

export function managesPipeline(subject: Subject, pipelineId: string): Family {
  return onPipeline(subject, only(pipelineId, 'the pipeline'), 'MANAGE');
}

/** Into the cluster that the question names, or out of every one. */
export function movesPipeline(subject: Subject, pipelineId: string): Family {
  const target: ClusterId | null | undefined = subject.asked.question.targetClusterId;
  if (target === undefined) return NEVER;
  const manages = managesPipeline(subject, pipelineId);
  if (target === null) return or(manages, maintainsItsCluster(subject, pipelineId));
  return and(manages, createsPipelines(subject, only(target, 'the target cluster')));
}

function maintainsItsCluster(subject: Subject, pipelineId: string): Family {
  const cluster = clusterOf(subject, pipelineId);
  return cluster === null ? NEVER : onCluster(subject, cluster, 'MAINTAINER');
}

function clusterOf({ facts }: Subject, pipelineId: string): Choice | null {
  const link = facts.of(pipelineId, 'pipelineCluster')[0];
  return link === undefined ? null : only(link.object, "the pipeline's cluster");
}
