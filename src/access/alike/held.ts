import { agentOf, isTeam } from '../existence';
import type { Fact, Facts } from '../facts';

/** Those who hold the same thing, on one side: to a rule they are alike as far as that goes. */
export interface Holders {
  readonly facts: Facts;
  readonly ids: readonly string[];
}

/** Who holds what on the cluster itself; of teams with USE, which ones let pipelines be created. */
export function holdersOfCluster(facts: Facts, clusterId: string): readonly Holders[] {
  const grants = facts.on(clusterId, 'clusterGrant');
  const lending = grants.filter(
    ({ subject, level }) =>
      level === 'USE' &&
      isTeam(subject) &&
      facts.between(subject, 'pipelineCreation', facts.organizationId).length > 0,
  );
  return [
    holders(facts, facts.on(clusterId, 'clusterMaintainer')),
    ...byKey(facts, grants, ({ level }) => level ?? ''),
    holders(facts, lending),
  ];
}

/** Who holds which grant on the pipeline. */
export function holdersOfPipeline(facts: Facts, pipelineId: string): readonly Holders[] {
  return byKey(facts, facts.on(pipelineId, 'pipelineGrant'), ({ level }) => level ?? '');
}

/** Who manages each of what the team holds something on. */
export function managersOfHeld(facts: Facts, teamId: string): readonly Holders[] {
  const clusters = new Set(
    [...facts.of(teamId, 'clusterGrant'), ...facts.of(teamId, 'clusterMaintainer')].map(
      ({ object }) => object,
    ),
  );
  const pipelines = new Set(facts.of(teamId, 'pipelineGrant').map(({ object }) => object));
  return [
    ...[...clusters].map((id) => holders(facts, facts.on(id, 'clusterMaintainer'))),
    ...[...pipelines].map((id) => holders(facts, facts.on(id, 'pipelineGrant', 'MANAGE'))),
  ];
}

/** The pipelines that the queue, or that of the agent, grants, by the branches. */
export function pipelinesGranted(facts: Facts, id: string): readonly Holders[] {
  const queueId = agentOf(facts, id)?.queueId ?? id;
  return byKey(facts, facts.on(queueId, 'queueGrant'), ({ detail }) =>
    JSON.stringify(detail?.branches ?? []),
  );
}

function holders(facts: Facts, found: readonly Fact[]): Holders {
  return { facts, ids: found.map(({ subject }) => subject) };
}

function byKey(
  facts: Facts,
  found: readonly Fact[],
  keyOf: (fact: Fact) => string,
): readonly Holders[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of found) {
    const key = keyOf(fact);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [fact]);
    else same.push(fact);
  }
  return [...groups.values()].map((same) => holders(facts, same));
}
