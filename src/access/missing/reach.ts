import type { Fact } from '../facts';
import { createsWithUse } from './creation';
import { and, MET, NEVER, oneOf, or, type Family } from './family';
import { givenOnPipeline, onCluster } from './held';
import { whole, type Lot } from './lot';
import { alikePipelines } from './reach-alike';
import {
  buildableThrough,
  isBuildable,
  reachPipelines,
  type ReachPipeline,
} from './reach-pipelines';
import type { Choice } from './step';
import { grantQueue, openQueue, unarchive } from './steps';
import { choices, only, type Subject } from './subject';

const NAME = 'a pipeline of the cluster';

/** To maintain the cluster, or to reach one of its queues. */
export function reachesCluster(subject: Subject, clusterId: string): readonly Lot[] {
  const queues = subject.facts.on(clusterId, 'queueCluster');
  return reaches(subject, only(clusterId, 'the cluster'), queues, 'a queue of the cluster');
}

/** To reach the queue. */
export function reachesQueue(subject: Subject, queueId: string): readonly Lot[] {
  const queue = subject.facts.of(queueId, 'queueCluster')[0];
  if (queue === undefined) return [];
  return reaches(subject, only(queue.object, "the queue's cluster"), [queue], 'the queue');
}

/**
 * The ways that touch no pipeline, and those that do. A way touches one pipeline at most, and many
 * are alike: of those, one is worked out for all.
 */
function reaches(
  subject: Subject,
  cluster: Choice,
  queues: readonly Fact[],
  queueName: string,
): readonly Lot[] {
  const [clusterId = ''] = cluster.ids;
  const pipelines = reachPipelines(subject, clusterId, queues);
  const lanes = choices(
    queues.map(({ subject: id }) => id),
    queueName,
  );
  const isOpen = queues.some(({ level }) => level === 'OPEN');
  const open = isOpen ? MET : oneOf(...lanes.map(openQueue));
  const use = onCluster(subject, cluster, 'USE');
  const untouched = or(
    onCluster(subject, cluster, 'MAINTAINER'),
    and(open, createsWithUse(subject, cluster)),
    and(use, buildsUntouched(subject, pipelines, open)),
  );
  const touched = pipelines.filter((pipeline) => !isBuildable(pipeline) || !pipeline.taken);
  return [
    ...whole(untouched),
    ...alikePipelines(untouched, touched).map((alike) =>
      lotOf(alike, (pipeline, choice) =>
        or(
          untouched,
          and(use, builds(subject, pipeline, choice), taken(pipeline, choice, open, lanes)),
        ),
      ),
    ),
  ];
}

function lotOf(
  alike: readonly ReachPipeline[],
  familyOf: (pipeline: ReachPipeline, choice: Choice) => Family,
): Lot {
  const known = alike.map((pipeline) => ({ pipeline, choice: only(pipeline.id, NAME) }));
  return {
    size: alike.length,
    family: (index) => {
      const at = known[index];
      return at === undefined ? NEVER : familyOf(at.pipeline, at.choice);
    },
    about: (index) => known[index]?.choice ?? null,
  };
}

/** To build one of the pipelines as it stands: by what is held, or by joining a team alone. */
function buildsUntouched(
  subject: Subject,
  pipelines: readonly ReachPipeline[],
  open: Family,
): Family {
  const someBuilt = (some: readonly ReachPipeline[], which: string): Family => {
    if (some.some(isBuildable)) return MET;
    return oneOf(subject.joining(some.flatMap(buildableThrough), `BUILD or more on ${which}`));
  };
  const running = pipelines.filter((pipeline) => pipeline.taken);
  return or(someBuilt(running, 'one that runs there'), and(open, someBuilt(pipelines, NAME)));
}

/** To build the pipeline, or to unarchive it and then build it. */
function builds(subject: Subject, pipeline: ReachPipeline, choice: Choice): Family {
  if (isBuildable(pipeline)) return MET;
  const { archived, held, grants } = pipeline;
  const building = or(
    held === null ? givenOnPipeline(subject, choice, 'BUILD', false) : MET,
    oneOf(subject.joining(grants, `BUILD or more on ${NAME}`)),
  );
  if (!archived) return building;
  return or(
    and(oneOf(unarchive(choice)), building),
    oneOf(subject.joining(buildableThrough(pipeline), `MANAGE on ${NAME}`)),
  );
}

/** To be taken by one of the queues. Nothing is given to what is archived. */
function taken(
  pipeline: ReachPipeline,
  choice: Choice,
  open: Family,
  lanes: readonly Choice[],
): Family {
  if (pipeline.taken) return MET;
  const granted = oneOf(...lanes.map((lane) => grantQueue(choice, lane)));
  return or(open, pipeline.archived ? and(oneOf(unarchive(choice)), granted) : granted);
}
