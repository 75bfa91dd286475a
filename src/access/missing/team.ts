import { MET, NEVER, oneOf, or, type Family } from './family';
import { onCluster, onPipeline } from './held';
import { choices, only, type Subject } from './subject';
import { maintainTeam } from './steps';

/** Belongs to it, or manages something that it holds. */
export function readsTeam(subject: Subject, teamId: string): Family {
  const { facts, asked } = subject;
  if (subject.isIn(teamId)) return MET;
  const objects = (relation: 'clusterMaintainer' | 'clusterGrant' | 'pipelineGrant'): string[] =>
    facts.of(teamId, relation).map(({ object }) => object);
  const clusters = new Set([...objects('clusterMaintainer'), ...objects('clusterGrant')]);
  const pipelines = new Set(objects('pipelineGrant'));
  return or(
    oneOf({ teams: new Set([teamId]), gives: [], userId: asked.userId }),
    ...choices([...clusters], 'a cluster that the team holds something on').map((cluster) =>
      onCluster(subject, cluster, 'MAINTAINER'),
    ),
    ...choices([...pipelines], 'a pipeline that the team holds something on').map((pipeline) =>
      onPipeline(subject, pipeline, 'MANAGE'),
    ),
  );
}

/** A MAINTAINER of the team. */
export function maintainsTeam({ asked }: Subject, teamId: string): Family {
  const { facts, userId } = asked;
  if (facts.between(teamId, 'team', facts.organizationId).length === 0) return NEVER;
  const [membership] = facts.between(userId, 'teamMember', teamId);
  if (membership?.level === 'MAINTAINER') return MET;
  return oneOf(maintainTeam(userId, only(teamId, 'the team'), membership));
}
