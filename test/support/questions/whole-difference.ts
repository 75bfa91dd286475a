import { comparedActions, extentOf } from '../../../src/access/difference/compared';
import { withAgentsOf } from '../../../src/access/difference/difference';
import type { Facts } from '../../../src/access/facts';

/** Every member, pipeline, thing and live agent there is in either of the two. */
function everyPair(sides: readonly Facts[]): readonly (readonly [string, string])[] {
  const on = (relation: 'member' | 'team' | 'cluster' | 'pipeline'): readonly string[] => [
    ...new Set(
      sides.flatMap((facts) =>
        facts.on(facts.organizationId, relation).map(({ subject }) => subject),
      ),
    ),
  ];
  const queues = [
    ...new Set(
      on('cluster').flatMap((cluster) =>
        sides.flatMap((facts) => facts.on(cluster, 'queueCluster').map(({ subject }) => subject)),
      ),
    ),
  ];
  const agents = queues.flatMap((queue) => (sides[0]?.agentsOn(queue) ?? []).map(({ id }) => id));
  const things = [
    ...[sides[0]?.organizationId ?? ''],
    ...[...on('team'), ...on('cluster'), ...on('pipeline'), ...queues, ...agents],
  ];
  return [...on('member'), ...on('pipeline')].flatMap((subject) =>
    things.map((thing) => [subject, thing] as const),
  );
}

/** What really differs, by asking the engine everything on both sides. */
export function really(before: Facts, after: Facts): readonly string[] {
  return everyPair([before, after])
    .flatMap(([subject, resource]) =>
      comparedActions(subject, resource).flatMap((action) => {
        const was = JSON.stringify(extentOf(before, subject, action, resource));
        const is = JSON.stringify(extentOf(withAgentsOf(after, before), subject, action, resource));
        return was === is ? [] : [`${subject} ${action} ${resource}`];
      }),
    )
    .sort();
}
