import type { AccessCase } from '../case';
import { startLoader, type Loaded, type ServerRate } from '../load/load';
import type { Target } from '../load/messages';
import { expectSame } from '../measure';
import { drawQuestions, type BenchQuestion } from '../questions';
import { printRow, ratio } from '../report';
import { Servers } from '../servers/server-process';

const QUESTIONS = 2000;
const BATCH = 50;

const DECISION = 'allowed code message moment { position } rulesVersion';
const REASONS = `reasons { rule hiddenFactCount facts { relation subjectId objectId level
  event { position type recordedAt actor { kind id } } } }`;
const QUERIES = {
  'decision alone': DECISION,
  'with reasons': `${DECISION} ${REASONS}`,
};

interface Answer {
  readonly data: { readonly accessCheck: { readonly allowed: boolean } };
}

/**
 * One check a request, over HTTP and through everything that a request of a client goes through.
 * Beside it the bare server answers as many bytes, and mercurius the same question.
 */
export const graphqlCase: AccessCase = {
  name: 'graphql',
  run: async ({ large }) => {
    const { organization, path, viewsNumber } = large();
    const questions = drawQuestions(organization, QUESTIONS);
    const servers = new Servers();
    const loader = startLoader();
    try {
      const palisade = await servers.palisade(path);
      const mercurius = await servers.yardstick('mercurius-server', { path, viewsNumber });
      for (const [name, selection] of Object.entries(QUERIES)) {
        const to = (port: number): Target => ({
          port,
          path: '/graphql',
          headers: { authorization: `Bearer ${organization.token}` },
          bodies: questions.map((question) => bodyOf(question, selection)),
        });
        const answers = parsed(await loader.askAll(to(palisade.port)));
        const others = parsed(await loader.askAll(to(mercurius.port)));
        questions.forEach((question, index) => {
          const answer = answers[index];
          expectSame(answer?.data.accessCheck.allowed, question.allowed, JSON.stringify(answer));
          expectSame(others[index]?.data, answer?.data, JSON.stringify(question));
        });
        const bare = await servers.yardstick('bare-server', { answer: answers[0] });
        const loaded: Loaded[] = [palisade, mercurius, bare].map((server) => ({
          server,
          target: to(server.port),
        }));
        print(name, await loader.measure(loaded));
      }
      const batches: Target = {
        ...{ port: palisade.port, path: '/graphql' },
        headers: { authorization: `Bearer ${organization.token}` },
        bodies: chunks(questions).map(batchOf),
      };
      const decisions = (await loader.askAll(batches)).flatMap(decisionsOf);
      expectSame(
        decisions,
        questions.map(({ allowed }) => allowed),
        'decisions of batches',
      );
      const [batched] = await loader.measure([{ server: palisade, target: batches }]);
      if (batched === undefined) return;
      printRow(`accessChecks, ${BATCH} a request`, [
        `${(batched.perSecond * BATCH).toFixed(0)} decisions/s`,
        `${(batched.cpuUs / BATCH).toFixed(1)} µs each`,
      ]);
    } finally {
      loader.stop();
      await servers.stop();
    }
  },
};

function bodyOf({ subjectId, action, resourceId }: BenchQuestion, selection: string): string {
  const query = `query Check($input: AccessCheckInput!) { accessCheck(input: $input) { ${selection} } }`;
  return JSON.stringify({ query, variables: { input: { subjectId, action, resourceId } } });
}

function chunks(questions: readonly BenchQuestion[]): readonly (readonly BenchQuestion[])[] {
  const count = Math.ceil(questions.length / BATCH);
  return Array.from({ length: count }, (_, at) => questions.slice(at * BATCH, (at + 1) * BATCH));
}

function batchOf(questions: readonly BenchQuestion[]): string {
  const query = `query Checks($questions: [AccessQuestionInput!]!) { accessChecks(questions: $questions) { allowed } }`;
  const asked = questions.map(({ subjectId, action, resourceId }) => ({
    ...{ subjectId, action, resourceId },
  }));
  return JSON.stringify({ query, variables: { questions: asked } });
}

function decisionsOf(answer: string): readonly boolean[] {
  const { data } = JSON.parse(answer) as {
    readonly data: { readonly accessChecks: readonly { readonly allowed: boolean }[] };
  };
  return data.accessChecks.map(({ allowed }) => allowed);
}

function parsed(answers: readonly string[]): readonly Answer[] {
  return answers.map((answer) => JSON.parse(answer) as Answer);
}

function print(name: string, [ours, mercurius, bare]: readonly ServerRate[]): void {
  if (ours === undefined || mercurius === undefined || bare === undefined) return;
  printRow(`accessCheck over HTTP, ${name}`, ['Palisade', 'mercurius', 'bare server']);
  const rates = [ours, mercurius, bare];
  printRow(
    'requests/s',
    rates.map(({ perSecond }) => perSecond.toFixed(0)),
  );
  printRow(
    'CPU a request',
    rates.map(({ cpuUs }) => `${cpuUs.toFixed(1)} µs`),
  );
  printRow('ours ÷ theirs, requests/s', [
    '',
    ratio(ours.perSecond / mercurius.perSecond, '≥ 0.4'),
    ratio(ours.perSecond / bare.perSecond, '≥ 0.3'),
  ]);
  printRow('theirs ÷ ours, CPU', [
    '',
    (mercurius.cpuUs / ours.cpuUs).toFixed(2),
    (bare.cpuUs / ours.cpuUs).toFixed(2),
  ]);
}
