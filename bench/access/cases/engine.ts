import { setImmediate as turn } from 'node:timers/promises';
import { decide } from '../../../src/access/engine';
import type { Decision } from '../../../src/access/question';
import type { AsOf, Queries } from '../../../src/views/queries';
import type { AccessCase } from '../case';
import type { BenchFolder } from '../make-folder';
import { expectSame, measureCpu } from '../measure';
import { openQueries } from '../open-queries';
import { drawQuestions, principalOf, type BenchQuestion, type QuestionKind } from '../questions';
import { printRow } from '../report';

const QUESTIONS = 20_000;
/** As many as one request may ask at once. */
const BATCH = 50;

/**
 * The engine on the views, in process. Each check resolves its moment; alone, it also opens and ends
 * the transaction that a turn of the event loop reads in. Events are what an answer cites for each fact.
 */
export const engineCase: AccessCase = {
  name: 'engine',
  run: async ({ small, large, migrations }) => {
    printRow('one check in process, CPU', ['alone', `one of ${BATCH}`, 'with events']);
    for (const folder of [small(), large()]) {
      const { queries, close } = openQueries(folder, migrations);
      const users = `${folder.organization.users.length} users`;
      await measure(users, folder, queries);
      await measure(`${users}, queue:reach`, folder, queries, ['queue:reach']);
      close();
    }
  },
};

async function measure(
  name: string,
  folder: BenchFolder,
  queries: Queries,
  kinds?: readonly QuestionKind[],
): Promise<void> {
  const questions = drawQuestions(folder.organization, QUESTIONS, kinds);
  const ask = asking(folder, queries);
  for (const question of questions) {
    expectSame(ask(question).allowed, question.allowed, JSON.stringify(question));
  }
  const inBatches = (one: (question: BenchQuestion) => unknown, size: number) => async () => {
    for (const [index, question] of questions.entries()) {
      one(question);
      if ((index + 1) % size === 0) await turn();
    }
  };
  const cpu = await measureCpu(
    QUESTIONS,
    inBatches(ask, 1),
    inBatches(ask, BATCH),
    inBatches((question) => citedBy(ask(question), folder, queries), BATCH),
  );
  printRow(
    name,
    cpu.map((value) => `${value.toFixed(1)} µs`),
  );
}

/** Asks one question as of a moment, now by default. */
export function asking(
  { organization: { organizationId } }: BenchFolder,
  queries: Queries,
): (question: BenchQuestion, asOf?: AsOf) => Decision {
  return (question, asOf = null) => {
    const moment = queries.moment(organizationId, asOf, Date.now());
    if (moment === 'UNKNOWN_MOMENT') throw new RangeError('no such moment');
    const facts = queries.facts(organizationId, moment);
    const { action, resourceId: resource } = question;
    return decide(facts, { principal: principalOf(question), action, resource });
  };
}

function citedBy({ reasons }: Decision, folder: BenchFolder, queries: Queries): number {
  const positions = reasons.flatMap(({ facts }) => facts.map(({ from }) => from));
  return queries.eventsAt(folder.organization.organizationId, positions).length;
}
