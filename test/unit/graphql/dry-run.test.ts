import { generateAgentKey } from '../../../src/agent/agent-key-pair';
import { MemoryApi, type ApiAnswer } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const { organization } = api;
const SCOPES = ['read', 'write'];
const admin = { ...organization.admin, scopes: SCOPES };
const maintainer = { ...organization.member(), scopes: SCOPES };
const other = { ...organization.member(), scopes: SCOPES };
const organizationId = organization.id;
let clusterId = '';

beforeAll(async () => {
  await api.start();
  const cluster = { organizationId, slug: 'there', name: 'There' };
  ({ clusterId = '' } = organization.do(organization.admin, 'clusterCreate', cluster));
  const role = { clusterId, userId: maintainer.userId };
  organization.do(organization.admin, 'clusterMaintainerAdd', role);
});
afterAll(() => api.stop());

const DIFFERENCE = `shownCount hiddenCount
  nodes { subject { id } resource { id madeByChange } actions { action change } }
  pageInfo { hasNextPage hasPreviousPage endCursor }`;
const GRANT = `mutation ($input: ClusterGrantInput!, $first: Int = 50) { clusterGrant(input: $input) {
  position grant { id } userErrors { code field } accessDifference(first: $first) { ${DIFFERENCE} }
} }`;
const CREATE = `mutation ($input: ClusterCreateInput!, $first: Int!) { clusterCreate(input: $input) {
  position cluster { id } userErrors { code } accessDifference(first: $first) { ${DIFFERENCE} }
} }`;
const PREVIEW = `query ($changes: [AccessChangeInput!]!, $first: Int!, $after: String) {
  accessPreview(changes: $changes, first: $first, after: $after) { difference { ${DIFFERENCE} } }
}`;

/** Sends what must change nothing and reach no writer. */
async function sendDry(by: typeof admin, mutation: string, variables: object): Promise<ApiAnswer> {
  const { world } = organization;
  const sent = api.commands.length;
  const answer = await api.ask(by, mutation, variables);
  expect(organization.world).toBe(world);
  expect(api.commands).toHaveLength(sent);
  return answer;
}

const codes = ({ errors }: ApiAnswer) => errors.map(({ extensions }) => extensions.code);
const use = (userId: string) => ({ clusterId, userId, level: 'USE' });

test('a dry run tells what would follow, writes nothing and uses no idempotency key', async () => {
  const input = { ...use(other.userId), idempotencyKey: 'once' };
  const dry = await sendDry(maintainer, GRANT, { input: { ...input, dryRun: true } });
  expect(dry.errors).toEqual([]);
  expect(dry.data.clusterGrant).toMatchObject({
    position: null,
    grant: null,
    userErrors: [],
    accessDifference: {
      shownCount: 1,
      hiddenCount: 0,
      nodes: [{ subject: { id: other.userId }, resource: { id: clusterId, madeByChange: null } }],
    },
  });
  const done = await api.ask(maintainer, GRANT, { input: { ...input, dryRun: false } });
  expect(done.data.clusterGrant).toMatchObject({
    position: organization.world.facts.moment.position,
    grant: { id: expect.stringMatching(/^gra_/u) },
    accessDifference: null,
  });
  const [command] = api.commands.slice(-1);
  expect(command).toMatchObject({ mutation: 'clusterGrant', idempotencyKey: 'once' });
  expect(command?.input).toEqual(use(other.userId));
});

test('it is refused as the mutation is', async () => {
  const refused = await sendDry(admin, GRANT, {
    input: { ...use(`usr_${'9'.repeat(26)}`), dryRun: true },
  });
  expect(refused.data.clusterGrant).toEqual({
    position: null,
    grant: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['userId'] }],
    accessDifference: null,
  });
  const create = { organizationId, slug: 'new', name: 'New', dryRun: true };
  expect(codes(await sendDry(maintainer, CREATE, { input: create, first: 1 }))).toEqual([
    'FORBIDDEN',
  ]);
  const narrow = { ...organization.token(organization.admin.userId, ['read']), scopes: ['read'] };
  const input = { ...use(maintainer.userId), dryRun: true };
  expect(codes(await sendDry(narrow, GRANT, { input }))).toEqual(['FORBIDDEN']);
  expect(codes(await sendDry(admin, GRANT, { input: { ...input, dryRun: null } }))).toEqual([
    'BAD_USER_INPUT',
  ]);
  expect(codes(await sendDry(admin, GRANT, { input, first: 101 }))).toEqual(['BAD_USER_INPUT']);
});

test('a token that may not ask about access is told nothing of what differs', async () => {
  const scopes = ['cluster:manage'];
  const narrow = { ...organization.token(organization.admin.userId, scopes), scopes };
  const input = { ...use(organization.member().userId), dryRun: true };
  const { data } = await sendDry(narrow, GRANT, { input });
  expect(data.clusterGrant.accessDifference).toMatchObject({
    shownCount: 0,
    hiddenCount: 0,
    nodes: [],
  });
});

test('it begins with as many pairs as asked for, and a preview of the same goes on', async () => {
  const input = { organizationId, slug: 'new', name: 'New' };
  const told = { input: { ...input, dryRun: true }, first: 1 };
  const { accessDifference: page } = (await sendDry(admin, CREATE, told)).data.clusterCreate;
  expect(page.nodes).toHaveLength(1);
  expect(page.nodes[0].resource).toEqual({ id: `clu_${'1'.padStart(26, '0')}`, madeByChange: 1 });

  const changes = [{ clusterCreate: input }];
  const whole = await api.ask(admin, PREVIEW, { changes, first: 100 });
  const { difference } = whole.data.accessPreview;
  const all = await sendDry(admin, CREATE, { ...told, first: 100 });
  expect(all.data.clusterCreate.accessDifference).toEqual(difference);
  const after = page.pageInfo.endCursor;
  const rest = (await api.ask(admin, PREVIEW, { changes, first: 100, after })).data.accessPreview;
  expect([...page.nodes, ...rest.difference.nodes]).toEqual(difference.nodes);
  expect(page.pageInfo.hasNextPage).toBe(rest.difference.nodes.length > 0);
});

test('a private key is refused, and nothing remembers it', async () => {
  const { privateKey, publicKey } = generateAgentKey('EdDSA');
  const REGISTER = `mutation ($input: AgentKeyRegisterInput!) { agentKeyRegister(input: $input) {
    userErrors { code } agentKey { id } accessDifference { shownCount }
  } }`;
  const key = (jwk: object) => ({
    input: { clusterId, name: 'Key', publicKey: JSON.stringify(jwk), dryRun: true },
  });
  const secret = await sendDry(admin, REGISTER, key(privateKey.export({ format: 'jwk' })));
  expect(secret.data.agentKeyRegister.userErrors).toEqual([{ code: 'PRIVATE_KEY_SUBMITTED' }]);
  expect(organization.leakedKeys.size).toBe(0);
  const { data } = await sendDry(admin, REGISTER, key(publicKey.jwk));
  expect(data.agentKeyRegister).toEqual({
    userErrors: [],
    agentKey: null,
    accessDifference: { shownCount: 0 },
  });
});

test('within a plan, a key whose private half came before is refused as it then would be', async () => {
  const { privateKey, publicKey } = generateAgentKey('EdDSA');
  const register = (jwk: object) => ({
    agentKeyRegister: { clusterId, name: 'Key', publicKey: JSON.stringify(jwk) },
  });
  const changes = [register(privateKey.export({ format: 'jwk' })), register(publicKey.jwk)];
  const { data } = await api.ask(
    admin,
    `query ($changes: [AccessChangeInput!]!) {
      accessPreview(changes: $changes) { refused { change userError { code } } }
    }`,
    { changes },
  );
  expect(data.accessPreview.refused).toEqual([
    { change: 1, userError: { code: 'PRIVATE_KEY_SUBMITTED' } },
    { change: 2, userError: { code: 'KEY_REFUSED' } },
  ]);
  expect(organization.leakedKeys.size).toBe(0);
});
