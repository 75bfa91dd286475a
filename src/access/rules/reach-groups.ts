import type { Fact, Holding } from '../facts';
import type { Reason } from '../question';
import type { MemberAsked } from '../rule';
import { chainOf, holdingsAnywhere } from '../standing';
import type { WayGroup, WayKind, WayPart } from '../way-group';
import { grantedUse, maintainsCluster } from './cluster';
import { createsWithUse } from './pipeline';
import { buildableIn, grantedOn, openOnes } from './reach';

/**
 * Every way in which the member reaches the cluster or queue, grouped: the rules of reach once more,
 * with what they would join kept apart. None if there is no such thing, or no way.
 */
export function groupsOfReach(asked: MemberAsked): readonly WayGroup[] {
  const { action, resource } = asked.question;
  const every = { ...asked, every: true };
  if (action === 'cluster:reach') {
    return groupsOf(every, resource, asked.facts.on(resource, 'queueCluster'), []);
  }
  const queues = asked.facts.of(resource, 'queueCluster');
  return queues[0] === undefined ? [] : groupsOf(every, queues[0].object, queues, queues);
}

/** The queues are of the cluster; what leads to it leads to what is asked about with these facts. */
function groupsOf(
  asked: MemberAsked,
  clusterId: string,
  queues: readonly Fact[],
  beyond: readonly Fact[],
): readonly WayGroup[] {
  const maintains = [{ alternatives: maintainsCluster(asked, clusterId) }];
  const open = openOnes(asked, queues);
  const creates = [{ alternatives: createsWithUse(asked, clusterId) }, { alternatives: open }];
  return [
    ...(asked.role === 'ADMIN' ? [group('ADMIN', [], [])] : []),
    group('MAINTAINS', beyond, maintains),
    group('CREATES', [], creates),
    ...builds(asked, clusterId, queues),
  ].filter(({ parts }) => parts.every(({ alternatives }) => alternatives.length > 0));
}

function builds(asked: MemberAsked, clusterId: string, queues: readonly Fact[]): WayGroup[] {
  const uses = grantedUse(asked, clusterId);
  if (uses.length === 0 || queues.length === 0) return [];
  const open = openOnes(asked, queues);
  const byPipeline = new Map<string, { readonly link: Fact; readonly held: Reason[] }>();
  for (const holding of holdingsAnywhere(asked, 'pipelineGrant')) {
    const link = buildableIn(asked, clusterId, holding.fact);
    if (link !== undefined) addTo(byPipeline, link, holding);
  }
  return [...byPipeline].map(([pipelineId, { link, held }]) => {
    const runs = [...open, ...grantedOn(asked, pipelineId, queues)];
    const parts = [held, uses, runs].map((alternatives) => ({ alternatives }));
    return { ...group('BUILDS', [link], parts), pipelineId };
  });
}

function addTo(
  byPipeline: Map<string, { readonly link: Fact; readonly held: Reason[] }>,
  link: Fact,
  holding: Holding,
): void {
  const known = byPipeline.get(link.subject);
  if (known === undefined) byPipeline.set(link.subject, { link, held: [chainOf(holding)] });
  else known.held.push(chainOf(holding));
}

function group(kind: WayKind, always: readonly Fact[], parts: readonly WayPart[]): WayGroup {
  return { kind, pipelineId: null, always, parts };
}
