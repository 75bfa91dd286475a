import type { MemoryWorld } from '../memory-world';
import { movesOf, type Move, type User } from './doing';
import type { Program } from './program';
import { DAY, type SmallOrganization } from './small-organization';

/** When what was drawn ends, at the latest. */
export const LAST_DAY = 3;

/** One mutation of a walk: which of those that change something, and whether a day passes first. */
export interface WalkStep {
  readonly pick: number;
  readonly waits: boolean;
}

/** A queue that somebody would not reach at an instant, and does by what they did themselves. */
export interface Prolonged {
  readonly queueId: string;
  /** Days after the beginning. */
  readonly day: number;
  readonly did: readonly string[];
}

/**
 * Lets the user do one mutation after the other, of which the walk picks. Before each it looks what
 * every one of them would come to: whether the user then reaches a queue at a later instant at which
 * they would not if they had done nothing. The first such case, or null.
 */
export function prolongedByDoing(
  program: Program,
  organization: SmallOrganization,
  user: User,
  walk: readonly WalkStep[],
): Prolonged | null {
  const idle = organization.world;
  let world = idle;
  let did: readonly string[] = [];
  for (const { pick, waits } of walk) {
    if (waits) world = world.at(world.now + DAY);
    const before = stateOf(world);
    const steps: { readonly world: MemoryWorld; readonly did: readonly string[] }[] = [];
    for (const [mutation, input] of movesInTime(organization, world, user)) {
      const step = program.try(world, user, mutation, input);
      if (typeof step === 'string' || stateOf(step.world) === before) continue;
      const next = { world: step.world, did: [...did, `${mutation} ${JSON.stringify(input)}`] };
      const queue = prolonged(program, idle, next.world, user);
      if (queue !== null) return { ...queue, did: next.did };
      steps.push(next);
    }
    const chosen = steps[pick % Math.max(1, steps.length)];
    if (chosen === undefined) return null;
    ({ world, did } = chosen);
  }
  return null;
}

/** Also what ends, and new queues. */
function* movesInTime(
  organization: SmallOrganization,
  world: MemoryWorld,
  user: User,
): Generator<Move> {
  const ends = [world.now + DAY / 2, organization.world.now + 2 * DAY];
  for (const [mutation, input] of movesOf(organization, world, user)) {
    yield [mutation, input];
    if (!mutation.endsWith('Grant')) continue;
    for (const expiresAt of ends) yield [mutation, { ...input, expiresAt }];
  }
  for (const [id, { kind }] of world.entities()) {
    if (kind !== 'teamMember') continue;
    for (const expiresAt of [null, ...ends]) {
      yield ['teamMemberUpdate', { teamMemberId: id, expiresAt }];
    }
  }
  const key = `new-${String(queuesOf(world).length)}`;
  for (const clusterId of organization.clusters) {
    yield ['clusterQueueCreate', { clusterId, key, mode: 'OPEN' }];
  }
}

function prolonged(
  program: Program,
  idle: MemoryWorld,
  active: MemoryWorld,
  { userId }: User,
): Pick<Prolonged, 'queueId' | 'day'> | null {
  for (let day = 0; day <= LAST_DAY; day += 1) {
    const instant = idle.now + day * DAY;
    if (instant < active.now) continue;
    const [without, having] = [idle.at(instant), active.at(instant)];
    for (const queueId of queuesOf(active)) {
      if (!program.userMay(having, userId, 'queue:reach', queueId)) continue;
      const [queue] = active.facts.of(queueId, 'queueCluster');
      const had = idle.existed('queue', queueId)
        ? program.userMay(without, userId, 'queue:reach', queueId)
        : program.userMay(without, userId, 'cluster:manage', queue?.object ?? '');
      if (!had) return { queueId, day };
    }
  }
  return null;
}

function queuesOf(world: MemoryWorld): readonly string[] {
  return [...world.entities()].filter(([, { kind }]) => kind === 'queue').map(([id]) => id);
}

/** Whatever counts for access, and for how long. */
function stateOf(world: MemoryWorld): string {
  return JSON.stringify(
    world
      .openFacts()
      .map(({ subject, relation, object, level, expiresAt }) =>
        [subject, relation, object, level, expiresAt].join(' '),
      )
      .sort(),
  );
}
