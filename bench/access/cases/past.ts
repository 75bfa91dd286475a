import { setImmediate as turn } from 'node:timers/promises';
import type { AccessCase } from '../case';
import { expectSame, measureCpu } from '../measure';
import { openQueries } from '../open-queries';
import { drawQuestions, type BenchQuestion } from '../questions';
import { seededRandom } from '../random';
import { printRow, ratio } from '../report';
import { asking } from './engine';

const QUESTIONS = 10_000;

/**
 * The same checks now and at random positions of the past, each alone. Only positions from which on
 * everything that is asked about existed: before, most answers end at once.
 */
export const pastCase: AccessCase = {
  name: 'as-of',
  run: async ({ large, migrations }) => {
    const folder = large();
    const { founded, position, organization } = folder;
    const { queries, close } = openQueries(folder, migrations);
    const ask = asking(folder, queries);
    const random = seededRandom(4);
    const asked = drawQuestions(organization, QUESTIONS).map((question) => ({
      question,
      asOf: { position: founded + random(position - founded + 1) },
    }));
    for (const { question, asOf } of asked) {
      expectSame(ask(question, asOf).allowed, question.allowed, JSON.stringify({ question, asOf }));
    }
    const each = (one: (item: (typeof asked)[number]) => unknown) => async () => {
      for (const item of asked) {
        one(item);
        await turn();
      }
    };
    const nowAt = ({ question }: { readonly question: BenchQuestion }) => ask(question);
    const [now = 0, past = 0] = await measureCpu(
      QUESTIONS,
      each(nowAt),
      each(({ question, asOf }) => ask(question, asOf)),
    );
    printRow(`as of, in ${position} events, CPU`, ['now', 'then', 'then ÷ now']);
    const times = [now, past].map((value) => `${value.toFixed(1)} µs`);
    printRow('', [...times, ratio(past / now, '≤ 2')]);
    close();
  },
};
