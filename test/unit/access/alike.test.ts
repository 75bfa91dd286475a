import { difference } from '../../../src/access/difference/difference';
import { pairsAfter } from '../../../src/access/difference/pairs';
import type { Fact } from '../../../src/access/facts';
import {
  acme,
  exists,
  granted,
  inTeam,
  letsCreate,
  pipelineIn,
  queueIn,
  takes,
} from '../../support/access/given';

/** Who gains what on a queue that is new, as `who what branches`. */
function gainedOn(queueId: string, given: readonly Fact[], added: readonly Fact[]): string[] {
  const blocks = difference(acme(given), acme([...given, ...added]), added);
  return [...pairsAfter(blocks, null)]
    .filter(({ resource }) => resource === queueId)
    .flatMap(({ subject, actions }) =>
      actions.map(({ action, branches }) => [subject, action, ...branches].join(' ')),
    );
}

test('members with USE through a team that lets them create are told from those through another', () => {
  const given = [
    granted('tea_red', 'USE', 'clu_test'),
    granted('tea_blue', 'USE', 'clu_test'),
    inTeam('usr_ann', 'tea_red'),
    inTeam('usr_eve', 'tea_blue'),
    letsCreate('tea_red'),
  ];
  expect(gainedOn('que_new', given, [queueIn('que_new', 'clu_test', 'OPEN')])).toEqual([
    'usr_ann queue:reach',
    'usr_root queue:reach',
  ]);
});

test('pipelines that a queue takes on other branches are told from one another', () => {
  const given = ['one', 'two', 'six'].flatMap((name) => [
    exists('pipeline', `pip_${name}`),
    pipelineIn(`pip_${name}`, 'clu_test'),
  ]);
  const added = [
    queueIn('que_new', 'clu_test', 'RESTRICTED'),
    takes('que_new', 'pip_one', ['main']),
    takes('que_new', 'pip_six', ['main']),
    takes('que_new', 'pip_two', ['release/*']),
  ];
  expect(gainedOn('que_new', given, added)).toEqual([
    'pip_one queue:run main',
    'pip_six queue:run main',
    'pip_two queue:run release/*',
    'usr_root queue:reach',
  ]);
});
