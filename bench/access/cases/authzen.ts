import type { AccessCase } from '../case';
import { startLoader } from '../load/load';
import type { Target } from '../load/messages';
import { expectSame } from '../measure';
import { drawQuestions, type BenchQuestion } from '../questions';
import { printRow, ratio } from '../report';
import { Servers } from '../servers/server-process';

const QUESTIONS = 2000;
const BATCH = 50;
const ONE = '/access/v1/evaluation';
const MANY = '/access/v1/evaluations';

interface Decision {
  readonly decision: boolean;
}

/** AuthZEN evaluations over HTTP, one and many a request, beside the bare server. */
export const authzenCase: AccessCase = {
  name: 'authzen',
  run: async ({ large }) => {
    const { organization, path } = large();
    const questions = drawQuestions(organization, QUESTIONS);
    const batches = Array.from({ length: QUESTIONS / BATCH }, (_, index) =>
      questions.slice(index * BATCH, (index + 1) * BATCH),
    );
    const servers = new Servers();
    const loader = startLoader();
    try {
      const palisade = await servers.palisade(path);
      const to = (port: number, endpoint: string, bodies: readonly object[]): Target => ({
        port,
        path: endpoint,
        headers: { authorization: `Bearer ${organization.token}` },
        bodies: bodies.map((body) => JSON.stringify(body)),
      });
      const ones = questions.map(entitiesOf);
      const many = batches.map((batch) => ({ evaluations: batch.map(entitiesOf) }));
      if (!(await serves(palisade.port, ONE))) {
        console.log(`${ONE} is not served: AuthZEN is not measured`);
        return;
      }
      const answers = await loader.askAll(to(palisade.port, ONE, ones));
      const lists = await loader.askAll(to(palisade.port, MANY, many));
      expectSame(answers.map(decisionOf), questions.map(allowedOf), 'decisions');
      expectSame(lists.flatMap(decisionsOf), questions.map(allowedOf), 'decisions of lists');
      const bare = await servers.yardstick('bare-server', {
        answer: JSON.parse(answers[0] ?? '{}') as object,
      });
      const [ours, batched, theirs] = await loader.measure([
        { server: palisade, target: to(palisade.port, ONE, ones) },
        { server: palisade, target: to(palisade.port, MANY, many) },
        { server: bare, target: to(bare.port, ONE, ones) },
      ]);
      if (ours === undefined || batched === undefined || theirs === undefined) return;
      printRow('AuthZEN over HTTP', ['Palisade', 'bare server', 'ours ÷ bare']);
      printRow('requests/s', [
        ours.perSecond.toFixed(0),
        theirs.perSecond.toFixed(0),
        ratio(ours.perSecond / theirs.perSecond, '≥ 0.6'),
      ]);
      printRow('CPU a request', [`${ours.cpuUs.toFixed(1)} µs`, `${theirs.cpuUs.toFixed(1)} µs`]);
      printRow(`decisions/s, ${BATCH} a request`, [
        `${(batched.perSecond * BATCH).toFixed(0)} (≥ 150k)`,
        `${(batched.cpuUs / BATCH).toFixed(1)} µs each`,
      ]);
    } finally {
      loader.stop();
      await servers.stop();
    }
  },
};

async function serves(port: number, path: string): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST' });
  return response.status !== 404;
}

function entitiesOf({ subjectId, action, resourceId }: BenchQuestion): object {
  const resources = { clu: 'cluster', pip: 'pipeline', que: 'queue' };
  return {
    subject: { type: subjectId.startsWith('usr_') ? 'user' : 'pipeline', id: subjectId },
    action: { name: action },
    resource: { type: resources[resourceId.slice(0, 3) as keyof typeof resources], id: resourceId },
  };
}

function allowedOf({ allowed }: BenchQuestion): boolean {
  return allowed;
}

function decisionOf(answer: string): boolean {
  return (JSON.parse(answer) as Decision).decision;
}

function decisionsOf(answer: string): readonly boolean[] {
  const { evaluations } = JSON.parse(answer) as { readonly evaluations: readonly Decision[] };
  return evaluations.map(({ decision }) => decision);
}
