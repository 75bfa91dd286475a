import { decide } from '../access/engine';
import type { Fact, Facts } from '../access/facts';
import { endOf, lastsUntil, laterFacts } from '../access/later';
import type { Question } from '../access/question';
import { rememberedFacts } from '../access/remembered-facts';
import type { DomainEvent } from '../domain/event';
import { Overlay } from '../views/overlay/overlay';
import type { World } from '../views/world';
import { questionOf } from './authorize';
import type { Identified } from './caller';
import type { Ask } from './handler';
import type { Fault } from './protocol';

type Member = Identified['principal'] & { readonly kind: 'user' };

const ADVICE = 'Give it an expiry no later than your own right ends, or ask an ADMIN.';
const GIFT: Fault = {
  kind: 'FAULT',
  code: 'FORBIDDEN',
  message: `What you give yourself, or a team of yours, may not outlast the right you give it by. ${ADVICE}`,
};
const REACH: Fault = {
  kind: 'FAULT',
  code: 'FORBIDDEN',
  message: `With this you would reach a queue longer than without it. ${ADVICE}`,
};

const TOO_MUCH: Fault = {
  kind: 'FAULT',
  code: 'FORBIDDEN',
  message: 'It concerns too many queues to see whether you would reach one longer: ask an ADMIN.',
};

/** So many queues times pipeline grants of the caller are looked at: all commands wait meanwhile. */
const LOOKS_MAX = 2_000_000;

/**
 * Nobody but an ADMIN prolongs their own rights. By what a plan would make of the facts, refuses
 *
 * 1. what callers give themselves, or a team of theirs, if it outlasts the right they give it by;
 * 2. whatever would let them reach a queue longer than they do without it, or a new queue longer
 *    than the right lasts that they make it by.
 *
 * Since no step makes anybody's reach last longer, no sequence of steps does. What would take too many
 * looks to tell is refused, too.
 */
export function checkProlonging(
  world: World,
  { principal, actor }: Identified,
  asks: readonly Ask[],
  events: readonly DomainEvent[],
  looksMax = LOOKS_MAX,
): Fault | undefined {
  if (principal.kind !== 'user' || events.length === 0) return undefined;
  // Each queue concerned asks for all that the caller holds.
  const facts = rememberedFacts(world.facts);
  const [role] = facts.between(principal.id, 'member', world.organizationId);
  if (role?.level === 'ADMIN') return undefined;
  // What counts is what the member may do, not what this token may.
  const member: Member = { ...principal, scopes: null };
  const planned = new Overlay(world, facts);
  planned.apply(events, actor);
  const rightEnds = (): number =>
    Math.min(...asks.map((ask) => lastsUntil(facts, questionOf(ask, member))));
  if (outlasts(ownGiftsEnd(facts, member, planned.openedFacts()), rightEnds)) return GIFT;
  const queues = queuesConcerned(facts, planned);
  if (queues.size === 0) return undefined;
  if (queues.size * grantsOf(facts, member) > looksMax) return TOO_MUCH;
  return prolongsReach(facts, member, planned, queues, rightEnds) ? REACH : undefined;
}

/** How many grants on pipelines the member holds, themselves and through teams. */
function grantsOf(facts: Facts, { id }: Member): number {
  const teams = facts.of(id, 'teamMember').map(({ object }) => object);
  return [id, ...teams].reduce((sum, holder) => sum + facts.of(holder, 'pipelineGrant').length, 0);
}

function outlasts(end: number, rightEnds: () => number): boolean {
  return end > 0 && end > rightEnds();
}

/** When the last of what the caller would get ends; 0 if nothing. */
function ownGiftsEnd(facts: Facts, { id: userId }: Member, opens: readonly Fact[]): number {
  const ends = opens.map((gift) => {
    switch (gift.relation) {
      case 'teamMember':
        return gift.subject === userId ? endOf(gift) : 0;
      case 'clusterMaintainer':
      case 'clusterGrant':
      case 'pipelineGrant': {
        if (gift.subject === userId) return endOf(gift);
        const [membership] = facts.between(userId, 'teamMember', gift.subject);
        return membership === undefined ? 0 : Math.min(endOf(membership), endOf(gift));
      }
      default:
        return 0;
    }
  });
  return Math.max(0, ...ends);
}

/**
 * Gifts need no look at reach: each way through one is matched by a way through the right that it
 * was given by, which lasts as long.
 */
function prolongsReach(
  facts: Facts,
  principal: Member,
  planned: Overlay,
  queues: ReadonlySet<string>,
  rightEnds: () => number,
): boolean {
  return [...queues].some((resource) => {
    const reach: Question = { principal, action: 'queue:reach', resource };
    const isNew = facts.of(resource, 'queueCluster').length === 0;
    const ends = isNew ? rightEnds() : lastsUntil(facts, reach);
    return (
      ends < Number.POSITIVE_INFINITY && decide(laterFacts(planned.facts, ends), reach).allowed
    );
  });
}

/** The queues that more may run on, or other pipelines, once the changes are made. */
function queuesConcerned(facts: Facts, planned: Overlay): ReadonlySet<string> {
  const queues = new Set<string>();
  const add = (taking: readonly string[]): void => {
    for (const queueId of taking) queues.add(queueId);
  };
  for (const { relation, subject, object, level } of planned.openedFacts()) {
    if (relation === 'queueCluster' && level === 'OPEN') queues.add(subject);
    if (relation === 'queueGrant') queues.add(object);
    if (relation === 'pipelineCluster') add(queuesTaking(facts, subject, object));
  }
  for (const { relation, subject } of planned.closedFacts()) {
    if (relation !== 'pipelineArchived') continue;
    const [link] = facts.of(subject, 'pipelineCluster');
    if (link !== undefined) add(queuesTaking(facts, subject, link.object));
  }
  return queues;
}

/** The queues that take the pipeline in the cluster; of OPEN ones, which are reached alike, one. */
function queuesTaking(facts: Facts, pipelineId: string, clusterId: string): readonly string[] {
  const granted = facts.of(pipelineId, 'queueGrant').map(({ object }) => object);
  const open = facts.on(clusterId, 'queueCluster', 'OPEN').slice(0, 1);
  return [...granted, ...open.map(({ subject }) => subject)];
}
