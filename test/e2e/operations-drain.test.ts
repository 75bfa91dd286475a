import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { gql, startServer, type ServerProcess } from '../support/server-process';

/** A request whose body is sent in two halves, with whatever happens between them. */
function begin(server: ServerProcess, agent: Agent, body: string): ClientRequest {
  const half = request(server.graphqlUrl, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${server.adminToken}`,
    },
  });
  half.write(body.slice(0, body.length / 2));
  return half;
}

async function answerOf(asking: ClientRequest): Promise<{ status: number; body: string }> {
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode ?? 0, body };
}

/** Waits until the log says so. */
async function logged(server: ServerProcess, text: string): Promise<void> {
  while (!server.log().includes(text)) await new Promise((done) => setTimeout(done, 10));
}

const mutation = (server: ServerProcess): string =>
  JSON.stringify({
    query: `mutation { clusterCreate(input: { organizationId: "${server.organizationId}",
      slug: "late", name: "Late" }) { cluster { slug } userErrors { code } } }`,
  });

describe('a stop', () => {
  it('finishes what is under way, turns the rest away, and ends with 0', async () => {
    const server = await startServer();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const body = mutation(server);
    const late = begin(server, agent, body);
    // The server has read half of it: the connection is in use.
    await logged(server, '"msg":"ready"');
    await new Promise((done) => setTimeout(done, 200));
    server.signal('SIGTERM');
    await logged(server, '"msg":"stopping"');
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    late.end(body.slice(body.length / 2));
    const answer = await answerOf(late);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      data: { clusterCreate: { cluster: { slug: 'late' }, userErrors: [] } },
    });
    // The client keeps its connection; the server ends it.
    expect(await server.ended).toEqual({ code: 0, signal: null });

    const again = await server.restart();
    const kept = `{ organization(id: "${again.organizationId}") {
      clusters(first: 10) { nodes { slug } } } }`;
    const { data } = await gql(again.url, again.adminToken, kept);
    expect(data.organization.clusters.nodes).toEqual([{ slug: 'late' }]);
    await again.stop();
  });

  it('is announced for as long as it was told to, and answers meanwhile', async () => {
    const server = await startServer({ args: ['--drain-delay-ms', '5000'] });
    server.signal('SIGTERM');
    await logged(server, '"msg":"stopping"');
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ ready: false, reasons: ['DRAINING'] });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const { status, headers } = await gql(server.url, server.adminToken, '{ viewer { tokenId } }');
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    expect(await server.ended).toEqual({ code: 0, signal: null });
    await server.stop();
  });

  it('gives up at its deadline on a request that never ends', async () => {
    const server = await startServer({ args: ['--shutdown-ms', '300'] });
    const agent = new Agent();
    const never = begin(server, agent, mutation(server));
    never.on('error', () => undefined);
    await new Promise((done) => setTimeout(done, 200));
    server.signal('SIGTERM');
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.log()).toContain('requests were still open at the deadline');
    agent.destroy();
    await server.stop();
  });

  it('goes on once it has begun, whatever else is signalled', async () => {
    const server = await startServer();
    server.signal('SIGINT');
    server.signal('SIGTERM');
    server.signal('SIGINT');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    await server.stop();
  });
});
