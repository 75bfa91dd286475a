import type { Action } from '../actions';
import type { Fact, Holding } from '../facts';
import type { Reason } from '../question';
import { anyOf, eachOf, followedBy, joinAll, NONE, NOWHERE } from '../rule';
import type { MemberAsked, Row, Rule } from '../rule';
import { admin, chainOf, holdingsAnywhere } from '../standing';
import { grantedUse, maintainsCluster } from './cluster';
import { createsWithUse } from './pipeline';

/** So many holdings are looked at one by one. */
const HELD_MANY = 1000;

/**
 * Below ADMIN, who can get code onto a queue. Who may unarchive a pipeline can run it again, so an
 * archived pipeline counts for those who manage it. Branch patterns do not count: a builder names
 * the branch. Without USE there is no way in but the maintainer role.
 *
 * Calls of Facts: member, queue, maintainer role and USE; then creation and, for a builder, one per
 * team of the member and at most three per pipeline that the member may build; of very many, per
 * pipeline that the queue grants.
 */
const reachesQueue: Rule = (asked, queueId) => {
  const queue = asked.facts.of(queueId, 'queueCluster')[0];
  const maintains: Rule = (_asked, clusterId) =>
    followedBy(maintainsCluster(asked, clusterId), queue);
  const queues = queue === undefined ? [] : [queue];
  return anyOf(
    maintains,
    usesFor(() => queues),
  )(asked, queue?.object ?? NOWHERE);
};

/** Below ADMIN, who maintains the cluster or reaches one of its queues. */
const reachesCluster: Rule = anyOf(
  maintainsCluster,
  usesFor(({ facts }, clusterId) => facts.on(clusterId, 'queueCluster')),
);

/**
 * May create or build what one of the queues takes. Who has no USE does neither, and for them nothing
 * else of the cluster is read: how long it takes must not tell what there is.
 */
function usesFor(queuesOf: (asked: MemberAsked, clusterId: string) => readonly Fact[]): Rule {
  return (asked, clusterId) => {
    const uses = grantedUse(asked, clusterId);
    if (uses.length === 0) return NONE;
    const queues = queuesOf(asked, clusterId);
    return queues.length === 0
      ? NONE
      : anyOf(createsFor(queues), buildsFor(queues, uses))(asked, clusterId);
  };
}

/** May create a pipeline that an OPEN one of the queues would take. */
function createsFor(queues: readonly Fact[]): Rule {
  return (asked, clusterId) => {
    const open = openOnes(asked, queues);
    return open.length === 0 ? NONE : joinAll(createsWithUse(asked, clusterId), open);
  };
}

/** May build a pipeline that one of the queues takes, with one of these grants of USE. */
function buildsFor(queues: readonly Fact[], uses: readonly Reason[]): Rule {
  return (asked, clusterId) => {
    const open = openOnes(asked, queues);
    const held = holdingsAnywhere(asked, 'pipelineGrant');
    const taken = open.length > 0 ? held : amongGranted(asked, held, queues);
    return eachOf(asked, taken, (holding) => {
      const link = buildableIn(asked, clusterId, holding.fact);
      if (link === undefined) return NONE;
      const runs =
        open.length > 0 && !asked.every
          ? open
          : [...open, ...grantedOn(asked, link.subject, queues)];
      return joinAll(followedBy(joinAll([chainOf(holding)], uses), link), runs);
    });
  };
}

/**
 * Of very many holdings those on pipelines that the queues grant: none of the others leads there, and to
 * look at each takes as many reads.
 */
function amongGranted(
  { facts }: MemberAsked,
  held: readonly Holding[],
  queues: readonly Fact[],
): readonly Holding[] {
  if (held.length <= HELD_MANY) return held;
  const grants = queues.flatMap((queue) => facts.on(queue.subject, 'queueGrant'));
  const granted = new Set(grants.map(({ subject }) => subject));
  return held.filter(({ fact }) => granted.has(fact.object));
}

/** The OPEN ones of the queues, or the first of them. */
export function openOnes({ every }: MemberAsked, queues: readonly Fact[]): readonly Reason[] {
  const open = queues.filter(({ level }) => level === 'OPEN');
  const wanted = every ? open : open.slice(0, 1);
  return wanted.map((queue) => ({ rule: 'OPEN queue', facts: [queue] }));
}

/** The pipeline's place in the cluster, if the grant lets it be built there or unarchived first. */
export function buildableIn(
  { facts }: MemberAsked,
  clusterId: string,
  grant: Fact,
): Fact | undefined {
  const { object: pipelineId, level } = grant;
  if (level !== 'BUILD' && level !== 'MANAGE') return undefined;
  const [link] = facts.between(pipelineId, 'pipelineCluster', clusterId);
  if (link === undefined || level === 'MANAGE') return link;
  return facts.of(pipelineId, 'pipelineArchived').length === 0 ? link : undefined;
}

/** The queues that grant the pipeline, each with its grant. */
export function grantedOn(
  { facts }: MemberAsked,
  pipelineId: string,
  queues: readonly Fact[],
): Reason[] {
  return facts
    .of(pipelineId, 'queueGrant')
    .flatMap((grant) =>
      queues
        .filter(({ subject }) => subject === grant.object)
        .map((queue) => ({ rule: 'pipeline granted on the queue', facts: [queue, grant] })),
    );
}

/** Rules about reach: who can, in any way, get code onto a cluster's agents. */
export const reachRows = {
  'cluster:reach': {
    text: 'ADMIN; a maintainer of it; or who has queue:reach on one of its queues.',
    user: anyOf(admin, reachesCluster),
  },
  'queue:reach': {
    text: 'Who can cause code to run there: ADMIN; a maintainer of the cluster; who has pipeline:create in the cluster, if the queue is OPEN; or who has cluster:use, and pipeline:build on a pipeline that may run there on some branch, or pipeline:manage on one that may once it is not archived.',
    user: anyOf(admin, reachesQueue),
  },
} satisfies Partial<Record<Action, Row>>;
