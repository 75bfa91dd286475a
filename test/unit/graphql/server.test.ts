import { getIntrospectionQuery } from 'graphql';
import type { Queries } from '../../../src/views/queries';
import { memoryQueries } from '../../support/graphql/memory-queries';
import { MemoryApi } from '../../support/graphql/memory-api';

const api = new MemoryApi();
const admin = { ...api.organization.admin, scopes: ['read', 'write'] };
const ANONYMOUS = { kind: 'ANONYMOUS' } as const;
beforeAll(() => api.start());
afterAll(() => api.stop());

test('a stranger may ask the schema about itself and nothing else', async () => {
  const typename = await api.ask(ANONYMOUS, '{ __typename }');
  expect(typename).toMatchObject({ status: 200, data: { __typename: 'Query' }, errors: [] });
  const introspection = await api.ask(ANONYMOUS, getIntrospectionQuery());
  expect(introspection).toMatchObject({ status: 200, errors: [] });
  for (const query of [
    '{ viewer { tokenId } }',
    '{ __typename ...Q } fragment Q on Query { node(id: "x") { id } }',
    'mutation { agentHeartbeat { serverTime } }',
    'mutation ($i: AgentRegisterInput!) { agentRegister(input: $i) { serverTime } agentDisconnect { position } }',
  ]) {
    const { status, data, errors } = await api.ask(ANONYMOUS, query, { i: { assertion: 'x' } });
    expect({ status, data, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
      status: 401,
      data: null,
      codes: ['UNAUTHENTICATED'],
    });
  }
});

test('a stranger’s document is refused before it is validated, by all that it holds', async () => {
  for (const query of [
    '{ nonsense }',
    'query A { __typename } query B { viewer { tokenId } }',
    '{ a: viewer { tokenId } a: __typename }',
    '{ __typename ...Q } fragment Q on Query { ...R } fragment R on Query { ...Q nonsense }',
  ]) {
    const { status, errors } = await api.ask(ANONYMOUS, query);
    expect({ status, codes: errors.map(({ extensions }) => extensions) }).toEqual({
      status: 401,
      codes: [{ code: 'UNAUTHENTICATED', requestId: expect.stringMatching(/^request-/) }],
    });
  }
  const { status, errors } = await api.ask(ANONYMOUS, 'fragment F on Query { viewer { tokenId } }');
  expect({ status, code: errors[0]?.extensions.code }).toEqual({
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  });
});

test('what was refused to a stranger is answered to a member, and the other way round', async () => {
  const query = '{ viewer { tokenId } }';
  for (const [principal, status] of [
    [ANONYMOUS, 401],
    [admin, 200],
    [ANONYMOUS, 401],
    [admin, 200],
  ] as const) {
    expect((await api.ask(principal, query)).status).toBe(status);
  }
});

test('a document too large to validate is refused for its size, valid or not', async () => {
  for (const field of ['viewer { tokenId }', 'nonsense { x }']) {
    for (const principal of [ANONYMOUS, admin]) {
      const query = `{ ${`${field} `.repeat(300)} }`;
      for (let round = 0; round < 2; round += 1) {
        const { status, data, errors } = await api.ask(principal, query);
        expect({ status, data, code: errors[0]?.extensions.code }).toEqual({
          status: 400,
          data: null,
          code: 'QUERY_TOO_COMPLEX',
        });
        expect(errors[0]?.message).toMatch(/^The document has more than \d+ /u);
      }
    }
  }
});

test.each([
  ['no GraphQL', '{ viewer', 400, 'GRAPHQL_PARSE_FAILED'],
  ['longer than any honest document', `{ ${'a '.repeat(2500)} }`, 400, 'GRAPHQL_PARSE_FAILED'],
  ['nested without end', `${'{ a '.repeat(3000)}${'}'.repeat(3000)}`, 400, 'GRAPHQL_PARSE_FAILED'],
  ['of another schema', '{ viewers { id } }', 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['empty', '', 400, 'BAD_REQUEST'],
  [
    'with variables that do not fit',
    'query ($n: Int!) { viewer { organization { clusters(first: $n) { nodes { id } } } } }',
    400,
    'BAD_USER_INPUT',
  ],
])('a document that is %s gets a typed 4xx', async (_what, query, status, code) => {
  const answer = await api.ask(admin, query, { n: 'x' });
  expect(answer.status).toBe(status);
  expect(answer.data).toBeNull();
  expect(answer.errors[0]?.extensions.code).toBe(code);
});

test('nothing is suggested to who guesses', async () => {
  const { errors } = await api.ask(admin, '{ viewe { tokenId } }');
  expect(errors[0]?.message).toBe('Cannot query field "viewe" on type "Query".');
});

test('what a document says wrongly is not repeated', async () => {
  const secret = 'agts_0123456789';
  const query = 'query ($input: AccessCheckInput!) { accessCheck(input: $input) { allowed } }';
  const variable = await api.ask(admin, query, { input: { subjectId: { token: secret } } });
  const literal = await api.ask(admin, `{ node(id: { token: "${secret}" }) { id } }`);
  for (const { status, errors } of [variable, literal]) {
    expect(status).toBe(400);
    expect(JSON.stringify(errors)).not.toContain(secret);
  }
});

test('an argument that a variable makes null is the client’s fault, each time', async () => {
  const query = `query ($order: ListOrder = KEY) {
    viewer { organization { clusters(order: $order) { nodes { id } } } }
  }`;
  await api.ask(admin, query);
  const before = api.faults.length;
  for (let round = 0; round < 2; round += 1) {
    const { errors } = await api.ask(admin, query, { order: null });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
  expect(api.faults).toHaveLength(before);
});

test('a fault is logged in full and told by the request’s id alone', async () => {
  const broken: Queries = {
    ...memoryQueries(api.organization),
    get: () => {
      throw new Error('disk I/O error in /var/lib/palisade');
    },
  };
  const query = '{ viewer { tokenId member { id } } }';
  const { status, data, errors } = await api.ask(admin, query, {}, { queries: broken });
  expect(status).toBe(200);
  expect(data).toEqual({ viewer: null });
  expect(errors).toEqual([
    {
      message: 'A fault of the server. Its log tells more under `extensions.requestId`.',
      locations: expect.anything(),
      path: ['viewer'],
      extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/^request-/) },
    },
  ]);
  expect(api.faults.at(-1)).toEqual({
    requestId: errors[0]?.extensions['requestId'],
    path: ['viewer'],
    err: expect.objectContaining({ message: 'disk I/O error in /var/lib/palisade' }),
  });
});

test.each(['UNAVAILABLE', 'UNAUTHENTICATED', 'FORBIDDEN'] as const)(
  'the writer’s %s is a top-level error with its words',
  async (code) => {
    const submit = () => Promise.resolve({ kind: 'FAULT', code, message: 'Not now.' } as const);
    const query = 'mutation ($i: TeamDeleteInput!) { teamDelete(input: $i) { deletedTeamId } }';
    const input = { teamId: 'tea_00000000000000000000000000' };
    const answer = await api.ask(admin, query, { i: input }, { commands: { submit } });
    expect(answer).toMatchObject({
      data: { teamDelete: null },
      errors: [{ message: 'Not now.', extensions: { code } }],
    });
  },
);

test('of the writer’s own faults nothing is told', async () => {
  const fault = { kind: 'FAULT', code: 'INTERNAL', message: 'row 7 of /data' } as const;
  const commands = { submit: () => Promise.resolve(fault) };
  const query = 'mutation ($i: TeamDeleteInput!) { teamDelete(input: $i) { deletedTeamId } }';
  const input = { teamId: 'tea_00000000000000000000000000' };
  const { errors } = await api.ask(admin, query, { i: input }, { commands });
  expect(errors[0]?.extensions.code).toBe('INTERNAL');
  expect(JSON.stringify(errors)).not.toContain('/data');
});

test('a repeated mutation shows no secret, and says why', async () => {
  const { userId, tokenId } = admin;
  const commands = {
    submit: () =>
      Promise.resolve({
        kind: 'DONE',
        position: 7,
        ids: { tokenId, userId },
        secret: null,
        repeated: true,
      } as const),
  };
  const query = `mutation ($i: ApiTokenCreateInput!) {
    apiTokenCreate(input: $i) { apiToken { id } secret position userErrors { code field } }
  }`;
  const input = { userId, scopes: ['read'], idempotencyKey: 'once' };
  const { data } = await api.ask(admin, query, { i: input }, { commands });
  expect(data.apiTokenCreate).toEqual({
    apiToken: { id: tokenId },
    secret: null,
    position: 7,
    userErrors: [{ code: 'SECRET_ALREADY_SHOWN', field: ['idempotencyKey'] }],
  });
});
