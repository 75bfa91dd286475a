import { gql, startServer, type ServerProcess } from '../support/server-process';

const JSON_TYPE = { 'content-type': 'application/json' };

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer({ args: ['--failed-authentications-per-minute-max', '5'] });
});
afterAll(() => server.stop());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[];
    readonly data?: unknown;
  };
}

/** Sends a request as it is, and insists on an answer in the shape of GraphQL. */
async function send(init: RequestInit, path = '/graphql'): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, init);
  expect(response.headers.get('content-type')).toMatch(/^application\/.*json/u);
  const body = (await response.json()) as Answer['body'];
  return { status: response.status, headers: response.headers, body };
}

const post = (body: string, headers: Record<string, string> = JSON_TYPE): Promise<Answer> =>
  send({ method: 'POST', headers, body });

const query = (text: string): string => JSON.stringify({ query: text });

describe('a request that is no GraphQL request', () => {
  it.each<[string, number, RequestInit]>([
    ['half a JSON text', 400, { method: 'POST', headers: JSON_TYPE, body: '{"query":' }],
    ['an empty body', 400, { method: 'POST', headers: JSON_TYPE, body: '' }],
    ['a number', 400, { method: 'POST', headers: JSON_TYPE, body: '1' }],
    ['no query', 400, { method: 'POST', headers: JSON_TYPE, body: '{}' }],
    ['a query of another type', 400, { method: 'POST', headers: JSON_TYPE, body: '{"query":1}' }],
    [
      'several at once',
      400,
      { method: 'POST', headers: JSON_TYPE, body: '[{"query":"{__typename}"}]' },
    ],
    [
      'an object with a prototype',
      400,
      { method: 'POST', headers: JSON_TYPE, body: '{"query":"{__typename}","__proto__":{"a":1}}' },
    ],
    [
      'a body that is too long',
      413,
      { method: 'POST', headers: JSON_TYPE, body: query(`{ __typename ${' '.repeat(1_000_000)}}`) },
    ],
    ['no media type', 415, { method: 'POST', body: Buffer.from(query('{ __typename }')) }],
    [
      'plain text',
      415,
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: query('{ __typename }') },
    ],
    [
      'a form',
      415,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'query=%7B__typename%7D',
      },
    ],
    ['another method', 405, { method: 'PUT', headers: JSON_TYPE, body: query('{ __typename }') }],
    ['a delete', 405, { method: 'DELETE' }],
  ])('%s', async (_name, status, init) => {
    const answer = await send(init);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toHaveProperty('data');
    const [error] = answer.body.errors ?? [];
    expect(error?.extensions['code']).toBe('BAD_REQUEST');
    expect(error?.extensions['requestId']).toBe(answer.headers.get('x-request-id'));
  });

  it('a mutation by GET', async () => {
    const text = encodeURIComponent('mutation { agentHeartbeat { userErrors { code } } }');
    const authorization = `Bearer ${server.adminToken}`;
    const headers = { 'apollo-require-preflight': '1', authorization };
    const answer = await send({ headers }, `/graphql?query=${text}`);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('a query by GET that a page of another site could send', async () => {
    const answer = await send({}, '/graphql?query=%7B__typename%7D');
    expect(answer.status).toBe(400);
    const [error] = answer.body.errors ?? [];
    expect(error?.extensions['requestId']).toBe(answer.headers.get('x-request-id'));
  });

  it('an address where nothing is', async () => {
    for (const path of ['/', '/graphql/', '/metrics', '/admin-token', '/explorer/start.js']) {
      expect([path, (await send({}, path)).status]).toEqual([path, 404]);
    }
  });

  it('is told nothing of what is inside', async () => {
    const { body } = await post('{"query":');
    expect(JSON.stringify(body)).not.toMatch(/Unexpected|FST_|node_modules|\bat /u);
  });
});

describe('the request id', () => {
  const idOf = async (given: string): Promise<string | null> => {
    const headers = { ...JSON_TYPE, 'x-request-id': given };
    return (await post(query('{ __typename }'), headers)).headers.get('x-request-id');
  };

  it('is taken from the client and given back', async () => {
    expect(await idOf('ci-build-4711/step:3')).toBe('ci-build-4711/step:3');
  });

  it.each([
    ['too long', 'x'.repeat(129)],
    ['spaced', 'a b'],
    ['not ASCII', 'caf\u00e9'],
  ])('is made anew where the given one is %s', async (_name, given) => {
    expect(await idOf(given)).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it('leads from an error to the log and to the events', async () => {
    const mutation = `mutation { clusterCreate(input: { organizationId: "${server.organizationId}",
      slug: "traced", name: "Traced" }) { userErrors { code } } }`;
    const headers = {
      ...JSON_TYPE,
      authorization: `Bearer ${server.adminToken}`,
      'x-request-id': 'traced-1',
    };
    expect((await post(query(mutation), headers)).status).toBe(200);
    const audit = `{ auditEvents(organizationId: "${server.organizationId}", order: NEWEST_FIRST,
      first: 1) { nodes { type correlationId } } }`;
    const { data } = await gql(server.url, server.adminToken, audit);
    expect(data.auditEvents.nodes).toEqual([{ type: 'ClusterCreated', correlationId: 'traced-1' }]);
    expect(server.log()).toContain('"requestId":"traced-1"');
  });
});

describe('credentials', () => {
  const asking = (authorization: string): Promise<Answer> =>
    post(query('{ viewer { tokenId } }'), { ...JSON_TYPE, authorization });

  it('that are bad in whatever way get one and the same answer, then are told to slow down', async () => {
    const token = server.adminToken;
    const unknown = `plsd_${'0'.repeat(49)}`;
    const bad = [
      `Basic ${token}`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${unknown}`,
      'Bearer',
      token,
    ];
    for (const authorization of bad) {
      const { status, headers, body } = await asking(authorization);
      expect([authorization, status]).toEqual([authorization, 401]);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(body.errors?.[0]?.message).toBe('No valid credential came with the request.');
      expect(body.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    }
    const { status, headers, body } = await asking('Bearer x');
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.errors?.[0]?.extensions['code']).toBe('RATE_LIMITED');
    // A good one is not held up by the bad ones of its neighbours.
    expect((await asking(`Bearer ${token}`)).status).toBe(200);
  });

  it('are not taken from the URL', async () => {
    const headers = { 'apollo-require-preflight': '1' };
    const path = `/graphql?query=%7Bviewer%7BtokenId%7D%7D&access_token=${server.adminToken}`;
    expect((await send({ headers }, path)).status).toBe(401);
    expect(server.log()).not.toContain(server.adminToken);
  });

  it('leave a last-seen time behind, in time', async () => {
    const flushed = await startServer({ args: ['--sightings-flush-ms', '100'] });
    try {
      const ask = async (): Promise<string | null> => {
        const text = `{ viewer { tokenId } organization(id: "${flushed.organizationId}") { id } }`;
        const { data } = await gql(flushed.url, flushed.adminToken, text);
        const one = `{ node(id: "${data.viewer.tokenId}") { ... on ApiToken { lastUsed } } }`;
        const found = await gql(flushed.url, flushed.adminToken, one);
        return found.data.node.lastUsed;
      };
      let seen = await ask();
      while (seen === null) seen = await ask();
      expect(Date.parse(seen)).toBeLessThanOrEqual(Date.now());
    } finally {
      await flushed.stop();
    }
  });
});

describe('health and metrics', () => {
  it('says that it is alive and ready', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ alive: true });
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ ready: true, reasons: [] });
  });

  it('counts what it does, on a port of its own', async () => {
    await gql(server.url, server.adminToken, '{ viewer { tokenId } }');
    const response = await fetch(server.metricsUrl);
    expect(response.status).toBe(200);
    const text = await response.text();
    for (const line of [
      /^palisade_ready 1$/mu,
      /^palisade_writer_writable 1$/mu,
      /^palisade_commands_waiting 0$/mu,
      /^palisade_commands_total\{mutation="clusterCreate",outcome="DONE"\} 1$/mu,
      /^palisade_graphql_operation_duration_seconds_count\{type="query",field="viewer",outcome="ok"\} \d+$/mu,
      /^palisade_graphql_errors_total\{code="UNAUTHENTICATED"\} \d+$/mu,
      /^palisade_authentications_total\{kind="REFUSED"\} \d+$/mu,
      /^palisade_http_requests_total\{route="\/graphql",status="413"\} 1$/mu,
      /^palisade_file_bytes\{file="ledger\.db"\} \d+$/mu,
      /^nodejs_eventloop_lag_seconds /mu,
    ]) {
      expect(text).toMatch(line);
    }
    expect(text).not.toContain(server.organizationId);
  });

  it('keeps the schema to itself, and serves no page', async () => {
    const { errors } = await gql(server.url, server.adminToken, '{ __schema { types { name } } }');
    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('in development', () => {
  let development: ServerProcess;
  beforeAll(async () => {
    development = await startServer({ env: { PALISADE_DEVELOPMENT: 'true' } });
  });
  afterAll(() => development.stop());

  it('serves GraphiQL whole, from here alone', async () => {
    const page = await fetch(`${development.url}/`);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/u);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/u);
    const html = await page.text();
    const assets = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/gu)].map(([, path]) => path);
    expect(assets).toHaveLength(6);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//u);
    for (const path of assets) {
      const asset = await fetch(`${development.url}${path}`);
      expect([path, asset.status]).toEqual([path, 200]);
      expect(asset.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await asset.text()).length).toBeGreaterThan(0);
    }
  });

  it('tells anyone what the schema is', async () => {
    const { data } = await gql(development.url, null, '{ __schema { queryType { name } } }');
    expect(data.__schema.queryType.name).toBe('Query');
  });
});
