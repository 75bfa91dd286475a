import { startInstallation, type Installation } from '../support/e2e/matrix/installation';
import {
  sendBytes,
  sendRequest,
  type RawAnswer,
  type RawRequest,
} from '../support/e2e/raw-request';
import type { Content } from '../support/e2e/matrix/contents';

/*
 * Requests that are no operation, or too large a one: each is answered 4xx in GraphQL's own shape,
 * names itself, and changes nothing.
 */

let installation: Installation;
let before: Content;

beforeAll(async () => {
  installation = await startInstallation();
  before = installation.contents.read();
});

afterAll(async () => {
  await installation.stop();
});

const asJson = (query: string, variables: object = {}) => JSON.stringify({ query, variables });

/** Asks as an ADMIN, unless the wish says otherwise. */
function ask(wish: RawRequest): Promise<RawAnswer> {
  const { server, foreign } = installation;
  const authorization = `Bearer ${foreign.admin.token ?? ''}`;
  return sendRequest(server.url, { ...wish, headers: { authorization, ...wish.headers } });
}

async function expectRefused(wish: RawRequest, status: number, code: string): Promise<void> {
  const answered = await ask(wish);
  const { errors, data } = JSON.parse(answered.body) as {
    errors: { message: string; extensions: { code: string; requestId: string } }[];
    data?: unknown;
  };
  expect({ status: answered.status, code: errors[0]?.extensions.code }).toEqual({ status, code });
  expect(answered.requestId).toMatch(/^[!-~]{1,128}$/u);
  for (const { message, extensions } of errors) {
    expect(message).not.toBe('');
    expect(extensions.requestId).toBe(answered.requestId);
  }
  expect(data ?? null).toBeNull();
  expect(answered.body).not.toMatch(/node_modules|\bat \S+ \(|SQLITE/u);
  expect(installation.contents.read()).toEqual(before);
}

const CREATE = `mutation ($input: TeamCreateInput!) {
  teamCreate(input: $input) { userErrors { code } }
}`;
const team = () => ({
  input: { organizationId: installation.foreign.id, slug: 'never', name: 'Never' },
});

describe('no operation', () => {
  test.each([
    ['no body', ''],
    ['half an object', '{"query": "{ viewer'],
    ['not JSON', 'query { viewer { id } }'],
    ['null', 'null'],
    ['a number', '7'],
    ['an array', '[]'],
    ['a batch', '[{"query":"{ __typename }"},{"query":"{ __typename }"}]'],
    ['no query', '{}'],
    ['a query that is no text', '{"query": 7}'],
    ['variables that are a text', '{"query": "{ __typename }", "variables": "x"}'],
    ['variables that are a list', '{"query": "{ __typename }", "variables": [1]}'],
    ['a name that is no text', '{"query": "{ __typename }", "operationName": 7}'],
    ['a prototype', '{"__proto__": {"query": "{ __typename }"}, "query": "{ __typename }"}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ])('%s', async (_what, body) => {
    await expectRefused({ body }, 400, 'BAD_REQUEST');
  });

  test.each([
    ['a text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['an upload', 'multipart/form-data; boundary=x'],
    ['a document', 'application/graphql'],
  ])('%s', async (_what, type) => {
    const wish = { body: asJson(CREATE, team()), headers: { 'content-type': type } };
    await expectRefused(wish, 415, 'BAD_REQUEST');
  });

  test('a body over the limit, told or found', async () => {
    const body = asJson(CREATE, { ...team(), padding: 'x'.repeat(1_000_000) });
    await expectRefused({ body }, 413, 'BAD_REQUEST');
    const headers = { 'transfer-encoding': 'chunked' };
    await expectRefused({ body, headers }, 413, 'BAD_REQUEST');
  });

  test('a mutation by GET', async () => {
    const variables = JSON.stringify(team());
    const path = `/graphql?${new URLSearchParams({ query: CREATE, variables }).toString()}`;
    await expectRefused({ method: 'GET', path }, 405, 'BAD_REQUEST');
    const simple = { method: 'GET', path, headers: { 'content-type': 'text/plain' } };
    expect((await ask(simple)).status).toBeGreaterThanOrEqual(400);
    expect(installation.contents.read()).toEqual(before);
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('the method %s', async (method) => {
    await expectRefused({ method, body: asJson(CREATE, team()) }, 405, 'BAD_REQUEST');
  });

  test('an address where nothing is', async () => {
    await expectRefused({ path: '/nowhere', body: asJson(CREATE, team()) }, 404, 'BAD_REQUEST');
  });

  test.each([
    'Basic YTpi',
    'Bearer',
    'Bearer x',
    `Bearer ${'x'.repeat(201)}`,
    `bearer plsd_${'0'.repeat(49)}`,
  ])('the credential %s', async (authorization) => {
    const wish = { body: asJson(CREATE, team()), headers: { authorization } };
    await expectRefused(wish, 401, 'UNAUTHENTICATED');
  });
});

describe('bytes that are no request', () => {
  test.each([
    ['a word', 'hello\r\n\r\n', 400],
    ['a header without a name', 'POST /graphql HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n', 400],
    [
      'two lengths',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
      400,
    ],
    [
      'a length and chunks',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\nx',
      400,
    ],
    ['long headers', `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s', async (_what, bytes, status) => {
    const [head = '', body = ''] = (await sendBytes(installation.server.url, bytes)).split(
      '\r\n\r\n',
    );
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'));
    const requestId = /^x-request-id: (\S+)$/imu.exec(head)?.[1];
    expect(JSON.parse(body)).toEqual({
      errors: [
        { message: expect.any(String) as string, extensions: { code: 'BAD_REQUEST', requestId } },
      ],
    });
    expect(installation.contents.read()).toEqual(before);
  });
});

describe('documents', () => {
  test.each([
    ['no GraphQL', 'mutation {', 'GRAPHQL_PARSE_FAILED'],
    ['nothing', '', 'BAD_REQUEST'],
    ['control characters', '{ viewer\u0000 }', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nonsense }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a fragment of itself', '{ ...F } fragment F on Query { ...F }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two operations, no name',
      'query A { __typename } query B { __typename }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a subscription', 'subscription { events { id } }', 'BAD_REQUEST'],
  ])('%s', async (_what, query, code) => {
    await expectRefused({ body: asJson(query) }, 400, code);
  });

  // Clients that send hashes expect 200 here, and then send the document itself.
  test('a hash in place of a document', async () => {
    const persistedQuery = { version: 1, sha256Hash: '0'.repeat(64) };
    const body = JSON.stringify({ extensions: { persistedQuery } });
    await expectRefused({ body }, 200, 'PERSISTED_QUERY_NOT_SUPPORTED');
  });

  const nested = (depth: number): string =>
    depth === 0 ? 'id' : `pipelines(first: 1) { nodes { cluster { ${nested(depth - 1)} } } }`;
  const wide = (first: number) =>
    `{ viewer { organization { clusters(first: ${first}) { nodes {
      queues(first: ${first}) { nodes { id key } } } } } } }`;
  const aliases = (count: number) =>
    `{ ${Array.from({ length: count }, (_, n) => `a${n}: __typename`).join(' ')} }`;
  const mutations = (count: number) =>
    `mutation ($input: TeamCreateInput!) { ${Array.from(
      { length: count },
      (_, n) => `a${n}: teamCreate(input: $input) { userErrors { code } }`,
    ).join(' ')} }`;

  test.each([
    ['too deep', `{ viewer { organization { ${nested(3)} } } }`],
    ['too costly', wide(100)],
    ['with too many aliases', aliases(31)],
    ['with too many mutations', mutations(11)],
    [
      'with two registrations',
      `mutation {
      a: agentRegister(input: { assertion: "x" }) { serverTime }
      b: agentRegister(input: { assertion: "y" }) { serverTime } }`,
    ],
    ['with too many directives', `{ ${'... @include(if: true) { __typename } '.repeat(21)} }`],
  ])('%s', async (_what, query) => {
    const body = asJson(query, query.includes('$input') ? team() : {});
    await expectRefused({ body }, 400, 'QUERY_TOO_COMPLEX');
  });

  test('with too many tokens', async () => {
    await expectRefused(
      { body: asJson(`{ ${'__typename '.repeat(2500)} }`) },
      400,
      'GRAPHQL_PARSE_FAILED',
    );
  });

  test('as large as they may be', async () => {
    const { status, body } = await ask({ body: asJson(aliases(30)) });
    expect({ status, errors: body.includes('errors') }).toEqual({ status: 200, errors: false });
  });
});
