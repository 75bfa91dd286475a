import { join } from 'node:path';
import { askersOf, type BenchAsker } from '../alike/asker';
import { noiseOf, timesOf } from '../alike/compare';
import { makeAlikeFolder, type Things } from '../alike/folder';
import { ALIKE_QUESTIONS, type AlikeQuestion } from '../alike/questions';
import type { AccessCase } from '../case';
import { expectSame, median } from '../measure';
import { openQueries } from '../open-queries';
import { pick, seededRandom } from '../random';
import { printRow } from '../report';

/** So many questions in a row are measured at once, each about another thing. */
const CALLS = 50;

/** Who asks, and about what: all of it is answered as if it were not there. */
interface Setting {
  readonly name: string;
  readonly asker: BenchAsker;
  readonly hidden: Things;
  readonly foreign: Things;
  readonly deleted: Things;
  readonly absent: Things;
}

/**
 * What is hidden, of another organization or deleted beside what never was: processor time of the
 * same question, in process, where nothing of the network and little of the edge is in the way.
 */
export const alikeCase: AccessCase = {
  name: 'alike',
  run: async ({ folder, migrations }) => {
    const made = makeAlikeFolder(join(folder, 'alike'), migrations);
    const { home, abroad } = made;
    const { queries, close } = openQueries(made, migrations);
    const askerOf = await askersOf(queries);
    const things = { hidden: home.standing, foreign: abroad.standing };
    const { deleted, absent } = home;
    const settings: readonly Setting[] = [
      { name: 'a MEMBER', asker: askerOf(home, home.member), ...things, deleted, absent },
      { name: 'a narrow token', asker: askerOf(home, home.narrow), ...things, deleted, absent },
      {
        name: 'an ADMIN of elsewhere',
        asker: askerOf(abroad, abroad.admin),
        ...{ hidden: {}, foreign: home.standing, deleted: home.deleted, absent: abroad.absent },
      },
    ];
    for (const setting of settings) {
      printRow(setting.name, ['absent', 'noise', 'hidden ÷', 'foreign ÷', 'deleted ÷']);
      for (const question of ALIKE_QUESTIONS) await measure(setting, question);
    }
    close();
  },
};

async function measure(setting: Setting, { name, about, ask }: AlikeQuestion): Promise<void> {
  const { asker } = setting;
  const kinds = (['absent', 'hidden', 'foreign', 'deleted'] as const).flatMap((kind) => {
    const ids = setting[kind][about];
    return ids === undefined ? [] : [{ kind, ids }];
  });
  const answers = await Promise.all(
    kinds.map(async ({ ids: [id = ''] }) => (await ask(asker, id)).replaceAll(id, 'ID')),
  );
  for (const answer of answers) expectSame(answer, answers[0], name);
  const random = seededRandom(7);
  const times = await timesOf(
    kinds.map(({ ids }) => {
      let asked = 0;
      return () => {
        asked += 1;
        return ask(asker, pick(ids, asked));
      };
    }),
    CALLS,
    random,
  );
  const [absent = []] = times;
  const middle = median(absent);
  const ratioOf = (kind: string): string => {
    const at = kinds.findIndex((one) => one.kind === kind);
    return at < 0 ? '–' : (median(times[at] ?? []) / middle).toFixed(2);
  };
  const noise = `± ${noiseOf(absent, random).toFixed(2)}`;
  printRow(name, [
    ...[`${middle.toFixed(1)} µs`, noise],
    ...['hidden', 'foreign', 'deleted'].map(ratioOf),
  ]);
}
