import { missing } from '../../../src/access/missing';
import type { Facts } from '../../../src/access/facts';
import { acme, asks, exists, granted, inTeam, letsCreate, pipelineIn } from '../../support/access/given';

const PIPELINES = 10_000;
const TEAMS = 500;

/** Ten thousand pipelines in prod, each managed by one of 500 teams, of which 100 have USE. */
function large(): Facts {
  const name = (n: number): string => String(n).padStart(5, '0');
  const teams = Array.from({ length: TEAMS }, (_, n) => `tea_${name(n)}`);
  const pipelines = Array.from({ length: PIPELINES }, (_, n) => `pip_${name(n)}`);
  return acme([
    ...teams.map((team) => exists('team', team)),
    ...teams.slice(0, 100).map((team) => granted(team, 'USE', 'clu_prod')),
    ...pipelines.flatMap((pipeline, n) => [
      exists('pipeline', pipeline),
      pipelineIn(pipeline, 'clu_prod'),
      granted(teams[n % TEAMS] ?? '', 'MANAGE', pipeline),
    ]),
    inTeam('usr_ann', 'tea_red'),
    letsCreate('tea_red'),
  ]);
}

test('x', () => {
  const facts = large();
  for (const r of ['que_shut', 'que_open']) {
    const t = process.hrtime.bigint();
    const found = missing(facts, asks('usr_ann', 'queue:reach', r));
    console.log(r, Number(process.hrtime.bigint() - t) / 1e6);
    console.log(found?.fixable && found.groups.map((g) => `${g.count} ${g.shape} (${g.sets.length})`).join('\n'));
  }
});
