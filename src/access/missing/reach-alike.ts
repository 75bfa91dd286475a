import type { Family } from './family';
import type { ReachPipeline } from './reach-pipelines';
import { alikeTeams, joiningsOf } from './settle';

/**
 * Groups of pipelines in which what helps with one helps with each: they stand alike, and as many
 * teams hold as much on them that are alike in everything else that the family needs teams for.
 */
export function alikePipelines(
  family: Family,
  pipelines: readonly ReachPipeline[],
): readonly (readonly ReachPipeline[])[] {
  const kindOfTeam = new Map<string, number>();
  alikeTeams(joiningsOf(family)).forEach((teams, kind) => {
    for (const team of teams) kindOfTeam.set(team, kind);
  });
  const groups = new Map<string, ReachPipeline[]>();
  for (const pipeline of pipelines) {
    const likeness = likenessOf(pipeline, kindOfTeam);
    const group = groups.get(likeness);
    if (group === undefined) groups.set(likeness, [pipeline]);
    else group.push(pipeline);
  }
  return [...groups.values()];
}

function likenessOf(
  { archived, taken, held, grants }: ReachPipeline,
  kindOfTeam: ReadonlyMap<string, number>,
): string {
  const levels = new Map<string, string>();
  for (const { subject: team, level } of grants) {
    if (levels.get(team) !== 'MANAGE') levels.set(team, level ?? '');
  }
  const teams = [...levels].map(([team, level]) => [kindOfTeam.get(team) ?? -1, level]);
  return JSON.stringify([archived, taken, held, teams.map(String).sort()]);
}
