import type { Facts } from '../../../src/access/facts';
import { missing } from '../../../src/access/missing';
import {
  acme,
  asks,
  exists,
  granted,
  inTeam,
  letsCreate,
  pipelineIn,
} from '../../support/access/given';

const PIPELINES = 10_000;
const TEAMS = 500;
const WITH_USE = 100;

const name = (n: number): string => String(n).padStart(5, '0');

/**
 * Ten thousand pipelines in prod, beside api; each is managed by one of 500 teams, of which 100
 * have USE. Ann is in the team red, which lets its members create pipelines.
 */
function large(): Facts {
  const teams = Array.from({ length: TEAMS }, (_, n) => `tea_${name(n)}`);
  const pipelines = Array.from({ length: PIPELINES }, (_, n) => `pip_${name(n)}`);
  return acme([
    ...teams.map((team) => exists('team', team)),
    ...teams.slice(0, WITH_USE).map((team) => granted(team, 'USE', 'clu_prod')),
    ...pipelines.flatMap((pipeline, n) => [
      exists('pipeline', pipeline),
      pipelineIn(pipeline, 'clu_prod'),
      granted(teams[n % TEAMS] ?? '', 'MANAGE', pipeline),
    ]),
    inTeam('usr_ann', 'tea_red'),
    letsCreate('tea_red'),
  ]);
}

test('a large cluster is counted without a set being made for each pipeline', () => {
  const found = missing(large(), asks('usr_ann', 'queue:reach', 'que_shut'));
  const groups = found?.fixable === true ? found.groups : [];
  const count = (...parts: readonly string[]): number | undefined =>
    groups.find(({ shape }) => parts.every((part) => shape.includes(part)))?.count;
  const queue = 'grant a pipeline of the cluster on the queue';
  expect(count('grant the member USE', 'grant the member BUILD', queue)).toBe(PIPELINES + 1);
  // Whoever joins a team that manages the pipeline needs no grant on it: those pairs do not count.
  expect(count('join a team with USE or more on', 'grant the member BUILD', queue)).toBe(
    (PIPELINES + 1) * WITH_USE - (PIPELINES * WITH_USE) / TEAMS,
  );
  expect(count('join a team with USE or more on the', 'and BUILD or more on a', queue)).toBe(
    (PIPELINES * WITH_USE) / TEAMS,
  );
  for (const { count: all, sets, kinds } of groups) {
    expect(sets).toHaveLength(Math.min(all, 10));
    expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(sets.length);
    for (const set of sets) expect(set.map(({ kind }) => kind)).toEqual(kinds);
  }
});
