import type { PipelineLevel } from '../../domain/pipeline/events';
import type { Fact, Relation } from '../facts';
import type { GivenClusterLevel } from './change';
import { and, MET, NEVER, oneOf, or, type Family } from './family';
import type { Choice } from './step';
import {
  clusterLevelsFrom,
  grantCluster,
  grantPipeline,
  pipelineLevelsFrom,
  unarchive,
} from './steps';
import type { Subject } from './subject';

/**
 * To hold the level or more on one of the clusters: given to the member or to a team of theirs, or
 * by joining a team that holds it.
 */
export function onCluster(subject: Subject, cluster: Choice, level: GivenClusterLevel): Family {
  const levels = clusterLevelsFrom(level);
  const granted = (fact: Fact): boolean => levels.includes(fact.level as GivenClusterLevel);
  if (
    holdsOn(subject, 'clusterMaintainer', cluster, () => true) ||
    holdsOn(subject, 'clusterGrant', cluster, granted)
  ) {
    return MET;
  }
  const [first = ''] = cluster.ids;
  const teams =
    cluster.ids.length > 1 ? subject.teams : subject.teamsFor(first).map(({ choice }) => choice);
  const { facts } = subject;
  const held = cluster.ids.flatMap((id) => [
    ...facts.on(id, 'clusterMaintainer'),
    ...facts.on(id, 'clusterGrant').filter(granted),
  ]);
  const what = level === 'MAINTAINER' ? 'the maintainer role' : `${level} or more`;
  return or(
    oneOf(...[subject.self, ...teams].map((holder) => grantCluster(holder, cluster, level))),
    oneOf(subject.joining(held, `${what} on ${cluster.name}`)),
  );
}

/** To hold the level or more on one of the pipelines, likewise. */
export function onPipeline(subject: Subject, pipeline: Choice, level: PipelineLevel): Family {
  const levels = pipelineLevelsFrom(level);
  const granted = (fact: Fact): boolean => levels.includes(fact.level as PipelineLevel);
  if (holdsOn(subject, 'pipelineGrant', pipeline, granted)) return MET;
  const archived = new Set(pipeline.ids.filter((id) => isArchived(subject, id)));
  const awake = pipeline.ids.filter((id) => !archived.has(id));
  const some = (ids: readonly string[]): Choice =>
    ids.length === pipeline.ids.length ? pipeline : { ...pipeline, ids };
  const held = pipeline.ids.flatMap((id) => subject.facts.on(id, 'pipelineGrant').filter(granted));
  return or(
    awake.length === 0 ? NEVER : givenOnPipeline(subject, some(awake), level, false),
    archived.size === 0 ? NEVER : givenOnPipeline(subject, some([...archived]), level, true),
    oneOf(subject.joining(held, `${level} or more on ${pipeline.name}`)),
  );
}

/** The level given to the member or to a team of theirs. Nothing is given on what is archived. */
export function givenOnPipeline(
  subject: Subject,
  pipeline: Choice,
  level: PipelineLevel,
  archived: boolean,
): Family {
  const holders = [subject.self, ...subject.teams];
  const given = oneOf(...holders.map((holder) => grantPipeline(holder, pipeline, level)));
  return archived ? and(oneOf(unarchive(pipeline)), given) : given;
}

export function isArchived({ facts }: Subject, pipelineId: string): boolean {
  return facts.of(pipelineId, 'pipelineArchived').length > 0;
}

function holdsOn(
  { asked: { facts, userId } }: Subject,
  relation: Extract<Relation, 'clusterMaintainer' | 'clusterGrant' | 'pipelineGrant'>,
  { ids }: Choice,
  counts: (fact: Fact) => boolean,
): boolean {
  return ids.some((id) => facts.held(userId, relation, id).some(({ fact }) => counts(fact)));
}
