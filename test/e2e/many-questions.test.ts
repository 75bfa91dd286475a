import { addMember, Api } from '../support/e2e/api';
import { Authzen } from '../support/e2e/authzen';
import { startServer, type ServerProcess } from '../support/server-process';

/* One request may ask much, and whoever asks can make each question dear: together they are bounded. */

const PIPELINES = 80;

let server: ServerProcess;
let member: { readonly id: string; readonly api: Api };
let queueId = '';

beforeAll(async () => {
  server = await startServer();
  const { organizationId } = server;
  const admin = new Api(server.url, server.adminToken);
  member = await addMember(admin, organizationId, 'maker');
  const userId = member.id;
  const addCluster = async (slug: string): Promise<string> => {
    const { cluster } = await admin.do(
      'clusterCreate',
      { organizationId, slug, name: slug },
      'cluster { id }',
    );
    return String(cluster.id);
  };
  const [own, other] = [await addCluster('own'), await addCluster('other')];
  await admin.do('clusterMaintainerAdd', { clusterId: own, userId });
  await admin.do('clusterGrant', { clusterId: other, userId, level: 'USE' });
  const restricted = { clusterId: other, key: 'deploy', mode: 'RESTRICTED' };
  const { queue } = await admin.do('clusterQueueCreate', restricted, 'queue { id }');
  queueId = String(queue.id);
  const slugs = Array.from({ length: PIPELINES }, (_, at) => `p${String(at)}`);
  await Promise.all(
    slugs.map((slug) =>
      member.api.do('pipelineCreate', { organizationId, clusterId: own, slug, name: slug }),
    ),
  );
});
afterAll(() => server.stop());

const CHECKS = `checks: accessChecks(questions: $questions) { code }`;
const question = () => ({ subjectId: member.id, action: 'queue:reach', resourceId: queueId });
const questions = (count: number) => ({ questions: Array.from({ length: count }, question) });
const checks = (times: number) =>
  Array.from({ length: times }, (_, at) => CHECKS.replace('checks', `a${String(at)}`)).join(' ');

test('checks of one GraphQL request, however many they are asked in', async () => {
  const ask = (times: number, count: number) =>
    member.api.query(
      `query ($questions: [AccessQuestionInput!]!) { ${checks(times)} }`,
      questions(count),
    );
  const few = await ask(1, 200);
  expect(few.errors).toBeUndefined();
  expect(few.data.a0).toEqual(Array(200).fill({ code: 'DENIED' }));
  const many = await ask(30, 200);
  expect(many.data.a0).toHaveLength(200);
  expect(many.data.a29).toBeNull();
  expect(many.errors?.at(-1)?.extensions['code']).toBe('QUERY_TOO_COMPLEX');
});

test('actions of one GraphQL request, of which none may be allowed', async () => {
  const actions = Array.from(
    { length: 20 },
    (_, at) => `b${String(at)}: accessActions(subjectId: $s, resourceId: $r) { nodes { action } }`,
  );
  const answer = await member.api.query(
    `query ($s: ID!, $r: ID!, $questions: [AccessQuestionInput!]!) {
      ${checks(5)} ${actions.join(' ')}
    }`,
    { s: member.id, r: queueId, ...questions(200) },
  );
  expect(answer.data.b19).toBeNull();
  expect(answer.errors?.at(-1)?.extensions['code']).toBe('QUERY_TOO_COMPLEX');
});

test('evaluations of one AuthZEN call', async () => {
  const authzen = new Authzen(server.url, member.api.token);
  const call = (count: number) =>
    authzen.post('evaluations', {
      subject: { type: 'user', id: member.id },
      action: { name: 'queue:reach' },
      resource: { type: 'queue', id: queueId },
      evaluations: Array(count).fill({}),
    });
  const few = await call(100);
  expect([few.status, few.json.evaluations.length]).toEqual([200, 100]);
  const many = await call(1000);
  expect([many.status, many.json]).toEqual([400, expect.stringContaining('ask fewer at once')]);
});
