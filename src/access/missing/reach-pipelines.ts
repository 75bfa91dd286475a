import type { Fact } from '../facts';
import { holdingsAnywhere } from '../standing';
import { isArchived } from './held';
import type { Subject } from './subject';

/** A pipeline of the cluster, as far as it counts for getting code onto the queues. */
export interface ReachPipeline {
  readonly id: string;
  readonly archived: boolean;
  /** One of the queues takes it, or would once it is not archived. */
  readonly taken: boolean;
  /** The most that the member holds on it, if it is BUILD or MANAGE. */
  readonly held: 'BUILD' | 'MANAGE' | null;
  /** What other teams hold on it that is BUILD or MANAGE. */
  readonly grants: readonly Fact[];
}

/** Every pipeline of the cluster, in the order of their ids. */
export function reachPipelines(
  subject: Subject,
  clusterId: string,
  queues: readonly Fact[],
): readonly ReachPipeline[] {
  const { facts, asked } = subject;
  const open = queues.some(({ level }) => level === 'OPEN');
  const granted = new Set(
    queues.flatMap((queue) => facts.on(queue.subject, 'queueGrant')).map((fact) => fact.subject),
  );
  const held = new Map<string, 'BUILD' | 'MANAGE'>();
  for (const { fact } of holdingsAnywhere(asked, 'pipelineGrant')) {
    if (fact.level === 'MANAGE') held.set(fact.object, 'MANAGE');
    else if (fact.level === 'BUILD' && !held.has(fact.object)) held.set(fact.object, 'BUILD');
  }
  return facts.on(clusterId, 'pipelineCluster').map(({ subject: id }) => ({
    id,
    archived: isArchived(subject, id),
    taken: open || granted.has(id),
    held: held.get(id) ?? null,
    grants: facts
      .on(id, 'pipelineGrant')
      .filter(({ subject: holder, level }) => level !== 'READ' && subject.isOther(holder)),
  }));
}

/** True if the member builds it, or may unarchive and then build it. */
export function isBuildable({ held, archived }: ReachPipeline): boolean {
  return held === 'MANAGE' || (held === 'BUILD' && !archived);
}

/** The grants of other teams that make it buildable for who joins them, with nothing else. */
export function buildableThrough({ grants, archived }: ReachPipeline): readonly Fact[] {
  return archived ? grants.filter(({ level }) => level === 'MANAGE') : grants;
}
