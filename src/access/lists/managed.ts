import { agentOf, isTeam, prefixOf } from '../existence';
import type { Facts } from '../facts';
import { maintainers } from './reach';
import { belongs, holds, past, subjectsIn, type Walk } from './walk';

const pipelineManagers = holds('pipelineGrant', ['MANAGE']);
const queueManagers = past('queueCluster', maintainers);

/** Who manages a cluster or pipeline that the team holds something on. */
export const managersOfWhatItHolds: Walk = {
  *subjects(facts, teamId, ask) {
    for (const clusterId of objectsOf(facts, teamId, ['clusterGrant', 'clusterMaintainer'])) {
      yield* maintainers.subjects(facts, clusterId, ask);
    }
    for (const pipelineId of objectsOf(facts, teamId, ['pipelineGrant'])) {
      yield* pipelineManagers.subjects(facts, pipelineId, ask);
    }
  },
  *resources(facts, user, ask) {
    for (const clusterId of new Set(maintainers.resources(facts, user, ask))) {
      yield* teamsOn(facts, clusterId, ['clusterGrant', 'clusterMaintainer']);
    }
    for (const pipelineId of new Set(pipelineManagers.resources(facts, user, ask))) {
      yield* teamsOn(facts, pipelineId, ['pipelineGrant']);
    }
  },
};

type Held = 'clusterGrant' | 'clusterMaintainer' | 'pipelineGrant';

function objectsOf(facts: Facts, teamId: string, relations: readonly Held[]): ReadonlySet<string> {
  return new Set(
    relations.flatMap((relation) => facts.of(teamId, relation).map(({ object }) => object)),
  );
}

function teamsOn(facts: Facts, object: string, relations: readonly Held[]): readonly string[] {
  return relations.flatMap((relation) => subjectsIn(facts.on(object, relation))).filter(isTeam);
}

/** Who manages a thing, by the prefix of its id. */
const MANAGERS: ReadonlyMap<string, Walk['subjects']> = new Map<string, Walk['subjects']>([
  ['tea', belongs('MAINTAINER').subjects],
  ['clu', maintainers.subjects],
  ['pip', pipelineManagers.subjects],
  ['que', queueManagers.subjects],
  ['key', past('keyCluster', maintainers).subjects],
  [
    'agt',
    (facts, id, ask) => queueManagers.subjects(facts, agentOf(facts, id)?.queueId ?? '', ask),
  ],
]);

/** Who may ask on a thing: who it is about, and who manages it. Things of every kind: no list. */
export const askers: Walk = {
  *subjects(facts, id, ask) {
    if (ask.about !== undefined) yield ask.about;
    yield* MANAGERS.get(prefixOf(id))?.(facts, id, ask) ?? [];
  },
  resources: () => [],
};
