import { TooManyWays, WAYS_MAX } from '../rule';
import type { TeamId, UserId } from '../../domain/id';
import type { Family } from './family';
import { isStep, samePair, type Choice, type Joining, type Need, type Step } from './step';

/** Steps that are enough together, one on each pair; with anything less of them they are not. */
export type Way = readonly Step[];

/**
 * The smallest alternatives of a family: no way goes as far as another on every pair that the other
 * is about. Ways that differ in nothing but the ids they choose are one.
 */
export function settle(family: Family): readonly Way[] {
  const joins = joinsOf(family);
  const ways: Way[] = [];
  for (const needs of family) {
    let made: Way[] = [[]];
    for (const need of needs) {
      const steps = isStep(need) ? [need] : (joins.get(need) ?? []);
      if (made.length * steps.length > WAYS_MAX) throw new TooManyWays('too many ways to tell');
      made = made.flatMap((way) => steps.map((step) => withStep(way, step)));
    }
    for (const way of made) ways.push(way);
    if (ways.length > WAYS_MAX) throw new TooManyWays('too many ways to tell');
  }
  return smallest(ways);
}

/** Teams that the needs to join do not tell apart: each is within or outside of all of them. */
export function alikeTeams(joinings: Iterable<Joining>): readonly (readonly string[])[] {
  const all = new Set<string>();
  const sets: ReadonlySet<string>[] = [];
  for (const { teams } of joinings) {
    sets.push(teams);
    for (const team of teams) all.add(team);
  }
  let alike: string[][] = [[...all].sort()];
  for (const teams of sets) {
    alike = alike.flatMap((group) => [
      group.filter((team) => teams.has(team)),
      group.filter((team) => !teams.has(team)),
    ]);
    alike = alike.filter((group) => group.length > 0);
  }
  return alike;
}

/** Every need to join a team that the family has, each once. */
export function joiningsOf(family: Family): ReadonlySet<Joining> {
  const isJoining = (need: Need): need is Joining => !isStep(need);
  return new Set(family.flatMap((needs) => needs.filter(isJoining)));
}

/** For each need to join, the steps that meet it: one for each group of teams that are alike. */
function joinsOf(family: Family): ReadonlyMap<Joining, readonly Step[]> {
  const joinings = joiningsOf(family);
  const groups = alikeTeams(joinings).map((ids): Choice => ({ ids, name: 'a team' }));
  const joins = new Map<Joining, readonly Step[]>();
  for (const joining of joinings) {
    const within = groups.filter(({ ids: [first = ''] }) => joining.teams.has(first));
    joins.set(
      joining,
      within.map((teams) => joinStep(joining, teams)),
    );
  }
  return joins;
}

function joinStep({ userId, gives }: Joining, teams: Choice): Step {
  return {
    kind: 'JOIN_TEAM',
    on: [teams],
    rank: 0,
    phrase: 'join a team',
    gives,
    change: ([teamId]) => ({
      kind: 'JOIN_TEAM',
      userId: userId as UserId,
      teamId: teamId as TeamId,
      role: 'MEMBER',
      raises: null,
    }),
  };
}

/** The way with one more step; on a pair that it is about already, the one that goes further. */
function withStep(way: Way, step: Step): Way {
  const at = way.findIndex((known) => samePair(known, step));
  const known = way[at];
  if (known === undefined) return [...way, step];
  const further = step.rank > known.rank ? step : known;
  const gives = [...new Set([...known.gives, ...step.gives])];
  return way.with(at, { ...further, gives });
}

/** Short ways come first, so that each need only be held against what is kept already. */
function smallest(ways: readonly Way[]): readonly Way[] {
  const kept: Way[] = [];
  const ranks = (way: Way): number => way.reduce((sum, { rank }) => sum + rank, 0);
  const ordered = ways
    .map((way) => ({ way, ranks: ranks(way) }))
    .sort((a, b) => a.way.length - b.way.length || a.ranks - b.ranks);
  for (const { way } of ordered) {
    if (!kept.some((smaller) => isWithin(smaller, way))) kept.push(way);
  }
  return kept;
}

/** True if each step of the one goes no further than a step of the other. */
function isWithin(smaller: Way, way: Way): boolean {
  return smaller.every((step) =>
    way.some((other) => samePair(step, other) && step.rank <= other.rank),
  );
}
