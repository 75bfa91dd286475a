import { ACTIONS, type Action } from '../actions';
import { prefixOf } from '../existence';
import type { Facts } from '../facts';
import type { Crowd } from './crowd';
import {
  holdersOfCluster,
  holdersOfPipeline,
  managersOfHeld,
  pipelinesGranted,
  type Holders,
} from './held';
import type { Partition } from './partition';

/**
 * True if the action is answered alike for all who stand alike to the thing: not if it is about
 * oneself or needs a target.
 */
export function isSharedByAlike(action: Action): boolean {
  return !['any', 'installation', 'user'].includes(ACTIONS[action]) && action !== 'pipeline:move';
}

/**
 * Who stands alike to a thing: has the same role, and holds the same, on every side, of all that the
 * rules about the thing read, itself or through teams. So the engine's answer about one is its answer
 * about each of them.
 */
export class Alike {
  readonly #sides: readonly Facts[];
  readonly #inCluster = new Known();
  readonly #reaching = new Known();

  /** @param sides what answers are compared on; one if they are asked for themselves */
  constructor(sides: readonly Facts[]) {
    this.#sides = sides;
  }

  /** The crowd in classes of those who stand alike to the resource, as far as the actions go. */
  partition(crowd: Crowd, resource: string, actions: readonly Action[]): Partition {
    const standing = crowd.standing();
    if (crowd.ids.length === 1) return standing;
    if (prefixOf(crowd.ids[0] ?? '') === 'pip') {
      return this.#split(standing, crowd, (facts) => pipelinesGranted(facts, resource));
    }
    switch (prefixOf(resource)) {
      case 'clu':
        return actions.includes('cluster:reach')
          ? this.#toReach(crowd, [resource])
          : this.#toClusters(crowd, [resource]);
      case 'que':
        return this.#toReach(crowd, this.#objects(resource, 'queueCluster'));
      case 'pip':
        return this.#split(
          this.#toClusters(crowd, this.#objects(resource, 'pipelineCluster')),
          crowd,
          (facts) => holdersOfPipeline(facts, resource),
        );
      case 'tea':
        return this.#toTeam(crowd, resource);
      default:
        return standing;
    }
  }

  /** What a pipeline's builders reach depends on all pipelines of the cluster. */
  #toReach(crowd: Crowd, clusterIds: readonly string[]): Partition {
    return this.#reaching.get(crowd, clusterIds, () => {
      const pipelines = clusterIds.flatMap((id) => this.#subjects(id, 'pipelineCluster'));
      return this.#split(this.#toClusters(crowd, clusterIds), crowd, (facts) =>
        [...new Set(pipelines)].flatMap((id) => holdersOfPipeline(facts, id)),
      );
    });
  }

  #toClusters(crowd: Crowd, clusterIds: readonly string[]): Partition {
    return this.#inCluster.get(crowd, clusterIds, () =>
      this.#split(crowd.standing(), crowd, (facts) =>
        clusterIds.flatMap((id) => holdersOfCluster(facts, id)),
      ),
    );
  }

  #toTeam(crowd: Crowd, teamId: string): Partition {
    const members = this.#split(crowd.standing(), crowd, (facts) => [{ facts, ids: [teamId] }]);
    return this.#split(
      members.split(this.#sides.map((facts) => crowd.maintaining(facts, teamId))),
      crowd,
      (facts) => managersOfHeld(facts, teamId),
    );
  }

  #split(
    partition: Partition,
    crowd: Crowd,
    holdersOn: (facts: Facts) => readonly Holders[],
  ): Partition {
    const groups = this.#sides.flatMap(holdersOn).map(({ facts, ids }) => crowd.heldBy(facts, ids));
    // What all of them hold tells none from another.
    return partition.split(groups.filter((group) => group !== null));
  }

  #objects(subject: string, relation: 'queueCluster' | 'pipelineCluster'): readonly string[] {
    return unique(
      this.#sides.flatMap((facts) => facts.of(subject, relation).map(({ object }) => object)),
    );
  }

  #subjects(object: string, relation: 'pipelineCluster'): readonly string[] {
    return unique(
      this.#sides.flatMap((facts) => facts.on(object, relation).map(({ subject }) => subject)),
    );
  }
}

/** Partitions of crowds by the clusters that they are about; those by one cluster are kept. */
class Known {
  readonly #partitions = new Map<Crowd, Map<string, Partition>>();

  get(crowd: Crowd, clusterIds: readonly string[], make: () => Partition): Partition {
    const [clusterId] = clusterIds;
    if (clusterId === undefined || clusterIds.length > 1) return make();
    const ofCrowd = this.#partitions.get(crowd) ?? new Map<string, Partition>();
    this.#partitions.set(crowd, ofCrowd);
    const known = ofCrowd.get(clusterId) ?? make();
    ofCrowd.set(clusterId, known);
    return known;
  }
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
