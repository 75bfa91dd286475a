import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateAgentKey, type AgentKeyPair } from '../../src/agent/agent-key-pair';
import { addMember, Api } from '../support/e2e/api';
import { findPrivateKey } from '../support/e2e/private-scalar';
import { startRecordingProxy, type RecordingProxy } from '../support/e2e/recording-proxy';
import { startServer, type ServerProcess } from '../support/server-process';

/*
 * The request that Palisade answers, sentence by sentence: hard separation of admin and non-admin
 * work within one organization, members who watch without being able to run, agents that register
 * with keys whose private part nobody else ever has.
 */

type Member = Awaited<ReturnType<typeof addMember>>;

let server: ServerProcess;
let proxy: RecordingProxy;
let admin: Api;
let organizationId: string;
let monitor: Member;
let developer: Member;
let adminCluster: string;
let adminQueue: string;
let commonCluster: string;
let commonQueue: string;
let adminPipeline: string;
let commonPipeline: string;

const createCluster = async (slug: string, mode: string): Promise<[string, string]> => {
  const input = { organizationId, slug, name: slug };
  const { cluster } = await admin.do('clusterCreate', input, 'cluster { id }');
  const lane = { clusterId: cluster.id, key: 'jobs', mode };
  const { queue } = await admin.do('clusterQueueCreate', lane, 'queue { id }');
  return [cluster.id, queue.id];
};

const createPipeline = async (slug: string, clusterId: string): Promise<string> => {
  const input = { organizationId, clusterId, slug, name: slug };
  const { pipeline } = await admin.do('pipelineCreate', input, 'pipeline { id }');
  return pipeline.id;
};

beforeAll(async () => {
  server = await startServer();
  proxy = await startRecordingProxy(server.url);
  organizationId = server.organizationId;
  admin = new Api(proxy.url, server.adminToken);
  monitor = await addMember(admin, organizationId, 'Monitor');
  developer = await addMember(admin, organizationId, 'Developer');
  [adminCluster, adminQueue] = await createCluster('admin', 'RESTRICTED');
  [commonCluster, commonQueue] = await createCluster('common', 'OPEN');
  adminPipeline = await createPipeline('cloud-accounts', adminCluster);
  commonPipeline = await createPipeline('website', commonCluster);
  await admin.do('queuePipelineGrant', { queueId: adminQueue, pipelineId: adminPipeline });
  for (const clusterId of [adminCluster, commonCluster]) {
    await admin.do('clusterGrant', { clusterId, userId: monitor.id, level: 'VIEW' });
  }
  await admin.do('clusterGrant', { clusterId: commonCluster, userId: developer.id, level: 'USE' });
  await admin.do('pipelineGrant', { pipelineId: adminPipeline, userId: monitor.id, level: 'READ' });
  const build = { pipelineId: commonPipeline, userId: developer.id, level: 'BUILD' };
  await admin.do('pipelineGrant', build);
});

afterAll(async () => {
  await proxy.close();
  await server.stop();
});

test('“a way to stop users from being able to create new pipelines”', async () => {
  for (const { api } of [monitor, developer]) {
    for (const clusterId of [adminCluster, commonCluster]) {
      const input = { organizationId, clusterId, slug: 'mine', name: 'Mine' };
      expect(['FORBIDDEN', 'NOT_FOUND']).toContain((await api.try('pipelineCreate', input)).code);
    }
    const nowhere = { organizationId, slug: 'mine', name: 'Mine' };
    expect((await api.try('pipelineCreate', nowhere)).code).toBe('FORBIDDEN');
  }
  const { data } = await admin.query(
    `query ($id: ID!) { organization(id: $id) { pipelines { nodes { slug } } } }`,
    { id: organizationId },
  );
  const { nodes } = data.organization.pipelines as { nodes: { slug: string }[] };
  const slugs = nodes.map(({ slug }) => slug);
  expect(slugs).toEqual(['cloud-accounts', 'website']);
});

test('“non-admins still need to be able to monitor admin builds”', async () => {
  const { data } = await monitor.api.query(
    `query ($id: ID!) { node(id: $id) { id ... on Pipeline { slug } } }`,
    { id: adminPipeline },
  );
  expect(data.node).toEqual({ id: adminPipeline, slug: 'cloud-accounts' });
});

test('“merely by being in the admin org … grants them access to the admin agents”: no more', async () => {
  for (const action of ['cluster:reach', 'cluster:use']) {
    const answer = await admin.check({ subjectId: monitor.id, action, resourceId: adminCluster });
    expect(answer).toMatchObject({ allowed: false, reasons: [] });
  }
  const build = { subjectId: monitor.id, action: 'pipeline:build', resourceId: adminPipeline };
  expect((await admin.check(build)).allowed).toBe(false);
  expect(await admin.reachedBy('cluster:reach', adminCluster)).toEqual([server.adminId]);
  expect(await admin.reachedBy('queue:reach', adminQueue)).toEqual([server.adminId]);
  expect(await admin.reachedBy('cluster:reach', commonCluster)).toEqual(
    [server.adminId, developer.id].sort(),
  );
});

test('“a way to restrict access to agent queues”: a pipeline outside the cluster is refused', async () => {
  const run = (subjectId: string, resourceId: string) =>
    admin.check({ subjectId, action: 'queue:run', resourceId, branch: 'main' });
  expect(await run(commonPipeline, adminQueue)).toMatchObject({
    allowed: false,
    code: 'NOT_IN_CLUSTER',
  });
  expect(await run(adminPipeline, commonQueue)).toMatchObject({ code: 'NOT_IN_CLUSTER' });
  expect((await run(adminPipeline, adminQueue)).allowed).toBe(true);
  expect((await run(commonPipeline, commonQueue)).allowed).toBe(true);
  const grant = { queueId: adminQueue, pipelineId: commonPipeline };
  expect((await admin.try('queuePipelineGrant', grant)).code).toBe('WRONG_CLUSTER');
});

test('an allowed answer cites the events behind it', async () => {
  const question = { subjectId: adminPipeline, action: 'queue:run', resourceId: adminQueue };
  const answer = await admin.check(question);
  const { facts } = answer.reasons[0] as { facts: { event: { type: string } }[] };
  const types = facts.map(({ event }) => event.type);
  expect(types).toEqual(
    expect.arrayContaining(['PipelineCreated', 'QueueCreated', 'QueuePipelineGranted']),
  );
});

test('“multiple agent tokens per org”, and “we never possess the private key”', async () => {
  const strong = generateAgentKey('EdDSA');
  const common = generateAgentKey('ES256');
  const admit = (pair: AgentKeyPair, clusterId: string, queueId: string) =>
    admin.do('agentKeyRegister', {
      clusterId,
      name: 'Key',
      publicKey: JSON.stringify(pair.publicKey.jwk),
      queueIds: [queueId],
    });
  await admit(strong, adminCluster, adminQueue);
  await admit(common, commonCluster, commonQueue);

  const stranger = new Api(proxy.url, null);
  const audience = `${server.url}/agent-auth`;
  const register = (pair: AgentKeyPair, queue: string) =>
    stranger.registerAgent(pair, { organizationId, queue, audience });
  const registered = await register(strong, adminQueue);
  expect(registered.code).toBe('DONE');
  const { data } = await admin.query(
    `query ($id: ID!) { node(id: $id) { ... on Agent { state queue { id } } } }`,
    { id: registered.payload.agent.id },
  );
  expect(data.node).toEqual({ state: 'CONNECTED', queue: { id: adminQueue } });
  expect((await register(common, commonQueue)).code).toBe('DONE');
  expect((await register(common, adminQueue)).code).toBe('AGENT_AUTH_FAILED');
  expect((await register(strong, commonQueue)).code).toBe('AGENT_AUTH_FAILED');

  // Somebody pastes a private key by mistake: it is refused and nothing of it is kept.
  const careless = generateAgentKey('EdDSA');
  const { code } = await new Api(server.url, server.adminToken).try('agentKeyRegister', {
    clusterId: adminCluster,
    name: 'Careless',
    publicKey: JSON.stringify(careless.privateKey.export({ format: 'jwk' })),
  });
  expect(code).toBe('PRIVATE_KEY_SUBMITTED');

  const files = readdirSync(server.folder)
    .filter((name) => name.includes('.db'))
    .map((name) => readFileSync(join(server.folder, name)));
  const onServer = Buffer.concat([...files, Buffer.from(server.log() + server.stdout())]);
  for (const { privateKey } of [strong, common]) {
    expect(findPrivateKey(privateKey, proxy.recorded())).toEqual([]);
    expect(findPrivateKey(privateKey, onServer)).toEqual([]);
  }
  expect(findPrivateKey(careless.privateKey, onServer)).toEqual([]);
  // The search finds what is there: the public part went through the proxy and into the files.
  const { x } = strong.publicKey.jwk;
  expect(proxy.recorded().includes(x)).toBe(true);
  expect(onServer.includes(x)).toBe(true);
});
